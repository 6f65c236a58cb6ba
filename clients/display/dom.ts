type Child = Node | string | null;

/** An element with attributes and children; `null` children are left out. */
export function el(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElement {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name] ?? '');
  for (const child of children) {
    if (child !== null)
      element.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
  return element;
}

/** Puts `next` in the place of `holder`'s only child, unless it looks the same: focus and screen readers stay where they are. */
export function swap(holder: Element, next: HTMLElement): boolean {
  const former = holder.firstElementChild;
  if (former && former.outerHTML === next.outerHTML) return false;
  if (former) holder.replaceChild(next, former);
  else holder.appendChild(next);
  return true;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A decorative picture of one path on a 24 × 24 grid. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const line = document.createElementNS(svgNamespace, 'path');
  line.setAttribute('d', path);
  svg.appendChild(line);
  return svg;
}
