import { open } from '../page.ts';

await open('notFoundTitle');
