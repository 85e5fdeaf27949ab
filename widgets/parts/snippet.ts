import { html, type TemplateResult } from 'lit';
import type { Site } from '../core/site.ts';
import { policyOf, ruleOf, snippetOf, type Chosen } from './snippets.ts';

/** Text to copy, with the button that does; it says so, and says when the browser does not let it. */
export function copyable(text: string, site: Site): TemplateResult {
  const { sayOwn: say } = site;
  const copy = async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLButtonElement;
    const told = button.parentElement?.querySelector('[role=status]');
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    if (told) told.textContent = say(done ? 'copied' : 'copyByHand');
  };
  return html`<pre><code>${text}</code></pre><p class="row"><button type="button" @click=${copy}>${say('copy')}</button><span role="status" class="small muted"></span></p>`;
}

/** For a page with a strict policy: what it has to let in, the lines to paste that say no style, and what then goes into the page's own sheet. `media` is the origin of pictures and sound. */
export const strict = (chosen: Chosen, media: string, site: Site): TemplateResult => html`<details class="strict"><summary>${site.sayOwn('policyTitle')}</summary><div class="stack small-gap paste">
  <p>${site.sayOwn('policyHow')}</p>${copyable(policyOf(site.server, media), site)}
  <p>${site.sayOwn('policyPaste')}</p>${copyable(snippetOf('script', { ...chosen, sheet: true }), site)}
  <p>${site.sayOwn('pasteSheet')}</p>${copyable(ruleOf(chosen), site)}</div></details>`;
