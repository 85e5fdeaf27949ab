import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

/* The entry of a thread in development: Node opens none in TypeScript by itself. */
register();
await import(workerData.source);
