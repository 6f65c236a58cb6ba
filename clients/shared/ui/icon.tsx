const paths = {
  check: 'M4 12.5 L9.5 18 L20 6.5',
  cross: 'M6 6 L18 18 M18 6 L6 18',
  warning: 'M12 3 L22 21 L2 21 Z M12 10 V15 M12 17.8 V18.2',
  minus: 'M5 12 H19',
  plus: 'M5 12 H19 M12 5 V19',
  camera: 'M3 8 H7 L9 5 H15 L17 8 H21 V19 H3 Z M12 16.5 A3.5 3.5 0 1 0 12 9.5 A3.5 3.5 0 1 0 12 16.5',
  card: 'M3 6 H21 V18 H3 Z M3 10 H21 M7 15 H11',
  undo: 'M9 14 L4 9 L9 4 M4 9 H15 A5 5 0 0 1 15 19 H11',
} as const;

export type IconName = keyof typeof paths;

/** A decorative picture: the words beside it carry the meaning. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
