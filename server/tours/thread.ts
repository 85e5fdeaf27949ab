import { parentPort } from 'node:worker_threads';
import type { FromThread, ToThread } from '../core/threads.ts';
import type { Question } from './question.ts';
import { work, type Ask, type Said } from './work.ts';

/* A thread that plans tours: it keeps the latest questions, so that a change by hand does not send thousands of venues each time. */

const known = new Map<string, Question>();
/** Questions that are kept: the largest is some tens of megabytes. */
const most = 4;

parentPort?.on('message', (said: ToThread<Ask>) => {
  if (!('news' in said)) parentPort?.postMessage(answer(said.id, said.question));
});

function answer(id: number, { key, base, doc, job }: Ask): FromThread<Said> {
  try {
    const question = base ?? known.get(key);
    if (!question) return { id, answer: { kind: 'unknown' } };
    // What was asked last goes last.
    known.delete(key);
    known.set(key, question);
    for (const old of [...known.keys()].slice(0, -most)) known.delete(old);
    return { id, answer: work(question, doc, job) };
  } catch (error) {
    return { id, failed: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}
