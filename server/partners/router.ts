import { z } from 'zod';
import { guest, router, signedIn } from '../core/trpc.ts';
import { Id, line, webAddress } from '../core/wire.ts';
import { checkPage, createSite, readPartner, readSites, revokeKey, rotateKey, updateSite } from './service.ts';

const KeyView = z.object({ key: z.string(), createdAt: z.string(), expiresAt: z.string().nullable(), revokedAt: z.string().nullable() });
const SiteView = z.object({ id: z.string(), name: z.string(), url: z.string(), origins: z.array(z.string()), keys: z.array(KeyView) });
const SiteInput = z.object({ name: line(120).min(2), url: webAddress(/^https?$/), origins: z.array(line(200)).max(20) });

const ReportView = z.object({
  outcome: z.enum(['read', 'address_refused', 'unknown_host', 'unreachable', 'slow', 'redirects', 'no_page']),
  /** Where the page was in the end. */
  url: z.string(),
  findings: z.array(z.object({ what: z.string(), state: z.enum(['good', 'warn', 'bad']), figures: z.record(z.string(), z.string()) })),
  lacks: z.array(z.object({ directive: z.string(), now: z.string(), add: z.string(), line: z.string(), nonce: z.boolean() })),
  amended: z.string(),
});

/** The web sites of a partner, for the partner. The origin of `url` is always on the list. */
export const partnersRouter = router({
  sites: signedIn.output(z.array(SiteView)).query(({ ctx }) => readSites(ctx)),
  createSite: signedIn.input(SiteInput).output(SiteView).mutation(({ ctx, input }) => createSite(ctx, input)),
  updateSite: signedIn.input(SiteInput.extend({ id: Id('sit') })).output(SiteView).mutation(({ ctx, input }) => updateSite(ctx, input)),
  /** A new key; the old ones live seven more days. */
  rotateKey: signedIn.input(z.object({ id: Id('sit') })).output(SiteView).mutation(({ ctx, input }) => rotateKey(ctx, input.id)),
  /** Reads a page and says what keeps widgets out of it: each finding in a word with its figures, what its policy lacks, and that policy as it has to be. */
  check: signedIn.input(z.object({ siteId: Id('sit'), url: webAddress(/^https?$/) })).output(ReportView).mutation(({ ctx, input }) => checkPage(ctx, input)),
  revokeKey: signedIn.input(z.object({ key: line(60) })).output(SiteView).mutation(({ ctx, input }) => revokeKey(ctx, input.key)),
});

/** Who the partner is, for a widget that stands on its page: the place a request is for, unless the visitor says otherwise. */
export const partnersPublicRouter = router({
  partner: guest.output(z.object({
    name: z.string(), kind: z.enum(['artist', 'booker', 'venue', 'festival', 'camping', 'municipality', 'association', 'company', 'person']),
    place: z.object({ name: z.string(), city: z.string(), insee: z.string(), capacity: z.int() }).nullable(),
  })).query(({ ctx }) => readPartner(ctx)),
});
