import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A platform that answers as a test says: late, wrongly or with bad intent. */
export interface Stranger {
  readonly address: string;
  /** What it is asked, in order. */
  readonly asked: string[];
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

/** Opens one on a free port. Until a test says otherwise it knows nothing. */
export async function openStranger(): Promise<Stranger> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    stranger.answer(request, response);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stranger: Stranger = {
    address: `http://127.0.0.1:${(server.address() as { port: number }).port}`, asked,
    answer: (_, response) => { response.writeHead(404).end(); },
    close: () => new Promise((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  };
  return stranger;
}

/** An answer with a body. */
export const says = (body: string, status = 200): Stranger['answer'] => (_, response) => { response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body); };
