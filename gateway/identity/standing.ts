import { viewerKey, type Role, type Viewer } from '../../subgraphs/platform/viewer.ts';

/** Those who use our screens, or nothing of ours: in production they may run what the screens run, and nothing else. */
const withoutKey: ReadonlySet<Role> = new Set(['ANONYMOUS', 'HOLDER', 'DISPLAY']);

export function mayWriteOwnDocuments(viewer: Viewer): boolean {
  return !withoutKey.has(viewer.role);
}

/** The name under which the gateway counts what a viewer asks for; whoever has none is counted with its address. */
export function budgetName(viewer: Viewer): string | undefined {
  return viewer.role === 'ANONYMOUS' ? undefined : viewerKey(viewer);
}
