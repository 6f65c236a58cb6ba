/** Our gateway for viewers who may write their own operations, with the counting subgraphs in this process. */
import { answerParent } from '../support/children.ts';
import { startOurs } from '../support/ours.ts';
import { counters } from './counters.ts';
import { figures, type Question } from './figures.ts';

const { subgraphs, supergraphSdl } = counters();
await startOurs({
  subgraphs,
  supergraphSdl,
  documents: [],
  identify: () => ({ viewer: { role: 'NATIONAL' } }),
});

answerParent(async (question: Question) => (question.do === 'figures' ? figures(question.collect) : {}));
