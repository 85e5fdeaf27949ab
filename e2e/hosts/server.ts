import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { compile } from 'tailwindcss';
import { signIn } from '../people.ts';
import { pause, type Product } from '../product.ts';
import { freeDays } from '../walk.ts';
import { hosts, type Host, type Tag, type Way } from './gallery.ts';
import { witness } from './witness.ts';


/** The strangers' web server, and a way to the platform that can be bad. */
export interface Gallery {
  /** The address of a host's page, with us in it or without. */
  readonly address: (host: Host, us: boolean) => string;
  /** A page that no host links to: a link that was followed has another colour. */
  readonly elsewhere: string;
  /** Origins that a page may ask: its own, ours, and that of our pictures. */
  readonly known: (host: Host) => readonly string[];
  readonly setWay: (way: Way) => void;
  /** A day on which the artist of the widgets is free. */
  readonly freeDay: () => Promise<string>;
  readonly close: () => Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');
const mimes: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.woff': 'font/woff', '.ico': 'image/x-icon' };

/** Opens the gallery, and enters its origin on a list of the demo theatre. */
export async function openGallery(product: Product): Promise<Gallery> {
  let way: Way = 'open';
  const relay = await listen((req, res) => { void pass(product, way, req, res); });
  const server = await listen((req, res) => { void serve(req, res).catch((fault: unknown) => { res.writeHead(500).end(String(fault)); }); });
  const [home, away] = [`http://127.0.0.1:${portOf(server)}`, `http://localhost:${portOf(server)}`];
  const theatre = await signIn(product, 'theatre@demo.example');
  const enter = (name: string) => theatre.act<{ keys: { key: string }[] }>('partners.createSite', { name, url: home, origins: [] });
  const key = (await enter('Gallery')).keys[0]?.key ?? '';
  const revoked = (await enter('Gallery, before')).keys[0]?.key ?? '';
  await theatre.act('partners.revokeKey', { key: revoked });

  const serve: (req: IncomingMessage, res: ServerResponse) => Promise<void> = async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', home);
    if (pathname === '/away') return void res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,"><p>Elsewhere.');
    if (pathname === '/witness.js') return void res.writeHead(200, { 'content-type': 'text/javascript' }).end(`(${witness.toString()})();`);
    if (pathname === '/tailwind.css') return void res.writeHead(200, { 'content-type': 'text/css' }).end(await tailwind());
    if (pathname.startsWith('/packages/')) {
      const file = path.join(root, 'node_modules', pathname.slice('/packages/'.length));
      if (!existsSync(file)) return void res.writeHead(404).end();
      res.writeHead(200, { 'content-type': mimes[path.extname(file)] ?? 'application/octet-stream' });
      return void createReadStream(file).pipe(res);
    }
    const host = hosts.find(({ name }) => slug(name) === pathname.slice(1));
    if (!host) return void res.writeHead(404).end();
    const platform = host.way ? `http://127.0.0.1:${portOf(relay)}` : product.origins.platform;
    const nonce = 'Zm9yIHRoaXMgdmlzaXQ';
    const tag: Tag = (rest = '', from = platform) => `<script async src="${from}/v1/embed.js" data-key="${host.key === 'revoked' ? revoked : key}" nonce="${nonce}"${rest}></script>`;
    const relayed = `http://127.0.0.1:${portOf(relay)}`;
    const head = searchParams.get('us') === '1' ? host.loader?.(tag, relayed) ?? { head: tag() } : {};
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': host.look?.history ? 'no-cache' : 'no-store', ...host.headers?.({ platform, media: product.origins.media, nonce }) });
    res.end(page(host, nonce, head));
  };
  return {
    address: (host, us) => `${host.origin === 'refused' ? away : home}/${slug(host.name)}?us=${us ? 1 : 0}`,
    elsewhere: `${home}/away`,
    known: (host) => [host.origin === 'refused' ? away : home, product.origins.media, product.origins.platform, `http://127.0.0.1:${portOf(relay)}`],
    setWay: (next) => { way = next; },
    freeDay: async () => (await freeDays(product, 'les-vagues-lentes', 60, 1))[0] ?? '',
    close: async () => { for (const one of [relay, server]) { one.closeAllConnections(); await new Promise((resolve) => { one.close(resolve); }); } },
  };
}

/** A host's name as a path. */
const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const listen = (answer: RequestListener): Promise<Server> => new Promise((resolve) => { const server = createServer(answer).listen(0, () => { resolve(server); }); });

