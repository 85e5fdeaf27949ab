/** The letter with the code that signs a document. */
export const codeLetter = (locale: 'fr' | 'en', title: string, code: string) => (locale === 'fr'
  ? {
    locale, code, subject: 'Votre code pour signer', greeting: 'Bonjour,',
    paragraphs: [`Ce code signe « ${title} ». Il est valable dix minutes, une seule fois.`, 'Relisez le document avant de le saisir, et ne donnez ce code à personne : il vaut votre signature.'],
    why: 'Ce message vous est envoyé parce que quelqu’un a demandé à signer en votre nom sur Flow Stage. Si ce n’était pas vous, ne faites rien : rien n’est signé.',
  }
  : {
    locale, code, subject: 'Your code to sign', greeting: 'Hello,',
    paragraphs: [`This code signs “${title}”. It works once, for ten minutes.`, 'Read the document before you type it, and give this code to nobody: it is your signature.'],
    why: 'You receive this because somebody asked to sign in your name on Flow Stage. If it was not you, do nothing: nothing is signed.',
  });
