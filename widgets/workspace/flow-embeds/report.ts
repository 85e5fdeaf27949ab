import { html, nothing, type TemplateResult } from 'lit';
import { instant } from '../../core/format.ts';
import type { Site } from '../../core/site.ts';
import { word } from '../../parts/desk.ts';
import { copyable } from '../../parts/snippet.ts';
import type { Report } from './model.ts';

const order = { bad: 0, warn: 1, good: 2 } as const;

/** What a page was found to be: what is in the way first, with what to write, word for word. */
export function report(found: Report, site: Site): TemplateResult {
  const { sayOwn: say, locale, timeZone } = site;
  if (found.outcome !== 'read') return html`<p class="notice bad">${say(`check_${found.outcome}`)}</p>`;
  const bad = found.findings.filter(({ state }) => state === 'bad').length;
  const warn = found.findings.some(({ state }) => state === 'warn');
  const figures = (of: Readonly<Record<string, string>>): Readonly<Record<string, string>> => (of['until'] ? { ...of, until: instant(of['until'], locale, timeZone) } : of);
  return html`
    <p class="notice ${bad ? 'bad' : warn ? 'warn' : 'good'}"><strong>${bad ? say('checkBad', { n: bad }) : say(warn ? 'checkWarn' : 'checkGood')}</strong></p>
    <p class="small muted">${say('check_read', { url: found.url })}</p>
    <ul class="found">${[...found.findings].sort((a, b) => order[a.state] - order[b.state]).map(({ what, state, figures: of }) => html`<li><span class="tag ${state}">${say(state === 'good' ? 'test_ok' : 'test_no')}</span><span>${word(say, `find_${what}`, figures(of))}</span></li>`)}</ul>
    ${found.lacks.filter(({ nonce }) => !nonce).map(({ now, line }) => html`<dl class="lack"><dt>${say('lackNow')}</dt><dd><code>${now}</code></dd><dt>${say('lackLine')}</dt><dd>${copyable(line, site)}</dd></dl>`)}
    ${found.amended ? html`<details><summary>${say('lackWhole')}</summary>${copyable(found.amended, site)}</details>` : nothing}`;
}
