import { filled, GREETINGS, longDay, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';
import type { Day } from '../core/time.ts';

/** A stop of a tour that fell, as its planner reads of it. */
export interface Fell { readonly plan: string; readonly artist: string; readonly place: string; readonly day: Day; readonly why: 'declined' | 'lapsed' }

interface Words { readonly subject: (place: string) => string; readonly declined: string; readonly lapsed: string; readonly next: string; readonly label: string; readonly why: (plan: string) => string }

const words: Readonly<Record<Locale, Words>> = {
  fr: {
    subject: (place) => `Une étape de tournée est tombée : ${place}`, declined: '{artist} ne jouera pas à {place} le {day} : la proposition a été refusée.', lapsed: 'L’option de {artist} à {place} le {day} a pris fin sans réponse, ou a été rendue.',
    next: 'Les autres options tiennent. Replanifiez autour d’elles : rien de ce qui est tenu ou épinglé ne bougera.', label: 'Replanifier la tournée', why: (plan) => `Vous recevez ce message parce que vous préparez la tournée « ${plan} ».`,
  },
  en: {
    subject: (place) => `A stop of a tour fell: ${place}`, declined: '{artist} will not play at {place} on {day}: the proposal was declined.', lapsed: 'The hold of {artist} at {place} on {day} ended without an answer, or was given back.',
    next: 'The other holds stand. Plan anew around them: nothing that is held or pinned will move.', label: 'Plan the tour anew', why: (plan) => `You receive this message because you plan the tour “${plan}”.`,
  },
  nl: {
    subject: (place) => `Een halte van een tournee viel weg: ${place}`, declined: '{artist} speelt niet in {place} op {day}: het voorstel is geweigerd.', lapsed: 'De optie van {artist} in {place} op {day} is zonder antwoord verlopen, of teruggegeven.',
    next: 'De andere opties blijven staan. Plan er opnieuw omheen: niets wat in optie of vastgezet is, verschuift.', label: 'De tournee opnieuw plannen', why: (plan) => `U ontvangt dit bericht omdat u de tournee ‘${plan}’ plant.`,
  },
  de: {
    subject: (place) => `Eine Station einer Tournee fällt aus: ${place}`, declined: '{artist} spielt am {day} nicht in {place}: Der Vorschlag wurde abgelehnt.', lapsed: 'Die Option von {artist} in {place} am {day} ist ohne Antwort verfallen oder wurde zurückgegeben.',
    next: 'Die anderen Optionen bestehen. Planen Sie um sie herum neu: Nichts, was optioniert oder angeheftet ist, wird verschoben.', label: 'Die Tournee neu planen', why: (plan) => `Sie erhalten diese Nachricht, weil Sie die Tournee „${plan}“ planen.`,
  },
};

/** The letter to whoever plans a tour, when one of its stops fell: what, why, and how to go on. `url` leads to the plan. */
export function fellLetter(locale: Locale, { plan, artist, place, day, why }: Fell, url: string): Letter {
  const said = words[locale];
  const about = filled(said[why], { artist, place, day: longDay(locale, day) });
  return { locale, subject: said.subject(place), greeting: GREETINGS[locale], paragraphs: [about, said.next], act: { label: said.label, url }, why: said.why(plan) };
}
