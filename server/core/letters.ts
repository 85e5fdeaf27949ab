import type { Locale } from './locale.ts';
import { fromDay, type Day } from './time.ts';

/** What a mail says: one subject, one act. */
export interface Letter {
  readonly locale: Locale;
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly act?: { readonly label: string; readonly url: string };
  /** A code to copy, set large. */
  readonly code?: string;
  /** Who writes and why, and how to stop. */
  readonly why: string;
}

/** A phrase with its `{…}` filled in; a figure stands as it is, whatever signs it has. */
export const filled = (phrase: string, figures: Readonly<Record<string, string | number | undefined>>): string => phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(figures[name] ?? ''));

/** A day as a letter writes it: `jeudi 6 mai 2027`. */
export const longDay = (locale: Locale, day: Day): string => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(fromDay(day));

/** A mail that signing in needs; the letter alone carries its link. */
export interface AuthMail {
  readonly kind: 'magic' | 'verify' | 'reset' | 'known';
  readonly email: string;
  readonly locale: Locale;
  /** A page of ours that shows a button; nothing happens before somebody presses it. */
  readonly url: string;
}

/** How a letter begins to whom we do not know by name. */
export const GREETINGS: Readonly<Record<Locale, string>> = { fr: 'Bonjour,', en: 'Hello,', nl: 'Goedendag,', de: 'Guten Tag,' };

const typed: Readonly<Record<Locale, string>> = {
  fr: 'Saisissez ce code dans la page où vous l’avez demandé. Il est valable dix minutes, une seule fois.',
  en: 'Type this code in the page where you asked for it. It works once, for ten minutes.',
  nl: 'Voer deze code in op de pagina waar u hem hebt gevraagd. Hij is tien minuten geldig en werkt één keer.',
  de: 'Geben Sie diesen Code auf der Seite ein, auf der Sie ihn angefordert haben. Er gilt zehn Minuten und nur einmal.',
};

/** The letter with a code that is typed where it was asked for. `warning` says what it lets one do. */
export const typedCodeLetter = (locale: Locale, code: string, { subject, warning, why }: { readonly subject: string; readonly warning: string; readonly why: string }): Letter =>
  ({ locale, code, subject, greeting: GREETINGS[locale], paragraphs: [typed[locale], warning], why });

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The letter as plain text. */
export const plain = ({ locale, greeting, paragraphs, act, code, why }: Letter): string =>
  [greeting, ...paragraphs, ...(code ? [code] : []), ...(act ? [`${act.label}${locale === 'fr' ? ' :' : ':'}\n${act.url}`] : []), `--\n${why}`].join('\n\n');

/** The letter as HTML that reads well with images off, in the dark and on a phone. */
export function page({ locale, subject, greeting, paragraphs, act, code, why }: Letter): string {
  const p = (text: string) => `<p style="margin:0 0 16px">${escape(text)}</p>`;
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:560px;margin:0 auto">
<h1 style="font-size:20px;line-height:1.2;margin:0 0 20px">${escape(subject)}</h1>
${p(greeting)}${paragraphs.map(p).join('')}${code ? `<p style="margin:0 0 16px;font:600 32px/1.2 ui-monospace,monospace;letter-spacing:.15em">${escape(code)}</p>` : ''}
${act ? `<p style="margin:24px 0"><a href="${escape(act.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1d3f72;color:#fff;text-decoration:none">${escape(act.label)}</a></p>` : ''}
<hr style="border:0;border-top:1px solid #8886;margin:24px 0"><p style="font-size:13px;opacity:.75;margin:0">${escape(why)}</p></div></body></html>`;
}
