/** A television cannot scroll: on a wide screen, rows that do not fit above the footer are left out. Narrow and zoomed screens scroll and keep them all. */
export function fitRows(main: Element, footer: HTMLElement): void {
  const rows = main.querySelectorAll<HTMLElement>('.later li');
  if (innerWidth < 900) return;
  const section = main.querySelector('.later');
  if (!section) return;
  const end = innerHeight - footer.offsetHeight - parseFloat(getComputedStyle(section).paddingBottom);
  for (let i = rows.length - 1; i > 0; i--) {
    const row = rows[i];
    if (row && row.getBoundingClientRect().bottom > end) row.hidden = true;
  }
}
