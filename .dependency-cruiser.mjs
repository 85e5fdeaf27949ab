import { floors, impure, pureCore } from './house.mjs';

const any = (names) => `(${names.join('|')})`;
const room = '^server/(?!core/|adapters/|api/)([^/]+)/';
const door = `^server/.+/${any(impure.filter((name) => name !== 'service'))}[.]ts$`;
const test = '([.]test[.]ts|^server/core/test-[^/]+[.]ts)$';
const corePure = `^server/core/${any(pureCore)}[.]ts$`;
/** What a page without scripts is drawn by, and what it shares with the widgets: pure as well. */
const drawn = `^server/embeds/(?!${any(impure)}[.]ts$)[^/]+[.]ts$`;
const worn = '^widgets/(core/(messages|messages/[a-z]+|request-words|programme-words|words|phrase|rooms?|said|theme|format-page|format-days)|parts/(days|month|shows|snippets|steps)|public/[^/]+/(answers|blank|near|views|words|[^/]+[.]styles))[.]ts$';
const pure = [`${room}(?!${any(impure)}[.]ts$).+[.]ts$`, corePure];
const entries = '^server/[^/]+[.]ts$';
const ports = '^server/adapters/ports[.]ts$';
const [appRouter, publicRouter] = ['^server/app-router[.]ts$', '^server/public-router[.]ts$'];
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-circular', 'Files form a tree you can read from the leaves up.', {}, { circular: true }),
    // The builder makes `virtual:` modules.
    rule('no-dead-import', 'What is imported exists.', {}, { couldNotResolve: true, pathNot: '^(virtual:|wix-|backend/)' }),
    ...floors.map((rooms, floor) =>
      rule('rooms-form-a-dag', 'To tell a lower room something, call it; to tell a higher one, leave a topic.',
        { path: `^server/${any(rooms)}/`, pathNot: test },
        { path: `^server/${any(floors.slice(floor).flat())}/`, pathNot: '^server/$1/' })),
    rule('rooms-stand-in-the-plan', 'A new room gets its floor in house.mjs.', { path: '^server/', pathNot: `^server/([^/]+[.]ts$|${any(['core', 'adapters', ...floors.flat()])}/)` }, {}),
    rule('rooms-know-no-entry', 'What starts and mounts the rooms is above them.', { path: '^server/[^/]+/', pathNot: test }, { path: entries }),
    rule('core-knows-no-room', 'Core gathers the error tables of the rooms and knows nothing else of them.', { path: '^server/(core|adapters)/', pathNot: test }, { path: room, pathNot: '/errors[.]ts$' }),
    rule('pure-is-pure', 'Rules of the trade never touch a database, a network, a disk, a thread or a framework.', { path: pure, pathNot: [test, drawn] }, { pathNot: [...pure, '^(node:)?assert(/strict)?$'] }),
    rule('nobody-calls-a-door', 'Routers, jobs and threads are entered from outside only.', { path: '^(server|prisma)/', pathNot: [entries, test] }, { path: door }),
    rule('services-not-doors', 'A service is called by several doors, so it knows none of them.', { path: '^server/.+/service[.]ts$' }, { path: '@trpc/|/hono/|@hono/|^server/core/(trpc|wire)[.]ts$' }),
    rule('ports-not-adapters', 'Only who starts the server chooses an adapter; the rooms and core know its port.', { path: '^server/', pathNot: ['^server/adapters/', entries, test] }, { path: '^server/adapters/', pathNot: ports }),
    rule('ports-are-types', 'A port says what an adapter does, and does nothing.', {}, { path: ports, dependencyTypesNot: ['type-only'] }),
    rule('the-world-is-a-guest', 'The demo world is laid out through services, and nothing in the house leans on it.', { path: '^server/[^/]+/', pathNot: test }, { path: '^prisma/' }),
    rule('server-knows-no-page', 'The server never imports what runs in a browser; a page without scripts wears the words, the sheets and the lines of the widgets.', { path: '^(server|prisma)/' }, { path: '^(widgets|app|stories)/', pathNot: worn }),
    rule('only-embeds-wear', 'What a page without scripts shares with the widgets is shared there alone.', { path: '^(server|prisma)/', pathNot: '^server/embeds/' }, { path: '^widgets/' }),
    rule('drawn-is-pure', 'A page is drawn from what was read: templates, sheets, words, feeds, and no world.', { path: drawn, pathNot: test }, { pathNot: [...pure, worn, drawn, '^(node:)?assert(/strict)?$', 'node_modules/(lit|lit-html|@lit|@lit-labs/ssr|feed|ical-generator)/'] }),
    rule('pages-know-types-only', 'No line of server code may reach a page.', { path: '^(widgets|app|stories)/' }, { path: '^server/', dependencyTypesNot: ['type-only'] }),
    rule('pages-know-two-types', 'The routers are the whole contract.', { path: '^(widgets|app|stories)/' }, { path: '^server/', pathNot: [appRouter, publicRouter] }),
    rule('public-knows-public', 'A guest in a partner page knows the public door alone.', { path: '^widgets/public/' }, { path: appRouter }),
    rule('workspace-knows-app', 'Our own pages know the door of signed-in people alone.', { path: '^(widgets/workspace|app)/' }, { path: publicRouter }),
    rule('widgets-are-islands', 'A widget shares through core and parts, so that each loads alone.', { path: '^widgets/(public|workspace)/([^/]+)/' }, { path: '^widgets/(public|workspace)/', pathNot: ['^widgets/$1/$2/', '[.]fixture[.]ts$'] }),
    rule('core-below-parts-below-widgets', 'Shared pieces know no widget, and core knows no picture.', { path: '^widgets/(core|parts)/', pathNot: test }, { path: '^widgets/(parts|public|workspace)/', pathNot: '^widgets/$1/' }),
    rule('guests-use-the-bundle', 'Demo sites and plugins embed us as a partner would; journeys use a browser; scripts start what people start. Whoever proves the books after a blow reads them from inside.', { path: '^(demo-sites|plugins|e2e|scripts)/', pathNot: [test, '^e2e/chaos/'] }, { path: '^(server|widgets|app)/' }),
    rule('bench-measures-pure-files', 'A benchmark imports rules of the trade; the rest it starts as a user would. The ledger and the hall are measured without their rooms, from inside.', { path: '^bench/', pathNot: '^bench/(ledger|matching)[.]bench[.]ts$' }, { path: '^(server|widgets|app)/', pathNot: pure }),
  ],
  options: {
    tsPreCompilationDeps: 'specify', tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'import', 'node', 'default'] },
    // The generated Prisma client is a leaf: who imports it is checked, what it imports is not.
    doNotFollow: { path: 'node_modules|^server/core/db/' },
    exclude: { path: '^(dist|storybook-static|[.](data|cache|git))/' },
  },
};
