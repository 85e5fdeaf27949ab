import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

/** Threads that answer questions, each one at a time. One that dies is replaced, and its question is asked again. */
export interface Threads<Q, A> {
  readonly count: number;
  /** Asks whichever thread waits for work. */
  readonly ask: (question: Q) => Promise<A>;
  /** Tells every thread, those that come later too, in place of what was told under the same name before. */
  readonly tell: (name: string, news: unknown) => void;
  /** Kills the threads as a fault would: they are replaced. */
  readonly kill: () => void;
  readonly close: () => Promise<void>;
}

/** What goes to a thread, and what comes back. */
export type ToThread<Q> = { readonly news: string; readonly of: unknown } | { readonly id: number; readonly question: Q };
export type FromThread<A> = { readonly id: number; readonly answer: A } | { readonly id: number; readonly failed: string };

interface Task<Q, A> {
  readonly question: Q;
  readonly resolve: (answer: A) => void;
  readonly reject: (error: Error) => void;
  /** How many threads have died over it. */
  deaths: number;
}

/** A question over which so many threads died is what kills them. */
const mostDeaths = 3;

/**
 * Opens `count` threads of a room's `thread.ts`.
 *
 * @param beside The caller's `import.meta.url`: in development the thread is TypeScript beside it, once built a file of its own.
 */
export function openThreads<Q, A>(beside: string, room: string, count: number): Threads<Q, A> {
  const [source, built] = [new URL('./thread.ts', beside), new URL(`./${room}-thread.js`, beside)];
  const entry = existsSync(built) ? built : new URL('./thread-dev.mjs', import.meta.url);
  const told = new Map<string, unknown>();
  const waiting: Task<Q, A>[] = [];
  const idle: Worker[] = [];
  const busy = new Map<Worker, { id: number; task: Task<Q, A> }>();
  let [next, closed] = [0, false];

  const open = (): void => {
    const worker = new Worker(entry, { workerData: { source: source.href } });
    worker.unref();
    for (const [name, of] of told) worker.postMessage({ news: name, of });
    worker.on('message', (said: FromThread<A>) => {
      const task = busy.get(worker)?.task;
      busy.delete(worker);
      if (task && 'answer' in said) task.resolve(said.answer);
      else if (task && 'failed' in said) task.reject(new Error(said.failed));
      idle.push(worker);
      give();
    });
    // What it died of is said by the exit; without a listener it would take the process with it.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      const task = busy.get(worker)?.task;
      busy.delete(worker);
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
      if (closed) {
        task?.reject(new Error('the threads were closed'));
        return;
      }
      if (task) {
        task.deaths += 1;
        if (task.deaths >= mostDeaths) task.reject(new Error('a thread died over this question, again and again'));
        else waiting.unshift(task);
      }
      // Not at once: one that cannot even begin would be opened for ever.
      setTimeout(() => { if (!closed) { open(); give(); } }, 20).unref();
    });
    idle.push(worker);
  };
  const give = (): void => {
    for (let task = waiting[0], worker = idle[0]; task && worker; task = waiting[0], worker = idle[0]) {
      waiting.shift();
      idle.shift();
      busy.set(worker, { id: next += 1, task });
      worker.postMessage({ id: next, question: task.question });
    }
  };
  for (let i = 0; i < count; i += 1) open();

  return {
    count,
    ask: (question) => new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject, deaths: 0 });
      give();
    }),
    tell: (name, of) => {
      told.set(name, of);
      for (const worker of [...idle, ...busy.keys()]) worker.postMessage({ news: name, of });
    },
    kill: () => { for (const worker of [...idle, ...busy.keys()]) void worker.terminate(); },
    close: async () => {
      closed = true;
      await Promise.all([...idle, ...busy.keys()].map((worker) => worker.terminate()));
      for (const { reject } of waiting) reject(new Error('the threads were closed'));
    },
  };
}
