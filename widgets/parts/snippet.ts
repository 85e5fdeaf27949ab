import { html, type TemplateResult } from 'lit';
import type { Site } from '../core/site.ts';

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
