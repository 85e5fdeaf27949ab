import { actAs } from '../widgets/core/api.ts';
import { LOCALES, localeOf, type Locale } from '../widgets/core/messages.ts';
import { NAMES, remembered } from '../widgets/core/own.ts';
import { openPage, pageSite } from '../widgets/core/site.ts';
import { define } from '../widgets/registry.ts';
import type { AppRouter } from '../server/app-router.ts';
import type { OwnKey } from '../widgets/core/words.ts';

/* What every page of our own origin begins with. */

/** What each language calls itself. */
const languages: Readonly<Record<Locale, string>> = { fr: 'Français', en: 'English', nl: 'Nederlands', de: 'Deutsch' };

/** Opens a page: its language, its title, and the choice of another language below. The language that the reader chose, else the first of their browser's that we speak, else French. */
export async function open(title: OwnKey): Promise<void> {
  const chosen = remembered.read(NAMES.language);
  const wanted = navigator.languages.find((one) => one.slice(0, 2).toLowerCase() === localeOf(one));
  document.documentElement.lang = localeOf(chosen || (wanted ?? ''));
  await openPage();
  const { sayOwn: say, locale } = pageSite();
  document.title = `${say(title)} · Flow Stage`;
  const footer = document.createElement('footer');
  footer.className = 'languages';
  footer.append(...LOCALES.map((one) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', lang: one, textContent: languages[one] });
    button.setAttribute('aria-pressed', String(one === locale));
    button.addEventListener('click', () => { remembered.write(NAMES.language, one); location.reload(); });
    return button;
  }));
  document.body.append(footer);
}

/** Opens a signed-in page: what is inside waits until it is known who acts. */
export async function openWorkspace(title: OwnKey, ...tags: readonly string[]): Promise<void> {
  await open(title);
  actAs({ org: remembered.read(NAMES.organisation) });
  await define('flow-workspace');
  const workspace = document.querySelector('flow-workspace');
  const me = await workspace?.opened;
  await Promise.all(tags.map(define));
  if (me?.development) await showClock();
}

/** In development, the trade's clock stands at the foot of every page. What is on the page is read again when it is moved. */
export async function showClock(): Promise<void> {
  await define('flow-clock');
  document.body.append(document.createElement('flow-clock'));
  document.addEventListener('flow-clock-moved', () => { setTimeout(() => { location.reload(); }, 400); });
}

/** Whether this is development: then there is a mailbox, and a clock. */
export const inDevelopment = async (): Promise<boolean> =>
  pageSite().api<AppRouter>('/trpc').identity.me.query().then(({ development }) => development, () => false);

/** A word of the address. */
export const parameter = (name: string): string => new URLSearchParams(location.search).get(name) ?? '';
