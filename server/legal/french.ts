import type { Bps, Money } from '../core/money.ts';
import { fromDay, type Day } from '../core/time.ts';

const weekdays = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const signs = { EUR: '€', CHF: 'CHF' } as const;

/** A day as French papers write it: `1er août 2027`. */
export function frenchDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date === 1 ? '1er' : date} ${months[month - 1]} ${year}`;
}

/** The same with its day of the week: `dimanche 1er août 2027`. */
export const frenchWeekday = (day: Day): string => `${weekdays[fromDay(day).getUTCDay()]} ${frenchDay(day)}`;

/** An hour of the day, `20:30`, as `20 h 30`; `20:00` is `20 h`. */
export function frenchHour(hour: string): string {
  const [hours = '0', minutes = '00'] = hour.split(':');
  return `${Number(hours)} h${minutes === '00' ? '' : ` ${minutes}`}`;
}

/** An amount as `1 266,00 €`. */
export function frenchMoney({ minor, currency }: Money): string {
  const cents = minor < 0n ? -minor : minor;
  const whole = (cents / 100n).toString().replace(/\B(?=(\d{3})+$)/gu, ' ');
  return `${minor < 0n ? '−' : ''}${whole},${(cents % 100n).toString().padStart(2, '0')} ${signs[currency]}`;
}

/** A rate as `5,5 %`. */
export function frenchRate(bps: Bps): string {
  const fraction = (bps % 100n).toString().padStart(2, '0').replace(/0+$/u, '');
  return `${bps / 100n}${fraction === '' ? '' : `,${fraction}`} %`;
}

/** A SIRET in groups that do not break: `123 456 789 00012`. */
export const frenchSiret = (siret: string): string => siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/u, '$1\u00a0$2\u00a0$3\u00a0$4');

/** The RIB that a French IBAN holds (ISO 13616, registre IBAN : 27 signes), as a public accountant types it; empty for another country's. `iban` is without spaces. */
export function frenchRib(iban: string): string {
  const [, bank, branch, account, key] = /^FR\d{2}(\d{5})(\d{5})([0-9A-Z]{11})(\d{2})$/u.exec(iban) ?? [];
  return bank ? `banque ${bank}, guichet ${branch ?? ''}, compte ${account ?? ''}, clé ${key ?? ''}` : '';
}
