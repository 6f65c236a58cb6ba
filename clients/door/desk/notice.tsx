import type { ComponentChildren } from 'preact';
import type { IconName } from '../../shared/ui/icon.tsx';
import { Icon } from '../../shared/ui/icon.tsx';

const icons: Readonly<Record<NoticeKind, IconName>> = {
  success: 'check',
  neutral: 'undo',
  warning: 'warning',
  refusal: 'cross',
};

export type NoticeKind = 'success' | 'neutral' | 'warning' | 'refusal';

interface Props {
  readonly kind: NoticeKind;
  readonly heading: string;
  /** Interrupts a screen reader: for what went otherwise than hoped. Good news is told by the announcer instead. */
  readonly urgent?: boolean;
  readonly children?: ComponentChildren;
}

/** A message in colour, picture and words at once. */
export function Notice({ kind, heading, urgent = false, children }: Props) {
  return (
    <div class={`notice ${kind}`} role={urgent ? 'alert' : undefined}>
      <span class="badge">
        <Icon name={icons[kind]} />
      </span>
      <div class="notice-words">
        <h3>{heading}</h3>
        {children}
      </div>
    </div>
  );
}
