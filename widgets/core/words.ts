import type { messages as criteriaMessages } from './messages/criteria/fr.ts';
import type { messages as deskMessages } from './messages/desk/fr.ts';
import type { messages as discoverMessages } from './messages/discover/fr.ts';
import type { messages } from './messages/fr.ts';
import type { messages as matchingMessages } from './messages/matching/fr.ts';
import type { messages as nearMessages } from './messages/near/fr.ts';
import type { messages as programmeMessages } from './messages/programme/fr.ts';
import type { messages as requestMessages } from './messages/request/fr.ts';
import type { messages as toursMessages } from './messages/tours/fr.ts';
import type { messages as ownMessages } from './messages/workspace/fr.ts';
import type { Phrase } from './phrase.ts';

/** Everything said on anybody's page: a sentence for each refusal met there, and the words of the public widgets. French names the keys. */
export type PublicKey = keyof typeof messages;

/** What the form of a request says besides, once somebody uses it. */
export type RequestKey = keyof typeof requestMessages;

/** What a programme says besides of its views, filters and feeds. */
export type ProgrammeKey = keyof typeof programmeMessages;

/** What a tour's map says besides, once somebody asks for a date near them. */
export type NearKey = keyof typeof nearMessages;

/** What every page of matching says of what is compared: criteria, their sentences, the vocabulary of filters. */
export type CriteriaKey = keyof typeof criteriaMessages;

/** What the pages around matching say besides. */
export type MatchingKey = keyof typeof matchingMessages;

/** Everything said on our own origin besides. */
export type OwnKey = keyof typeof ownMessages;

/** What the page of discoveries says besides. */
export type DiscoverKey = keyof typeof discoverMessages;

/** What our own people's page of matching says besides. */
export type DeskKey = keyof typeof deskMessages;

/** What the planner of tours says besides. */
export type ToursKey = keyof typeof toursMessages;

/** One language of each. */
export type Messages = Readonly<Record<PublicKey, Phrase>>;
export type RequestMessages = Readonly<Record<RequestKey, Phrase>>;
export type ProgrammeMessages = Readonly<Record<ProgrammeKey, Phrase>>;
export type NearMessages = Readonly<Record<NearKey, Phrase>>;
export type CriteriaMessages = Readonly<Record<CriteriaKey, Phrase>>;
export type DiscoverMessages = Readonly<Record<DiscoverKey, Phrase>>;
export type MatchingMessages = Readonly<Record<MatchingKey, Phrase>>;
export type DeskMessages = Readonly<Record<DeskKey, Phrase>>;
export type ToursMessages = Readonly<Record<ToursKey, Phrase>>;
export type OwnMessages = Readonly<Record<OwnKey, Phrase>>;

/** What fills the braces of a phrase; numbers are written as the language writes them. */
export type Figures = Readonly<Record<string, string | number>>;

/** What a site speaks with: `say('offer_closed')`, `say('daysFree', { n: 3 })`. */
export type Say<K extends string = PublicKey> = (key: K, figures?: Figures) => string;
