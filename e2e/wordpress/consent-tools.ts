/* The consent tools of other people's sites, as far as a page hears of them: what each keeps, answers and sends, in the order of its own source or manual (read 2026-11-21). They run in the page. */

/** What a visitor decided on an earlier visit, by category: `allow` or `deny`. */
export type Kept = Readonly<Record<string, string>>;
/** What a page has of a tool once it runs: the two buttons of its banner. */
export interface Banner { acceptAll: () => void; denyAll: () => void }

declare global { interface Window { banner?: Banner; [name: string]: unknown } }

/** WP Consent API 1.0.8 with a banner that tells it, when the document is read: `wp_set_consent` tells of changes alone, in a list with names; without a kind of consent it says yes of everything. */
function wpConsentApi(kept: Kept): void {
  const cookies: Record<string, string> = { ...kept };
  window['wp_has_consent'] = (category: string) => {
    const kind = window['wp_consent_type'] as string | undefined;
    if (!kind || (kind.includes('optout') && !cookies[category])) return true;
    return cookies[category] === 'allow';
  };
  const set = (category: string, value: string): void => {
    const before = cookies[category];
    cookies[category] = value;
    if (before === value) return;
    document.dispatchEvent(new CustomEvent('wp_listen_for_consent_change', { detail: Object.assign([], { [category]: value }) }));
  };
  const all = ['functional', 'preferences', 'statistics', 'marketing'];
  window.banner = { acceptAll: () => { for (const one of all) set(one, 'allow'); }, denyAll: () => { for (const one of all) set(one, one === 'functional' ? 'allow' : 'deny'); } };
  document.addEventListener('DOMContentLoaded', () => {
    window['wp_consent_type'] = 'optin';
    document.dispatchEvent(new CustomEvent('wp_consent_type_defined'));
  });
}

/** Complianz 6 and 7 (`cookiebanner/js/complianz.js`): one event for each category, `functional` always allowed; a returning visitor is told of by `cmplz_enable_category` and `cmplz_fire_categories` alone. */
function complianz(kept: Kept): void {
  const cookies: Record<string, string> = { ...kept };
  const all = ['functional', 'preferences', 'statistics', 'marketing'];
  const has = (category: string): boolean => category === 'functional' || cookies[category] === 'allow';
  const accepted = () => all.filter(has);
  const enabled: string[] = [];
  const tell = (name: string, detail?: unknown): void => { document.dispatchEvent(new CustomEvent(name, { detail })); };
  const enable = (category: string): void => {
    if (enabled.includes(category)) return;
    enabled.push(category);
    tell('cmplz_enable_category', { category, service: 'do_not_match', categories: accepted(), services: {}, region: 'eu' });
  };
  const fire = () => { tell('cmplz_fire_categories', { category: accepted().at(-1), categories: accepted(), region: 'eu' }); };
  const set = (category: string, said: string): void => {
    const value = category === 'functional' ? 'allow' : said;
    if (cookies[category] === value) return;
    cookies[category] = value;
    if (value === 'allow') enable(category);
    tell('cmplz_status_change', { category, value, region: 'eu', categories: accepted() });
  };
  window.banner = { acceptAll: () => { for (const one of all) set(one, 'allow'); fire(); }, denyAll: () => { for (const one of all) set(one, 'deny'); fire(); tell('cmplz_revoke', false); } };
  document.addEventListener('DOMContentLoaded', () => {
    window['cmplz_has_consent'] = has;
    window['wp_consent_type'] = 'optin';
    tell('wp_consent_type_defined');
    for (const one of [...all].reverse()) if (has(one)) enable(one);
    fire();
  });
}

/** Cookiebot (its developers' page): `CookiebotOnAccept` on each page of a visitor who accepted anything at all, `CookiebotOnDecline` of one who refused; which categories is in `Cookiebot.consent`. */
function cookiebot(kept: Kept): void {
  const consent = { necessary: true, preferences: false, statistics: false, marketing: false };
  const own = { consent, consented: false, declined: false, hasResponse: false };
  const tell = (name: string): void => { window.dispatchEvent(new Event(name)); };
  const answer = (given: Partial<typeof consent>): void => {
    Object.assign(consent, given);
    own.hasResponse = true;
    own.consented = consent.preferences || consent.statistics || consent.marketing;
    own.declined = !own.consented;
    tell('CookiebotOnConsentReady');
    tell(own.consented ? 'CookiebotOnAccept' : 'CookiebotOnDecline');
  };
  window.banner = { acceptAll: () => { answer({ preferences: true, statistics: true, marketing: true }); }, denyAll: () => { answer({ preferences: true, statistics: true, marketing: false }); } };
  document.addEventListener('DOMContentLoaded', () => setTimeout(() => {
    window['Cookiebot'] = own;
    if (Object.keys(kept).length > 0) answer(Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, value === 'allow'])));
  }, 50));
}

/** Borlabs Cookie 3: a module, there some time after the page; `borlabs-cookie-after-init` on each page, `borlabs-cookie-consent-saved` after any answer. */
function borlabs(kept: Kept): void {
  const groups: Record<string, string> = { essential: 'allow', ...kept };
  const tell = (name: string): void => { document.dispatchEvent(new CustomEvent(name, { bubbles: true })); };
  const save = (value: string): void => {
    tell('borlabs-cookie-consent-saved');
    groups['statistics'] = 'allow';
    groups['marketing'] = value;
  };
  window.banner = { acceptAll: () => { save('allow'); }, denyAll: () => { save('deny'); } };
  document.addEventListener('DOMContentLoaded', () => setTimeout(() => {
    window['BorlabsCookie'] = { Consents: { hasConsent: () => false, hasConsentForServiceGroup: (group: string) => groups[group] === 'allow' } };
    tell('borlabs-cookie-after-init');
  }, 50));
}

/** CookieYes (its manual of `getCkyConsent` and of its two events): accepted and rejected categories in the event, `advertisement` for marketing. */
function cookieYes(kept: Kept): void {
  const categories: Record<string, boolean> = { necessary: true, functional: false, analytics: false, performance: false, advertisement: kept['marketing'] === 'allow' };
  let answered = Object.keys(kept).length > 0;
  const named = (wanted: boolean) => Object.keys(categories).filter((name) => categories[name] === wanted);
  const save = (advertisement: boolean): void => {
    Object.assign(categories, { analytics: true, advertisement });
    answered = true;
    document.dispatchEvent(new CustomEvent('cookieyes_consent_update', { detail: { accepted: named(true), rejected: named(false) } }));
  };
  window.banner = { acceptAll: () => { save(true); }, denyAll: () => { save(false); } };
  document.addEventListener('DOMContentLoaded', () => setTimeout(() => {
    window['getCkyConsent'] = () => ({ activeLaw: 'gdpr', categories, isUserActionCompleted: answered });
    document.dispatchEvent(new CustomEvent('cookieyes_banner_load', { detail: { categories, isUserActionCompleted: answered } }));
  }, 50));
}

/** Each tool: the event that a site names of it, its word for the category, and what it is in a page. */
export const consentTools: readonly (readonly [name: string, event: string, category: string, tool: (kept: Kept) => void])[] = [
  ['the WP Consent API', 'wp_listen_for_consent_change', 'marketing', wpConsentApi],
  ['Complianz', 'cmplz_status_change', 'marketing', complianz],
  ['Cookiebot', 'CookiebotOnAccept', 'marketing', cookiebot],
  ['Borlabs Cookie', 'borlabs-cookie-consent-saved', 'marketing', borlabs],
  ['CookieYes', 'cookieyes_consent_update', 'advertisement', cookieYes],
];
