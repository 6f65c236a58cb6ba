/** The subgraphs of the federation. Each has a database of its own under this name. */
export const subgraphNames = ['networks', 'cards', 'venues', 'messaging'] as const;

export type SubgraphName = (typeof subgraphNames)[number];
