import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * A scanner types wherever the focus is. Its first character moves the focus to the code field, so that it neither
 * changes the chosen performance nor, with its Enter, presses a button for the former card.
 */
export function useTypedAnywhere(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { current } = field;
      const typed = /^[\p{L}\p{N}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
      const elsewhere =
        event.target instanceof Element &&
        event.target.closest('input:not([type=radio]), textarea, dialog') === null;
      if (!current || !typed || !elsewhere) return;
      event.preventDefault();
      current.value = event.key.toUpperCase();
      current.focus();
      current.setSelectionRange(1, 1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
