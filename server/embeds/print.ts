import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { TemplateResult } from 'lit';

/** A template as HTML. Lit's own marks are left out: nothing hydrates these nodes, a widget that loads puts its own in their place. */
export const print = (content: TemplateResult): string => collectResultSync(render(content))
  .replaceAll(/<!--\/?lit-(?:part|node)[^>]*-->/g, '')
  // Lit has no child of a text area: its text travels as an attribute, where the same signs are escaped.
  .replaceAll(/<textarea([^>]*) data-text="([^"]*)"/g, '<textarea$1>\n$2\u0000').replaceAll('\u0000>', '')
  .replaceAll(/>\s*\n\s*</g, '> <');

/** Text as it may stand in an attribute, or between two tags. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** JSON as it may stand in a script element: nothing in it ends the element. */
export const scripted = (data: unknown): string => JSON.stringify(data).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
