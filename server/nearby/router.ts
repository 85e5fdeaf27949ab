import { z } from 'zod';
import { LOCALES } from '../core/locale.ts';
import { anyone, guest, router, signedIn } from '../core/trpc.ts';
import { DayView, Id, InstantView, line, printedLine, printedText } from '../core/wire.ts';
import { answerWish, askNear, confirmWish, eraseWish, offerTo, readWish, readWishes } from './service.ts';
import { KINDS, WISHERS } from './wish.ts';

const Token = z.object({ token: z.string().regex(/^[\w-]{20,80}$/) });
const WisherView = z.enum(WISHERS);
const KindView = z.enum(KINDS);

/** What a visitor of a tour's map wishes. `key` is made once by the form: sent twice, it counts once. */
const WishInput = z.object({
  key: z.string().regex(/^[\w-]{16,64}$/), artist: line(60), asker: WisherView, insee: line(5),
  email: z.union([z.literal(''), z.email().max(200)]).default(''), optIn: z.boolean().default(false),
  name: printedLine(120).default(''), organisation: printedLine(160).default(''), kind: KindView.nullable().default(null), period: printedLine(120).default(''), message: printedText(2000).default(''),
  locale: z.enum(LOCALES).default('fr'),
  /** A field that people do not see: whoever fills it is not one. */
  website: line(200).default(''),
  /** The work of `booking.challenge`, solved. Without it, far fewer wishes are taken. */
  proof: z.string().max(4_000).default(''),
});

/** What a visitor of a partner's page may do: wish. */
export const nearbyPublicRouter = router({
  /** Asks an artist to play near a town. `fans` says how many want it there by now. */
  ask: guest.input(WishInput).output(z.object({ artist: z.string(), city: z.string(), fans: z.int() })).mutation(({ ctx, input }) => askNear(ctx, input)),
});

const WishView = z.object({
  id: z.string(), artist: z.string(), name: z.string(), organisation: z.string(), kind: KindView, email: z.string(), city: z.string(), country: z.string(), period: z.string(), message: z.string(),
  status: z.enum(['open', 'written', 'offered', 'declined']), createdAt: InstantView, bookingId: z.string().nullable(),
});

/** What whoever left a wish sees of it, by the link of our mail. */
const LeftView = z.object({ asker: WisherView, artist: z.string(), city: z.string(), email: z.string(), message: z.string(), state: z.enum(['unconfirmed', 'kept', 'erased']), until: DayView });

export const nearbyRouter = router({
  /** Who wants to hear the organisation's artists near them: organisers one by one, fans summed by town. */
  wishes: signedIn.input(z.object({ status: z.enum(['open', 'closed', 'all']).default('open') })).output(z.object({
    asks: z.array(WishView), towns: z.array(z.object({ artist: z.string(), city: z.string(), country: z.string(), fans: z.int(), organisers: z.int() })),
  })).query(({ ctx, input }) => readWishes(ctx, input.status)),
  /** Says that an organiser was written to, or that it is not for now; they are told the latter. */
  answer: signedIn.input(z.object({ id: Id('wsh'), how: z.enum(['written', 'declined']) })).output(WishView).mutation(({ ctx, input }) => answerWish(ctx, input)),
  /** Names a day, which makes a booking of the wish: an offer follows there. */
  offer: signedIn.input(z.object({ id: Id('wsh'), day: DayView })).output(z.object({ bookingId: z.string() })).mutation(({ ctx, input }) => offerTo(ctx, input)),

  /** What the link of a mail opens. A mutation, so that no address holds the token. */
  left: anyone.input(Token).output(LeftView).mutation(({ ctx, input }) => readWish(ctx, input.token)),
  confirm: anyone.input(Token).output(LeftView).mutation(({ ctx, input }) => confirmWish(ctx, input.token)),
  erase: anyone.input(Token).output(LeftView).mutation(({ ctx, input }) => eraseWish(ctx, input.token)),
});
