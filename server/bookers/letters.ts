import { GREETINGS, type Letter } from '../core/letters.ts';
import type { Locale } from '../core/locale.ts';

/** What became of a proposal. */
export type TermsNews = 'proposed' | 'agreed' | 'declined';

const words: Readonly<Record<Locale, Readonly<Record<TermsNews, readonly [subject: string, paragraph: string]>> & { readonly label: string; readonly why: string }>> = {
  fr: {
    proposed: ['{other} propose ce que le mandat rapporte', '{other} vous propose un taux de commission pour le mandat qui vous lie. Rien ne vaut avant votre accord ; ce qui est signé garde ce qui valait.'],
    agreed: ['{other} accepte votre proposition', 'Le taux de commission convenu vaut pour chaque contrat signé à partir de maintenant, tant que dure le mandat.'],
    declined: ['{other} refuse votre proposition', 'Le taux de commission ne change pas. Vous pouvez en proposer un autre.'],
    label: 'Voir le mandat', why: 'Ce message vous est envoyé parce qu’un mandat de {org} vous concerne.',
  },
  en: {
    proposed: ['{other} proposes what the mandate pays', '{other} proposes a rate of commission for the mandate between you. Nothing holds before you agree; what is signed keeps what held.'],
    agreed: ['{other} agrees to your proposal', 'The rate of commission holds for every contract signed from now on, while the mandate lives.'],
    declined: ['{other} declines your proposal', 'The rate of commission stays as it is. You can propose another.'],
    label: 'See the mandate', why: 'You receive this because a mandate of {org} concerns you.',
  },
  nl: {
    proposed: ['{other} stelt voor wat het mandaat opbrengt', '{other} stelt een commissietarief voor voor het mandaat tussen u beiden. Niets geldt vóór uw akkoord; wat ondertekend is, behoudt wat gold.'],
    agreed: ['{other} gaat akkoord met uw voorstel', 'Het commissietarief geldt voor elk contract dat vanaf nu wordt ondertekend, zolang het mandaat loopt.'],
    declined: ['{other} weigert uw voorstel', 'Het commissietarief verandert niet. U kunt een ander voorstellen.'],
    label: 'Het mandaat bekijken', why: 'U krijgt dit bericht omdat een mandaat van {org} u aangaat.',
  },
  de: {
    proposed: ['{other} schlägt vor, was das Mandat einbringt', '{other} schlägt einen Provisionssatz für das Mandat zwischen Ihnen vor. Nichts gilt vor Ihrer Zustimmung; was unterzeichnet ist, behält, was galt.'],
    agreed: ['{other} stimmt Ihrem Vorschlag zu', 'Der Provisionssatz gilt für jeden Vertrag, der ab jetzt unterzeichnet wird, solange das Mandat läuft.'],
    declined: ['{other} lehnt Ihren Vorschlag ab', 'Der Provisionssatz bleibt, wie er ist. Sie können einen anderen vorschlagen.'],
    label: 'Mandat ansehen', why: 'Sie erhalten diese Nachricht, weil ein Mandat von {org} Sie betrifft.',
  },
};

/** The letter that tells the other side of a mandate what was proposed or answered. */
export function termsLetter(locale: Locale, news: TermsNews, figures: { readonly org: string; readonly other: string }, url: string): Letter {
  const { [news]: [subject, paragraph], label, why } = words[locale];
  const filled = (text: string): string => text.replaceAll('{org}', figures.org).replaceAll('{other}', figures.other);
  return { locale, subject: filled(subject), greeting: GREETINGS[locale], paragraphs: [filled(paragraph)], act: { label, url }, why: filled(why) };
}
