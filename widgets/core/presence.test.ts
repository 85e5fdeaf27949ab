import { assert } from '@open-wc/testing';
import { waitUntil } from './patience.ts';
import { LitElement, html } from 'lit';
import { contrast, parse, type Colour } from './colour.ts';
import { Presence } from './presence.ts';
import type { Site } from './site.ts';
import { theme } from './theme.ts';

const site = { theme: 'host', locale: 'fr', session: false, consent: false, say: (key: string) => key } as unknown as Site;

class FlowTried extends LitElement {
  static override styles = theme;
  readonly site = site;
  readonly presence = new Presence(this, () => undefined);
  override render() {
    return this.presence.stand(html`<p class="muted">words</p><p class="act" style="color:var(--accent)">act</p>`);
  }
}
customElements.define('flow-tried', FlowTried);

const shownAs = (element: Element, selector: string): Colour => parse(getComputedStyle(element.shadowRoot!.querySelector(selector)!).color) ?? assert.fail(`${selector} has a colour`);

it('a page that turns dark by a class of its root, and fades over, finds its guests readable (EM-04)', async () => {
  const sheet = document.createElement('style');
  sheet.textContent = 'body { background: #fff; color: #111; transition: background-color .3s, color .3s } .dark body { background: #101a38; color: #f5ecd9 }';
  document.head.append(sheet);
  const guest = new FlowTried();
  document.body.append(guest);
  await guest.updateComplete;
  const readable = (ground: Colour): boolean => ['.muted', '.act'].every((one) => contrast(shownAs(guest, one), ground) >= 4.5);
  assert.isTrue(readable([255, 255, 255, 1]), 'by day');
  document.documentElement.classList.add('dark');
  await waitUntil(() => readable([16, 26, 56, 1]), 'by night', { timeout: 3_000 });
  document.documentElement.classList.remove('dark');
  await waitUntil(() => readable([255, 255, 255, 1]), 'by day again', { timeout: 3_000 });
  guest.remove();
  sheet.remove();
});

it('a host’s ways with text stay outside (EM-04)', async () => {
  const page = document.createElement('div');
  page.style.cssText = '-webkit-text-fill-color: #333; -webkit-text-stroke: 2px red; font-variant: small-caps; word-break: break-all; text-align-last: justify';
  const guest = new FlowTried();
  page.append(guest);
  document.body.append(page);
  await guest.updateComplete;
  const act = getComputedStyle(guest.shadowRoot!.querySelector('.act')!);
  assert.equal(act.webkitTextFillColor, act.color);
  assert.deepEqual([act.webkitTextStrokeWidth, act.fontVariantCaps, act.wordBreak, act.textAlignLast], ['0px', 'normal', 'normal', 'auto']);
  page.remove();
});
