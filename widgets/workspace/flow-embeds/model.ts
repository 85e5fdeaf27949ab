import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../../../server/app-router.ts';
import { contrast, parse } from '../../core/colour.ts';
import type { Theme } from '../../core/site.ts';
import type { Chosen } from '../../parts/snippets.ts';

type Out = inferRouterOutputs<AppRouter>;
export type Entry = Out['partners']['sites'][number];
export type Report = Out['partners']['check'];
export type Views = Out['analytics']['views'];
export type Sums = Views['days'][number];

/** The widgets, in the order in which they are chosen from. */
export const TAGS = ['flow-epk', 'flow-availability', 'flow-booking-request', 'flow-programme', 'flow-tour-map', 'flow-contract-status'] as const;
export type Tag = (typeof TAGS)[number];

/** How the partner's page looks; a font may be left out. */
export interface Look { readonly ground: string; readonly ink: string; readonly accent: string; readonly font: string }

/** What a partner chose on this page. */
export interface Choice {
  readonly tag: Tag;
  readonly given: Readonly<Record<string, string | true>>;
  readonly lang: string;
  readonly theme: Theme;
  readonly look: Look;
  /** Whether a colour or a font was touched: else the page's own rule, and the snippet says none. */
  readonly coloured: boolean;
}

/** The choice as a snippet's. Colours of our own themes are not the page's to say. */
export const chosenOf = ({ tag, given, lang, theme, look, coloured }: Choice, { server, key, words }: { server: string; key: string; words: string }): Chosen => ({
  server, key, tag, attributes: given, lang, theme, words,
  ...(coloured && theme === 'host' && { look: { accent: look.accent, ...(look.font && { font: look.font }) }, around: { ground: look.ground, ink: look.ink } }),
});

/** An attribute of an element, as the manifest says it. */
export interface Attribute { readonly name: string; readonly kind: 'flag' | 'number' | 'text' | 'choice'; readonly choices: readonly string[]; readonly description: string }

/** The custom elements manifest, as far as this page reads it. */
export interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly { readonly tagName?: string; readonly attributes?: readonly { readonly name: string; readonly description?: string; readonly type?: { readonly text: string } }[] }[] }[];
}

/** What an element may be told, in the manifest's order. The key is this page's to say. */
export function attributesOf(manifest: Manifest, tag: string): Attribute[] {
  const declared = manifest.modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === tag)?.attributes ?? [];
  return declared.filter(({ name }) => name !== 'key').map(({ name, description = '', type }) => {
    const choices = [...(type?.text ?? '').matchAll(/'([^']*)'/g)].map(([, word = '']) => word).filter(Boolean);
    return { name, description: description.replaceAll(/\s+/g, ' '), choices, kind: choices.length > 0 ? 'choice' : type?.text === 'boolean' ? 'flag' : type?.text === 'number' ? 'number' : 'text' };
  });
}

/** The contrast of text and of the accent with the ground: 1 to 21. */
export function contrastsOf({ ground, ink, accent }: Look): { readonly text: number; readonly accent: number } {
  const [under, text, shine] = [ground, ink, accent].map(parse);
  return { text: under && text ? contrast(text, under) : 1, accent: under && shine ? contrast(shine, under) : 1 };
}

/** Days put together by the week where there are more than sixty of them; each is named by its first day. */
export function barsOf(days: readonly Sums[]): { readonly weekly: boolean; readonly bars: readonly Sums[] } {
  if (days.length <= 60) return { weekly: false, bars: days };
  const bars: Sums[] = [];
  // The last week is whole; what is over stands at the beginning.
  const first = days.length % 7;
  for (let at = first === 0 ? 0 : first - 7; at < days.length; at += 7) {
    const week = days.slice(Math.max(0, at), at + 7);
    const sum = (of: 'views' | 'requests' | 'conversions' | 'errors'): number => week.reduce((total, day) => total + day[of], 0);
    bars.push({ key: week[0]?.key ?? '', views: sum('views'), requests: sum('requests'), conversions: sum('conversions'), errors: sum('errors') });
  }
  return { weekly: true, bars };
}

/** A day that lies `days` after another, or before it. */
export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
