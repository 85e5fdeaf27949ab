import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import type { CriteriaKey, DiscoverKey, OwnKey, PublicKey, Say } from '../../core/words.ts';
import type { Site } from '../../core/site.ts';

type Answers = inferRouterOutputs<AppRouter>['discovery'];

/** What a discovery found. */
export type Discovered = Answers['find'];
/** Somebody found. */
export type Found = Discovered['found'][number];
/** What a list says of a score. */
export type Score = Found['score'];
/** The same with every criterion. */
export type WholeScore = NonNullable<Answers['pair']>;
export type Reason = Score['for'][number];
/** What may be ranked by. */
export type Cards = Answers['cards'];
/** What variety did to a list. */
export type Variety = NonNullable<Discovered['variety']>;
export type Seen = Found['seen'];
/** What is now made of somebody. */
export type Chosen = Answers['choose'];
export type Verdict = NonNullable<Chosen['verdict']>;
/** A search that is kept. */
export type Kept = Answers['searches'][number];
/** A search in somebody's own words, read. */
export type Asked = Answers['ask'];
export type Exceptional = Answers['exceptional'];
type Asking = inferRouterInputs<AppRouter>['discovery']['find'];
export type Filters = Asking['filters'];
export type Sort = NonNullable<Asking['sort']>;
export type CardName = NonNullable<Asking['card']>;

/** What is searched, as the address of the page says it. */
export interface Query {
  /** Null: the other side of who seeks. */
  readonly seen: Seen | null;
  readonly filters: Filters;
  readonly sort: Sort;
  /** Null: one's own scorecard. */
  readonly card: CardName | null;
  /** How strongly variety counts, in hundredths. */
  readonly variety: number;
  /** With those who were passed or hidden. */
  readonly all: boolean;
}

/** A card of somebody found, and what was made of it since. */
export type Standing = Pick<Found, 'choice' | 'match'>;

/** The three ways to look at one result. */
export const VIEWS = ['swipe', 'list', 'grid'] as const;
export type View = (typeof VIEWS)[number];

/** What this page speaks with, and how its language writes figures. */
export interface Words {
  readonly say: Say<PublicKey | OwnKey | CriteriaKey | DiscoverKey>;
  readonly locale: Site['locale'];
}

/* The words of filters, as the server knows them; a new one there is a type error here. */
export const SORTS = ['score', 'distance', 'money', 'people', 'rating', 'answer'] as const satisfies readonly Sort[];
export const CARDS = ['touring', 'launch', 'municipal'] as const satisfies readonly CardName[];
export const KINDS = ['hall', 'club', 'theatre', 'bar', 'restaurant', 'hotel', 'cultural_centre', 'festival', 'campsite', 'town', 'outdoor', 'church', 'castle', 'library', 'school', 'company', 'private'] as const satisfies Filters['kinds'];
export const LEVELS = ['emerging', 'confirmed', 'headliner'] as const satisfies Filters['levels'];
export const SETTINGS = ['seated', 'standing', 'roaming'] as const satisfies Filters['settings'];
export const AUDIENCES = ['families', 'children', 'young', 'adults', 'seniors', 'tourists'] as const satisfies Filters['audiences'];
export const LYRICS = ['fr', 'en', 'nl', 'de', 'es', 'it', 'pt', 'br', 'oc', 'co', 'eu', 'ar', 'other', 'none'] as const satisfies Filters['lyrics'];

/** A search that asks nothing. */
export const noFilters: Filters = {
  genres: [], near: null, fee: { min: null, max: null, currency: 'EUR' }, capacity: { min: null, max: null }, days: null, lineUp: { min: null, max: null }, kinds: [], levels: [], settings: [],
  audiences: [], lyrics: [], family: false, outdoor: false, verified: false, ratingMin: 0, answerHoursMax: 0,
};
export const noQuery: Query = { seen: null, filters: noFilters, sort: 'score', card: null, variety: 0, all: false };
