/** Our gateway as the product starts it, with the counting subgraphs in this process. */
import { answerParent } from '../support/children.ts';
import { startOurs } from '../support/ours.ts';
import { counters, subscription } from './counters.ts';
import { figures, type Question } from './figures.ts';

const toy = counters();
const { subgraphs, supergraphSdl } = toy;
const gateway = await startOurs({ subgraphs, supergraphSdl, documents: [subscription] });

answerParent(async (question: Question) => {
  if (question.do === 'event') {
    toy.sell('c0');
    return {};
  }
  const { sockets, clients, upstreams } = gateway.counts;
  const { events: executions, joins } = toy.calls;
  const counts = { sockets, clients, upstreams, sources: toy.open, executions, joins };
  return { ...(await figures(question.collect)), counts };
});
