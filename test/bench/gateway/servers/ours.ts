/** Our gateway as the product starts it: over the bench's subgraphs in this process, or over those at SUBGRAPHS. */
import { remoteSubgraph } from '../../../../gateway/transports/remote.ts';
import { systemClock } from '../../../../subgraphs/platform/clock.ts';
import { createLogger } from '../../../../subgraphs/platform/logger.ts';
import { developmentKeys } from '../../../../subgraphs/platform/server/keys.ts';
import { startOurs } from '../../support/ours.ts';
import { subgraphs, supergraphSdl } from '../federation.ts';
import { queries } from '../queries.ts';

const { SUBGRAPHS: base = '', TRANSPORT: transport } = process.env;
const overHttp = transport === 'http';
const logger = createLogger('error');

await startOurs({
  subgraphs: overHttp ? [] : subgraphs,
  remotes: overHttp
    ? (['venues', 'cards', 'networks'] as const).map((subgraph) =>
        remoteSubgraph({
          subgraph,
          url: `${base}/${subgraph}`,
          keys: developmentKeys,
          clock: systemClock,
          logger,
        }),
      )
    : [],
  supergraphSdl: supergraphSdl(base),
  documents: queries.map(({ text }) => text),
});
