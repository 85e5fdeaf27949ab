/* Writes the script tag once a visitor agreed: as the site's consent tool says, or by a click on the button in a widget's place. */
(() => {
  const own = document.currentScript;
  const { src, key, theme, lang, event: named, flowCategory: category = 'marketing' } = own.dataset;
  const load = (counted) => {
    if (document.getElementById('flow-stage-js')) return;
    const script = document.createElement('script');
    Object.assign(script, { id: 'flow-stage-js', async: true, nonce: own.nonce });
    Object.assign(script.dataset, { key, ...(theme && { theme }), ...(lang && { lang }), consent: counted ? '' : 'no' });
    script.src = src;
    document.head.append(script);
    document.querySelectorAll('.flow-stage-ask').forEach((button) => button.parentElement.remove());
  };
  if (!named) {
    // Without scripts the button could do nothing: it shows itself only now.
    const show = () => document.querySelectorAll('.flow-stage-wait[hidden]').forEach((place) => { place.hidden = false; });
    show();
    document.addEventListener('DOMContentLoaded', show);
    document.addEventListener('click', ({ target }) => { if (target instanceof Element && target.closest('.flow-stage-ask')) load(false); });
    return;
  }
  // What each tool answers about the category: yes, no, or nothing while it is not there or does not know yet.
  const tools = [
    () => {
      // Until a tool named the kind of consent, the WP Consent API says yes of everything, and Complianz may still learn the visitor's country.
      const kind = window.wp_consent_type || (/optin/.test(window.wp_fallback_consent_type) ? 'optin' : '');
      return kind && typeof window.wp_has_consent === 'function' ? window.wp_has_consent(category) : undefined;
    },
    () => (window.wp_consent_type && typeof window.cmplz_has_consent === 'function' ? window.cmplz_has_consent(category) : undefined),
    () => (window.Cookiebot && window.Cookiebot.consent ? window.Cookiebot.consent[category] : undefined),
    () => {
      const said = typeof window.getCkyConsent === 'function' ? window.getCkyConsent() : undefined;
      return said && said.isUserActionCompleted && said.categories ? said.categories[category] : undefined;
    },
    () => {
      const { BorlabsCookie } = window;
      if (!BorlabsCookie) return undefined;
      const { Consents } = BorlabsCookie;
      if (Consents && typeof Consents.hasConsentForServiceGroup === 'function') return Consents.hasConsentForServiceGroup(category);
      return typeof BorlabsCookie.checkCookieGroupConsent === 'function' ? BorlabsCookie.checkCookieGroupConsent(category) : undefined;
    },
  ];
  /** Whether the tools of this page agree; nothing when none of them answers. Where two do, both must. */
  const decided = () => {
    const answers = tools.map((ask) => { try { return ask(); } catch { return undefined; } }).filter((answer) => answer !== undefined && answer !== null);
    return answers.length ? answers.every((answer) => answer === true) : undefined;
  };
  /** Whether what an event carries is a yes to the category. */
  const says = ({ type, detail }) => {
    if (!detail || typeof detail !== 'object') return false;
    if (detail[category] === 'allow') return true;
    if (detail.category === category) return detail.value === 'allow' || type === 'cmplz_enable_category';
    return Array.isArray(detail.accepted) && detail.accepted.includes(category);
  };
  // These names are sent after a refusal too, or before anybody was asked: alone they mean nothing.
  const known = ['wp_listen_for_consent_change', 'wp_consent_type_defined', 'cmplz_enable_category', 'cmplz_fire_categories', 'cmplz_status_change',
    'CookiebotOnConsentReady', 'CookiebotOnAccept', 'borlabs-cookie-after-init', 'borlabs-cookie-consent-saved', 'cookieyes_banner_load', 'cookieyes_consent_update'];
  const ask = () => { if (decided()) load(true); };
  const heard = (event) => {
    const answer = decided();
    const bare = event.detail === null || event.detail === undefined;
    if (answer ?? (says(event) || (bare && !known.includes(event.type)))) { load(true); return; }
    // Some tools tell first, and write down what was decided after.
    setTimeout(ask);
  };
  // Tools tell the document or the window; what bubbles is heard twice and loads once.
  for (const name of new Set([named, ...known])) for (const place of [document, window]) place.addEventListener(name, heard);
  // Who agreed on an earlier visit is told of by no change.
  ask();
  document.addEventListener('DOMContentLoaded', ask);
  window.addEventListener('load', ask);
})();
