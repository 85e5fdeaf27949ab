import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StripeDouble } from '../../server/adapters/payments/double/stripe.ts';
import { pause } from '../product.ts';

/** The line between us and the provider's double, which behaves badly while `bad`. */
export interface Line {
  /** Where the server finds the provider. */
  readonly address: string;
  bad: boolean;
  /** Carries every webhook there is, again until it is taken. Says how many wait. */
  readonly carry: (door: string) => Promise<number>;
  readonly close: () => Promise<void>;
}

interface Hook {
  readonly raw: string;
  readonly signature: string;
  due: number;
  under: boolean;
}

/**
 * Opens the line. Of our requests one in ten is answered late, one in twelve arrives twice, one in six meets a 500 or a broken line, before
 * or after it was done. Of the webhooks one in five comes twice, one in five late, and any before those of the same moment.
 */
export async function openLine(double: StripeDouble, random: () => number): Promise<Line> {
  const line = { bad: false };
  const waiting: Hook[] = [];

  const pass = (method: string, path: string, headers: IncomingHttpHeaders, body: Buffer) => new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const sent = request({ host: double.api.host, port: double.api.port, method, path, headers: { ...headers, connection: 'close' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => { resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) }); });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

  const server = createServer((call, answer) => {
    const chunks: Buffer[] = [];
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('end', () => void (async () => {
      const { method = 'GET', url = '/', headers } = call;
      const body = Buffer.concat(chunks);
      const send = () => pass(method, url, headers, body);
      try {
        if (line.bad && method === 'POST') {
          const luck = random();
          if (luck < 0.06) double.trouble.push('broken');
          else if (luck < 0.12) double.trouble.push('late');
          else if (luck < 0.17) double.trouble.push('lost');
          else if (luck < 0.25) await send();
        }
        if (line.bad && random() < 0.1) await pause(random() * 600);
        const got = await send();
        answer.writeHead(got.status, got.headers).end(got.body);
      } catch {
        answer.destroy();
      }
    })());
  });
  server.on('clientError', (_, socket) => { socket.destroy(); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });

  return Object.assign(line, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carry: async (door: string) => {
      for (const { raw, signature } of double.hooks()) {
        const times = line.bad && random() < 0.2 ? 2 : 1;
        for (let time = 0; time < times; time += 1) waiting.push({ raw, signature, under: false, due: Date.now() + (line.bad && random() < 0.2 ? random() * 900 : 0) });
      }
      const due = waiting.filter((hook) => !hook.under && (hook.due <= Date.now() || !line.bad)).sort(() => (line.bad ? random() - 0.5 : 0));
      for (let first = 0; first < due.length; first += 8) {
        // Two may carry at once: what the other one has brought meanwhile waits no more.
        await Promise.all(due.slice(first, first + 8).filter((hook) => !hook.under && waiting.includes(hook)).map(async (hook) => {
          hook.under = true;
          const taken = await fetch(`${door}/hooks/payments`, { method: 'POST', body: hook.raw, headers: { 'stripe-signature': hook.signature }, signal: AbortSignal.timeout(10_000) }).then((answer) => answer.ok, () => false);
          hook.under = false;
          if (taken) waiting.splice(waiting.indexOf(hook), 1);
        }));
      }
      return waiting.length;
    },
    close: () => new Promise<void>((resolve) => {
      server.close(() => { resolve(); });
      server.closeAllConnections();
    }),
  });
}
