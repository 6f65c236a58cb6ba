import { startGateway, type Gateway, type GatewayOptions } from '../../../gateway/server.ts';
import { TrustedDocuments } from '../../../gateway/trusted/trusted-documents.ts';
import { createLogger } from '../../../subgraphs/platform/logger.ts';

/** The load comes from one address: everything is counted as in production, but never used up. */
const entryLimits = { socketsPerAddress: 1e12, addressBudget: 1e12, viewerBudget: 1e12 };

export interface OursOptions extends Pick<
  GatewayOptions,
  'subgraphs' | 'remotes' | 'supergraphSdl' | 'identify'
> {
  /** What anonymous clients may run, as in production. */
  readonly documents: readonly string[];
}

/** Our gateway with all its protection, on the port from the environment. */
export function startOurs({ documents, ...options }: OursOptions): Promise<Gateway> {
  return startGateway({
    ...options,
    logger: createLogger('error'),
    production: true,
    port: Number(process.env['PORT']),
    entryLimits,
    trusted: new TrustedDocuments(documents),
  });
}
