import { parentPort } from 'node:worker_threads';
import type { FromThread, ToThread } from '../core/threads.ts';
import { hallOver, search, type Found, type Grounds, type Hall, type Search } from '../matching/search.ts';

/* A thread that searches: it is told the grounds once, over memory that it shares, and answers one search after another. */

let hall: Hall | null = null;

parentPort?.on('message', (said: ToThread<Search>) => {
  if ('news' in said) {
    hall = hallOver(said.of as Grounds);
    return;
  }
  parentPort?.postMessage(answer(said.id, said.question));
});

function answer(id: number, question: Search): FromThread<Found> {
  try {
    if (!hall) throw new Error('nothing was laid out yet');
    return { id, answer: search(hall, question) };
  } catch (error) {
    return { id, failed: error instanceof Error ? error.stack ?? error.message : String(error) };
  }
}
