/** Which text is accepted today. A new one is a new version, and is accepted anew. */
export const MANDATE_VERSION = 1;

/** Days, that of the invoice not counted, in which a producer may contest an invoice, as the text of the mandate says; the law leaves it to the parties (BOI-TVA-DECLA-30-20-10, read 2026-11-22). */
export const contestDays = 15;

const written = {
  shows: 'les factures, factures d’acompte et avoirs des cessions conclues sur la plateforme',
  commissions: 'les factures et avoirs des commissions qui lui reviennent sur les cessions conclues sur la plateforme par les artistes qu’il représente',
} as const;

/**
 * What a producer accepts for its shows, or a booker for its commissions: an invoicing mandate, written and given before the first invoice, by which its giver stays answerable for its invoices and its tax
 * and may contest what is written (CGI art. 289, I-2; BOI-TVA-DECLA-30-20-10; legal.md INV-02, read 2026-11-21). In French, as the papers are.
 */
export const mandateOf = (issuer: string, platform: string, what: 'shows' | 'commissions' = 'shows'): string[] => [
  `${issuer} (le mandant) donne mandat à ${platform} (le mandataire) d’établir et de transmettre, en son nom et pour son compte, ${written[what]} (CGI, art. 289, I-2).`,
  'Le mandant conserve l’entière responsabilité de ses obligations en matière de facturation et de TVA : il déclare et verse la taxe mentionnée sur ces factures et signale sans délai tout changement de sa situation (identité, numéro de TVA, régime).',
  'Chaque facture porte une numérotation propre au mandant, sans rupture, et la mention qu’elle est établie par le mandataire en son nom et pour son compte. Un double est mis à sa disposition dès l’émission.',
  'Le mandant dispose de quinze jours pour contester une facture ; elle est alors corrigée par un avoir. Le mandat vaut pour une durée indéterminée et prend fin sur simple demande écrite, pour les factures à venir.',
];
