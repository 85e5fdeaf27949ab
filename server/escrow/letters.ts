/** The letter with the code that lets a buyer pay inside a partner's page. */
export const payCodeLetter = (locale: 'fr' | 'en', code: string) => (locale === 'fr'
  ? {
    locale, code, subject: 'Votre code pour payer', greeting: 'Bonjour,',
    paragraphs: ['Saisissez ce code dans la page où vous l’avez demandé. Il est valable dix minutes, une seule fois.', 'Ne le donnez à personne : il permet de payer en votre nom.'],
    why: 'Ce message vous est envoyé parce que quelqu’un a voulu payer depuis votre dossier Flow Stage. Si ce n’était pas vous, ne faites rien.',
  }
  : {
    locale, code, subject: 'Your code to pay', greeting: 'Hello,',
    paragraphs: ['Type this code in the page where you asked for it. It works once, for ten minutes.', 'Give it to nobody: it lets one pay in your name.'],
    why: 'You receive this because somebody wanted to pay from your Flow Stage file. If it was not you, do nothing.',
  });