/** Hands a call on to the platform, or does not. A slow way takes 400 ms there and 50 kB a second back. */
async function pass(product: Product, way: Way, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { hostname, port } = new URL(product.address);
  const call = req.url?.startsWith('/trpc') ?? false;
  if (way === 'gone' || (way === 'cut' && call)) return void req.socket.destroy();
  if (way === 'failing' && call) return void res.writeHead(500, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end('<h1>Internal Server Error</h1>');
  // As our own server says it, read by the page: it lets the call through, and then cannot answer it.
  if (way === 'broken' && call && req.method !== 'OPTIONS') return void res.writeHead(500, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
    .end(JSON.stringify({ error: { message: 'internal', code: -32603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500, reason: null, details: {} } } }));
  if (way === 'slow') await pause(400);
  const forward = ask({ hostname, port, path: req.url ?? '/', method: req.method ?? 'GET', headers: { ...req.headers, host: `platform.localhost:${port}` } }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    if (way !== 'slow') return void answer.pipe(res);
    void (async () => {
      for await (const chunk of answer) {
        await pause((chunk as Buffer).length / 50);
        res.write(chunk);
      }
      res.end();
    })().catch(() => { res.destroy(); });
  });
  forward.on('error', () => { res.destroy(); });
  res.on('close', () => { forward.destroy(); });
  req.pipe(forward);
}

let made: Promise<string> | undefined;

/** Tailwind as its own builder writes it, with Preflight. */
const tailwind = (): Promise<string> => (made ??= compile(readFileSync(path.join(root, 'node_modules/tailwindcss/index.css'), 'utf8'))
  .then((compiler) => compiler.build(['mx-auto', 'max-w-prose', 'text-blue-700', 'font-serif', 'p-4', 'leading-none'])));

/** The line that reserves our room in the page's own style sheet, as documented: before our script is there, only the page can. */
const rooms = { 'flow-epk': 1000, 'flow-availability': 820, 'flow-booking-request': 1120, 'flow-programme': 1500, 'flow-tour-map': 1500, 'flow-contract-status': 320 };
const room = Object.entries(rooms).map(([tag, height]) => `${tag}{display:block;min-height:${height}px;--flow-room:${height}px}`).join('');

/** What a host has of its own: it must be the same with us and without. */
const samples = (id: string): string => `<div id="${id}"><h1>Les grandes heures</h1><h2>La saison</h2>
<p>Un théâtre de <a href="/elsewhere">trois cents places</a>, <strong>toute l’année</strong>, <em>même en août</em>. <code>20:30</code></p>
<ul><li>Concerts</li><li>Lectures</li></ul><blockquote>On y revient.</blockquote>
<table><thead><tr><th>Jour</th><th>Heure</th></tr></thead><tbody><tr><td>Mardi</td><td>20:30</td></tr></tbody></table>
<form><label>Nom <input name="nom" value="Ana"></label> <label><input type="checkbox" checked> Lettre</label> <select><option>Un</option></select> <button type="button">Envoyer</button></form></div>`;

/** The six widgets, each with the plain link that stays when nothing can be shown. */
export const widgets = {
  'flow-epk': ' artist="les-vagues-lentes"', 'flow-availability': ' artist="les-vagues-lentes"', 'flow-booking-request': ' artist="les-vagues-lentes"',
  'flow-programme': '', 'flow-tour-map': ' artist="les-vagues-lentes"', 'flow-contract-status': '',
} as const;

const spots = (): string => Object.entries(widgets).map(([tag, attributes]) => `<section data-spot="${tag}"><h2>Rubrique</h2><${tag}${attributes}><a href="mailto:residence@horloge-bleue.example">Nous écrire</a></${tag}></section>`).join('\n');

function page(host: Host, nonce: string, us: { head?: string; body?: string }): string {
  const inline = (code: string) => `<script nonce="${nonce}">${code}</script>`;
  return `<!doctype html>
<html lang="fr"${host.html ?? ''}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${host.name}</title><link rel="icon" href="data:,">
<script src="/witness.js" nonce="${nonce}"></script>
${host.bare ? '' : `<style nonce="${nonce}">${room}</style>`}<style nonce="${nonce}">html{overflow-y:scroll!important;scrollbar-width:none!important}</style>${host.base ?? ''}${host.css ? `<style nonce="${nonce}">${host.css}</style>` : ''}${host.links?.map((href) => `<link rel="stylesheet" href="${href}">`).join('') ?? ''}${host.patch ? inline(host.patch) : ''}${inline('guestbook.seal()')}${us.head ?? ''}</head>
<body${host.body ?? ''}>${samples('before')}<br><br><main>${host.spots?.(spots()) ?? spots()}</main>${samples('after')}${us.body ?? ''}</body></html>`;
}
