const form = /^#confirm=([0-9A-Za-z-]{1,64})$/;

/**
 * The code of a link in a letter. It stands behind the `#`, so that no server and no log ever sees it, and is taken out of the
 * address at once: who looks at the history of this phone finds nothing.
 */
export function takeConfirmCode(
  page: Pick<Location, 'hash' | 'pathname' | 'search'> = location,
  pages: Pick<History, 'replaceState'> = history,
): string | null {
  const code = form.exec(page.hash)?.[1] ?? null;
  if (code !== null) pages.replaceState(null, '', page.pathname + page.search);
  return code;
}
