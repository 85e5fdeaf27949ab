import type { Review, Reviews } from './flow-reviews.ts';

/* One show that a human can hold in mind: the trio played at the theatre on 8 May 2027. */

export const review = (over: Partial<Review> = {}): Review => ({
  stars: 4, parts: { welcome: 5, technical: 4, agreed: 4 }, words: 'Une équipe attentive,\net une salle qui écoute.', attendance: 180, at: '2027-05-09T09:00:00.000Z', shownAt: null, reply: '', repliedAt: null,
  hidden: false, hiddenWhy: '', replyHidden: false, replyHiddenWhy: '', reported: null, replyReported: null, answered: '', ...over,
});
const ofTheTrio = (over: Partial<Review> = {}): Review => review({ stars: 5, parts: { performance: 5, audience: 4, agreed: 5 }, words: 'Salle debout au rappel.', attendance: 210, ...over });

const none = { write: false, reply: false, report: false, reportReply: false };
const reviews = (over: Partial<Reviews> = {}): Reviews => ({
  side: 'artist', state: 'open', until: '2027-06-07', capacity: 250, most: 500, parts: ['welcome', 'technical', 'agreed'], own: null, other: null, attendance: null, mails: true, may: { ...none, write: true }, ...over,
});

export const toWrite = reviews();
export const toWriteAsBuyer = reviews({ side: 'buyer', parts: ['performance', 'audience', 'agreed'], capacity: 0, most: 500_000 });
export const waiting = reviews({ own: review() });
const shownAt = '2027-05-10T09:00:00.000Z';
export const shown = reviews({ state: 'shown', own: review({ shownAt }), other: ofTheTrio({ shownAt }), attendance: 210, may: { ...none, reply: true, report: true } });
export const answered = reviews({ state: 'shown', own: review({ shownAt, reply: 'Merci, revenez quand vous voulez.', repliedAt: shownAt }), other: ofTheTrio({ shownAt, reply: 'Merci à toute l’équipe.', repliedAt: shownAt, reported: 'kept', answered: 'Chacun dit sa version.' }), attendance: 210, may: { ...none, reportReply: true } });
export const onlyTheirs = reviews({ state: 'shown', other: ofTheTrio({ shownAt, reported: 'open' }), attendance: 210, may: { ...none, reply: true } });
export const hidden = reviews({
  state: 'shown', own: review({ shownAt, stars: 1, words: 'Des voleurs.', hidden: true, hiddenWhy: 'Propos injurieux.', reply: '', repliedAt: shownAt, replyHidden: true }),
  other: ofTheTrio({ shownAt, stars: 0, parts: { performance: null, audience: null, agreed: null }, words: '', attendance: null, hidden: true, reported: 'hidden', answered: 'Étranger au spectacle.' }), may: none,
});
export const over = reviews({ state: 'over', may: none });
export const notPlayed = reviews({ state: 'not_played', until: null, may: none });
export const observer = reviews({ may: none });
