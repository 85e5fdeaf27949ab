import { createContext } from '@lit/context';
import type { TRPCClient } from '@trpc/client';
import type { AnyRouter } from '@trpc/server';
import type { FlowStage } from './flow-stage.ts';
import { connect, type Api, type Door } from './api.ts';
import { localeOf, speech, type Locale } from './messages.ts';
import type { OwnKey, PublicKey, Say } from './words.ts';

/** `host` takes the page's own colours; `auto` is light or dark as the reader's device says. */
export type Theme = 'host' | 'auto' | 'light' | 'dark' | 'contrast';

/** What the script tag, or a `<flow-site>`, says about the page. */
export interface Settings {
  /** The origin that we are served from. */
  readonly server: string;
  /** The partner's publishable key, `pk_…`; empty on our own origin. */
  readonly key: string;
  readonly lang: string;
  /** The reader's; the device's own where it is none. */
  readonly timeZone: string;
  readonly theme: Theme;
  /** Whether views and faults of widgets may be counted: yes, unless the page says `data-consent="no"`. */
  readonly consent: boolean;
  /** The nonce of the script tag, for the one library that writes a `<style>`. */
  readonly nonce: string;
}

/** What a widget knows of the page it stands on. */
export interface Site extends Omit<Settings, 'lang'> {
  readonly locale: Locale;
  readonly api: Api;
  /** A client for subscriptions, loaded on first use. */
  readonly live: <R extends AnyRouter>(door: Door, key?: string) => Promise<TRPCClient<R>>;
  readonly say: Say;
  /** The same, with the words of our own pages; on a partner's page those are not there. */
  readonly sayOwn: Say<PublicKey | OwnKey>;
  /** Whether this is our own origin, where somebody may be signed in and there is no key. */
  readonly session: boolean;
}

/** The one context. `<flow-site>` provides it; without one, a widget stands on `pageSite()`. */
export const siteContext = createContext<Site>(Symbol.for('flow-stage.site'));

/** A site is made once its messages are there, so that widgets speak at once. */
export async function makeSite({ lang, ...settings }: Settings): Promise<Site> {
  const { server, key } = settings;
  const locale = localeOf(lang);
  const session = isOwnPage() && !key;
  const say = await speech(locale, session);
  return {
    ...settings, timeZone: zoneOf(settings.timeZone), locale, say, sayOwn: say, session, api: connect(server, key),
    live: async (door, own) => (await import('./live.ts')).stream(server, door, own || key) as never,
  };
}

/** Whether this is one of our own pages, with words and widgets for people who are signed in: those load no script that partners paste. */
export const isOwnPage = (): boolean => !(window as { FlowStage?: FlowStage }).FlowStage;

function zoneOf(timeZone?: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return zoneOf();
  }
}

let page: Promise<void> | undefined;
let site: Site;

/** Makes the page's own site, once. `define` waits for it. */
export const openPage = (): Promise<void> => (page ??= makeSite(pageSettings()).then((made) => { site = made; }));

/** The page's own site. Only after `openPage`. */
export const pageSite = (): Site => site;

/** The settings of the script tag: `data-key` or `?key=`, `data-lang` or the page's own language, `data-theme`, `data-time-zone`, `data-consent`. Our own pages say theirs on `<html>`. */
export function pageSettings(): Settings {
  const script = (window as { FlowStage?: FlowStage }).FlowStage?.script;
  const { key, lang, theme, timeZone, consent } = script?.dataset ?? {};
  const url = new URL(script?.src ?? location.href);
  return {
    server: url.origin,
    key: key ?? (script ? url.searchParams.get('key') : null) ?? '',
    lang: lang ?? document.documentElement.lang,
    timeZone: timeZone ?? '',
    theme: (theme ?? (script ? 'host' : document.documentElement.dataset['theme'] ?? 'auto')) as Theme,
    consent: consent !== 'no',
    nonce: script?.nonce ?? '',
  };
}
