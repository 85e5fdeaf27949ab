import type { Locale } from '../core/messages.ts';

/** A town after `of` or `near`, whose French `de` draws its article in: `d’Annecy`, `du Mans`, `des Sables-d’Olonne`; elsewhere its name alone. */
export function ofTown(town: string, locale: Locale): string {
  if (locale !== 'fr') return town;
  if (/^Les? /.test(town)) return town.replace(/^Le /, 'du ').replace(/^Les /, 'des ');
  return /^[AEIOUYÉÈÊÎÔŒ]/.test(town) ? `d’${town}` : `de ${town}`;
}
