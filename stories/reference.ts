import { html, nothing, type TemplateResult } from 'lit';
import { manifest, type Row } from 'virtual:custom-elements';
import react from '../demo-sites/frameworks/react/booking.jsx?raw';
import plain from '../demo-sites/frameworks/plain/main.js?raw';
import svelte from '../demo-sites/frameworks/svelte/Booking.svelte?raw';
import vue from '../demo-sites/frameworks/vue/Booking.vue?raw';
import type { Api } from '../widgets/core/api.ts';

/* The reference of each public element, as its manifest says it, and a live one to try its attributes on. */

const declared = (tag: string) => manifest.modules.find(({ path }) => path === `${tag}.js`)?.declarations[0];
const words = (text = ''): readonly unknown[] => text.split('`').map((part, i) => (i % 2 ? html`<code>${part}</code>` : part));

const table = (title: string, rows: readonly Row[], mark: (name: string) => string): TemplateResult | typeof nothing => (rows.length ? html`
  <section><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label=${title}><table>
    <thead><tr><th scope="col">Name</th><th scope="col">What it is</th><th scope="col">Type</th></tr></thead>
    <tbody>${rows.map(({ name, description, type }) => html`<tr><th scope="row"><code>${mark(name)}</code></th><td>${words(description)}</td><td>${type ? html`<code>${type.text}</code>` : nothing}</td></tr>`)}</tbody>
  </table></div></section>` : nothing);

const source = (title: string, code: string): TemplateResult => html`<details><summary>${title}</summary><pre tabindex="0"><code>${code.trim()}</code></pre></details>`;

/** Everything that a page may set, hear and dress of one element. */
export function reference(tag: string): TemplateResult {
  const one = declared(tag);
  if (!one) throw new Error(`There is no public <${tag}>.`);
  return html`<style>
      .reference { font: 15px/1.5 system-ui, sans-serif; max-width: 60em; color: #1d1b18; background: #fff } .reference h1 { font-size: 1.6em } .reference h2 { font-size: 1.15em; margin: 1.6em 0 .4em }
      .reference table { border-collapse: collapse; width: 100% } .reference :is(th, td) { text-align: start; vertical-align: top; padding: .4em .8em .4em 0; border-bottom: 1px solid #dcd7cc; font-weight: 400 }
      .reference thead th { font-weight: 600 } .reference .scroll, .reference pre { overflow-x: auto } .reference pre { background: #f5f3ee; padding: 12px } .reference summary { padding: .4em 0 }
    </style>
    <article class="reference" lang="en">
      <h1><code>&lt;${tag}&gt;</code></h1><p>${words(one.description)}</p>
      ${table('Attributes', one.attributes, (name) => name)}
      ${table('Methods', one.members.filter(({ kind }) => kind === 'method'), (name) => `${name}()`)}
      ${table('Events', one.events, (name) => name)}
      ${table('Parts', one.cssParts, (name) => `::part(${name})`)}
      ${table('Custom properties', one.cssProperties, (name) => name)}
      ${table('Inside it', one.slots, (name) => name || 'anything')}
      <section><h2>In your code</h2>${source('HTML and JavaScript', plain)}${source('React 19', react)}${source('Vue 3', vue)}${source('Svelte 5', svelte)}</section>
    </article>`;
}

/** The element with the attributes that the controls say. */
export function live(tag: string, args: Readonly<Record<string, unknown>>, api: Api): TemplateResult {
  const element = document.createElement(tag);
  for (const { name } of declared(tag)?.attributes ?? []) {
    const value = args[name];
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'number' || (typeof value === 'string' && value)) element.setAttribute(name, String(value));
  }
  return html`${Object.assign(element, { api })}`;
}
