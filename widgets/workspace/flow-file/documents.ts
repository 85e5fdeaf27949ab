import { html, nothing, type TemplateResult } from 'lit';
import { openDocument } from '../../core/own.ts';
import { button, outcome, success } from '../../parts/desk.ts';
import type { Desk, Invoice } from './model.ts';

/** A document to keep. */
export function document(fileId: string, label: string, { acts, site }: Desk): TemplateResult {
  const act = `file:${fileId}`;
  return html`${button(acts, site, { act, label, press: () => { void acts.run(act, () => openDocument(fileId)); } })}${outcome(acts, site, act)}<span class="sr">${success(acts, act, site.sayOwn('downloaded'))}</span>`;
}

/** An invoice or a credit note as it may be kept: printed, and as the files that a program reads, where there are any. */
export function formats({ fileId, xmlFileId, ublFileId }: Pick<Invoice, 'fileId' | 'xmlFileId' | 'ublFileId'>, desk: Desk): TemplateResult {
  const { sayOwn: say } = desk.site;
  return html`${document(fileId, say('pdf'), desk)}${xmlFileId ? document(xmlFileId, say('xml'), desk) : nothing}${ublFileId ? document(ublFileId, say('ubl'), desk) : nothing}`;
}
