/* backend/press-kit.web.js: what the platform's server draws of a widget, for search engines. It runs on the site's server. */
import { Permissions, webMethod } from 'wix-web-module';
import { fetch } from 'wix-fetch';

/** The platform and your publishable key: a name, not a secret. */
const server = 'https://HOST';
const key = 'pk_…';

const nothing = { text: '', data: null };

/** The words of a widget as plain HTML, and its schema.org data; empty when the platform does not answer. */
export const drawnFor = webMethod(Permissions.Anyone, async (tag, artist, lang = 'fr') => {
  try {
    const answer = await fetch(`${server}/v1/render/${tag}?${new URLSearchParams({ key, artist, lang })}`, { method: 'get' });
    return answer.ok ? read(await answer.text()) : nothing;
  } catch {
    return nothing;
  }
});

/** The parts of a drawn widget that a search engine reads: no script, no style, no frame. */
export function read(html) {
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1];
  const inside = /<template shadowrootmode="open">(.*)<\/template>/s.exec(html)?.[1] ?? '';
  const text = inside.replace(/<(script|style|svg|form|template)\b.*?<\/\1>/gs, '').replace(/<(?!\/?(?:h[1-6]|p|ul|ol|li|a|time|section|article|blockquote)\b)[^>]*>/g, '').replace(/\s(?!href=|datetime=)[\w-]+=(?:"[^"]*"|'[^']*')/g, '');
  return { text: text.trim(), data: json ? JSON.parse(json) : null };
}
