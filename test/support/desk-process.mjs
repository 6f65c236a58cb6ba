/** A desk as a process of its own, of the built product: takes codes of printed cards, hands each over, says what it heard. */
import { openCards } from '../../dist/subgraphs/cards/index.js';
import { issueCard } from '../../dist/subgraphs/cards/service/issue-card.js';
import { fixedClock } from '../../dist/subgraphs/platform/clock.js';
import { newId } from '../../dist/subgraphs/platform/ids.js';
import { localLive } from '../../dist/subgraphs/platform/live/index.js';
import { createLogger } from '../../dist/subgraphs/platform/logger.js';
import { isRefusal } from '../../dist/subgraphs/platform/refusals.js';

const [place = '', issuerId = '', now = ''] = process.argv.slice(2);
const live = localLive();
const subgraph = await openCards({
  location: JSON.parse(place),
  live,
  clock: fixedClock(now),
  logger: createLogger('silent'),
  demo: false,
});
const viewer = { role: 'ISSUER_STAFF', issuerId };
const { services } = subgraph.context(viewer, 'desk');

async function hand(printedCode) {
  const said = await issueCard(services, viewer, {
    issuerId,
    kind: 'COMMUNITY',
    holder: null,
    toldNotToLeaveUnused: true,
    printedCode,
    requestId: newId(),
  });
  return isRefusal(said) ? said.code : 'ISSUED';
}

async function handAll(codes) {
  const heard = [];
  for (const code of codes) heard.push(await hand(code).catch((error) => error.message));
  process.send?.(heard);
  await subgraph.close();
  await live.close();
  process.disconnect();
}

process.once('message', (codes) => void handAll(codes));
process.send?.('ready');
