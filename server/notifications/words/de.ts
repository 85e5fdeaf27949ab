import type { Complete } from './fr.ts';
import { because, notice, type Around } from './notice.ts';

/** What mails say of each fact, in German. */
export const words = {
  'request.sent': {
    artist: (f) => notice(`Neue Anfrage: ${f.day}, ${f.place}`, [`${f.buyer} fragt ${f.artist} für ${f.day}, ${f.place}, an. Angegebenes Budget: ${f.amount}.`, 'Die Anfrage, ihre Note und die Gründe liegen für Sie bereit.'], 'Anfrage lesen'),
    buyer: (f) => notice(`Ihre Anfrage an ${f.artist} ist unterwegs`, [`Sie haben ${f.artist} für ${f.day}, ${f.place}, angefragt.`, 'Der Künstler liest sie und antwortet Ihnen. Noch ist nichts geschuldet und nichts gebucht.'], 'Meine Anfrage verfolgen'),
  },
  'request.declined': { buyer: (f) => notice(`${f.artist} kann Ihre Anfrage nicht annehmen`, [`Für ${f.day}, ${f.place}, lautet die Antwort nein. Es wurde nichts vereinbart.`, ...because(f.reason, 'Grund:')], 'Akte ansehen') },
  'hold.placed': { buyer: (f) => notice(`${f.day} ist für Sie vorgemerkt`, [`${f.artist} gewährt Ihnen eine Option, Rang ${f.number}, bis ${f.until}. Sie verpflichtet Sie zu nichts.`], 'Option ansehen') },
  'hold.lapsed': { buyer: (f) => notice(`Die Option auf ${f.day} ist verfallen`, [`Ihre Option auf ${f.artist} ist abgelaufen. In Ihrer Akte können Sie mit dem Künstler darüber sprechen.`], 'Akte ansehen') },
  'offer.sent': {
    buyer: (f) => notice(`${f.artist} bietet an: ${f.amount} netto`, [`Angebot für ${f.day}, ${f.place}: ${f.amount} ohne Umsatzsteuer. Es wartet bis ${f.until} auf Ihre Antwort.`, 'Sie können es annehmen, ablehnen oder ein Gegenangebot machen.'], 'Lesen und antworten', 'answer'),
    artist: (f) => notice(`Gegenangebot von ${f.buyer}: ${f.amount} netto`, [`Für ${f.day}, ${f.place}. Es wartet bis ${f.until} auf Ihre Antwort.`], 'Lesen und antworten'),
  },
  'offer.declined': {
    artist: (f) => notice(`${f.buyer} hat Ihr Angebot abgelehnt`, [...because(f.reason, 'Grund:'), `Für ${f.day}, ${f.place}. Sie können ein anderes machen.`], 'Akte öffnen'),
    buyer: (f) => notice(`${f.artist} hat Ihr Gegenangebot abgelehnt`, [...because(f.reason, 'Grund:'), `Für ${f.day}, ${f.place}. Der Künstler kann Ihnen ein anderes Angebot machen.`], 'Akte öffnen'),
  },
  'offer.withdrawn': { buyer: (f) => notice(`${f.artist} hat das Angebot zurückgezogen`, [`Das Angebot für ${f.day} gilt nicht mehr.`], 'Akte ansehen') },
  'offer.expired': {
    artist: (f) => notice(`Ein Angebot für ${f.day} ist abgelaufen`, [`Es blieb ohne Antwort. Die Akte mit ${f.buyer} bleibt offen.`], 'Akte öffnen'),
    buyer: (f) => notice(`Das Angebot von ${f.artist} ist abgelaufen`, ['Es blieb ohne Antwort. Der Künstler kann Ihnen ein neues senden.'], 'Akte ansehen'),
  },
  'offer.accepted': {
    artist: (f) => notice(`Abgemacht: ${f.buyer}, ${f.day}`, [`Das Angebot über ${f.amount} netto ist angenommen. Der Termin gehört Ihnen beiden.`, f.incomplete ? 'Für den Vertrag fehlen noch rechtliche Angaben von Ihnen.' : 'Der Vertrag wird vorbereitet.', `Ist der Vertrag am ${f.until} nicht von beiden Seiten unterzeichnet, wird der Termin wieder frei.`], 'Akte öffnen'),
    buyer: (f) => notice(`Abgemacht: ${f.artist}, ${f.day}`, [`Das Angebot über ${f.amount} netto ist angenommen. Der Termin gehört Ihnen beiden.`, f.incomplete ? 'Sagen Sie uns, wer den Vertrag unterzeichnet und unter welcher Adresse: Mehr fehlt nicht.' : 'Der Vertrag wird vorbereitet.', `Ist der Vertrag am ${f.until} nicht von beiden Seiten unterzeichnet, wird der Termin wieder frei.`], f.incomplete ? 'Meine Angaben ergänzen' : 'Akte öffnen', 'answer'),
  },
  'quote.issued': { buyer: (f) => notice(`Kostenvoranschlag ${f.number} von ${f.artist}`, [`Der Kostenvoranschlag über ${f.amount} brutto liegt bereit.`, 'Für den Vertrag brauchen wir die Nummer Ihres Bestellscheins.'], 'Ansehen und bestellen', 'answer') },
  'purchase.ordered': { artist: (f) => notice(`Bestellschein ${f.number} erhalten`, [`${f.buyer} hat für ${f.day} bestellt.`], 'Akte öffnen') },
  'contract.drafted': {
    artist: (f) => notice(`Der Vertrag ${f.number} liegt zur Unterschrift bereit`, [`Vertrag mit ${f.buyer}, ${f.day}, ${f.place}.`], 'Lesen und unterzeichnen'),
    buyer: (f) => notice(`Der Vertrag ${f.number} liegt zur Unterschrift bereit`, [`Vertrag mit ${f.artist}, ${f.day}, ${f.place}.`, 'Lesen Sie ihn, fordern Sie einen Code an, unterzeichnen Sie. Den Code erhalten Sie beim Unterzeichnen.'], 'Lesen und unterzeichnen', 'sign'),
  },
  'contract.signed': {
    artist: (f) => notice(`Vertrag ${f.number} unterzeichnet`, ['Beide Seiten haben unterzeichnet. Das gesiegelte Dokument und seine Nachweisakte liegen in der Akte.'], 'Akte öffnen'),
    buyer: (f) => notice(`Vertrag ${f.number} unterzeichnet`, ['Beide Seiten haben unterzeichnet. Das gesiegelte Dokument und seine Nachweisakte liegen in der Akte.'], 'Akte öffnen'),
  },
  'payment.scheduled': { buyer: (f) => notice(`Gesicherte Zahlung: ${f.artist}, ${f.day}`, [f.automatic ? `Die Anzahlung von ${f.amount} wird am ${f.until} abgebucht: Speichern Sie Ihre Karte schon jetzt.` : `Anzahlung von ${f.amount}, zu zahlen bis ${f.until}.`, ...(f.lapses ? [`Ohne ${f.automatic ? 'gespeicherte Karte' : 'Zahlung'} bis ${f.lapses} wird der Termin wieder frei.`] : []), 'Der Betrag wird bei unserem Zahlungsdienst reserviert und nach dem Auftritt ausgezahlt.'], f.automatic ? 'Meine Karte speichern' : 'Anzahlung leisten', 'pay') },
  'mandate.saved': { buyer: (f) => notice('Ihre Karte ist gespeichert', [`Anzahlung und Restbetrag für ${f.artist}, ${f.day}, werden zu ihren Terminen abgebucht.`], 'Zahlungsplan ansehen') },
  'payment.completed': {
    artist: (f) => notice(`${f.amount} reserviert für ${f.day}`, [`${f.buyer} hat gezahlt. Sie erhalten den Betrag nach dem Auftritt.`], 'Akte öffnen'),
    buyer: (f) => notice(`Zahlung erhalten: ${f.amount}`, [`Für ${f.artist}, ${f.day}. Der Künstler erhält den Betrag nach dem Auftritt.`], 'Zahlungsplan ansehen'),
  },
  'payment.refused': { buyer: (f) => notice(`Ihre Zahlung von ${f.amount} wurde abgelehnt`, [`Für ${f.artist}, ${f.day}. Es wurde nichts abgebucht. Versuchen Sie es erneut oder nehmen Sie eine andere Karte.`], 'Zahlen', 'pay') },
  'payment.reminded': {
    artist: (f) => notice(`Zahlung von ${f.buyer} erwartet: ${f.amount}`, [`Für ${f.day}, ${f.place}. Wir erinnern den Veranstalter heute daran.`, ...(f.played ? ['Der Auftritt ist gespielt: Der Betrag bleibt geschuldet, und Sie erhalten ihn, sobald alles bezahlt ist.'] : f.lapses ? [`Ohne Zahlung bis ${f.lapses} wird der Termin wieder frei.`] : ['Fehlt der Betrag am Vortag noch, benachrichtigen wir Sie.'])], 'Akte öffnen'),
    buyer: (f) => notice(`Erinnerung: ${f.balance ? 'Restbetrag' : 'Anzahlung'} von ${f.amount}`, [`Für ${f.artist}, ${f.day}. ${f.played ? 'Der Auftritt ist gespielt, und dieser Betrag bleibt geschuldet.' : f.lapses ? `Ohne Zahlung bis ${f.lapses} wird der Termin wieder frei.` : 'Dieser Betrag wird vor dem Auftritt erwartet. Fehlt er am Vortag, erfährt es der Künstler und darf den Auftritt bis zur Zahlung aussetzen.'}`], 'Zahlen', 'pay'),
  },
  'payment.unsecured': { artist: (f) => notice(`Für ${f.day} fehlen noch ${f.amount}`, [`${f.buyer} hat diesen Betrag nicht gezahlt: Er ist nicht reserviert. Er bleibt geschuldet.`, 'Nach Ihrem Vertrag dürfen Sie den Auftritt bis zur Zahlung aussetzen. Wenn Sie spielen, fordern wir den Betrag weiter ein.'], 'Akte öffnen') },
  'payment.held': {
    artist: (f) => notice(`${f.amount} können nicht mehr lange reserviert bleiben`, [`Gezahlt von ${f.buyer} für ${f.day}. Unser Zahlungsdienst hält einen Betrag nur 90 Tage, und der Auftritt ist nicht ganz bezahlt oder nicht bestätigt.`, 'Öffnen Sie die Akte und sagen Sie uns, was im Weg steht.'], 'Akte öffnen'),
    buyer: (f) => notice(`${f.amount} können nicht mehr lange reserviert bleiben`, [`Gezahlt für ${f.artist}, ${f.day}. Unser Zahlungsdienst hält einen Betrag nur 90 Tage.`, 'Zahlen Sie, was fehlt, oder sagen Sie uns, was im Weg steht.'], 'Akte öffnen', 'pay'),
  },
  'payment.returned': { buyer: (f) => notice(`Sie erhalten ${f.amount} zurück`, [f.refund ? `Der Betrag war für ${f.artist}, ${f.day}, reserviert. Er geht an die Karte zurück, die gezahlt hat; bei der Bank kann das einige Tage dauern.` : `Diese Zahlung kam an, als für ${f.artist}, ${f.day}, nichts geschuldet war. Der Betrag geht an die Karte zurück, die gezahlt hat; bei der Bank kann das einige Tage dauern.`], 'Akte ansehen') },
  'booking.lapsed': {
    artist: (f) => notice(`${f.day} ist wieder frei`, [f.signed ? `Die Anzahlung von ${f.buyer} ist nicht eingegangen: Die Vereinbarung ist beendet.` : `Der Vertrag mit ${f.buyer} wurde nicht rechtzeitig von beiden Seiten unterzeichnet: Die Vereinbarung ist beendet.`], 'Akte öffnen'),
    buyer: (f) => notice(`Die Vereinbarung für ${f.day} ist beendet`, [f.signed ? 'Die Anzahlung ist nicht eingegangen. Sie können eine neue Anfrage stellen.' : 'Der Vertrag wurde nicht rechtzeitig von beiden Seiten unterzeichnet. Sie können eine neue Anfrage stellen.'], 'Akte ansehen'),
  },
  'cancellation.asked': {
    artist: (f) => notice(`${f.buyer} möchte ${f.day} wegen höherer Gewalt absagen`, [`${f.artist}, ${f.day}. Angegebener Grund: „${f.reason}“`, 'Wenn Sie zustimmen, wird alles Gezahlte zurückgegeben und jede Seite trägt ihre Kosten. Ohne Ihre Zustimmung bleibt es bei der Buchung.'], 'Akte öffnen'),
    buyer: (f) => notice(`${f.artist} möchte ${f.day} wegen höherer Gewalt absagen`, [`${f.artist}, ${f.day}. Angegebener Grund: „${f.reason}“`, 'Wenn Sie zustimmen, wird alles Gezahlte zurückgegeben und jede Seite trägt ihre Kosten. Ohne Ihre Zustimmung bleibt es bei der Buchung.'], 'Akte ansehen', 'confirm'),
  },
  'booking.cancelled': {
    artist: (f) => notice(`Abgesagt: ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} sagt den Auftritt von ${f.day}, ${f.place}, ab. Angegebener Grund: „${f.reason}“`, f.waits ? `Eine Zahlung von ${f.waits} liegt noch bei der Bank, die innerhalb von sechs Werktagen antwortet. Danach wird das Geld wie vorgesehen geteilt, und wir schreiben Ihnen.` : f.amount ? `Entschädigung an Sie, abzüglich Provision: ${f.amount}.` : 'Wir zahlen Ihnen keine Entschädigung aus.', 'Der Tag ist wieder frei.'], 'Akte öffnen'),
    buyer: (f) => notice(`Abgesagt: ${f.artist}, ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} sagt den Auftritt von ${f.day}, ${f.place}, ab. Angegebener Grund: „${f.reason}“`, f.waits ? `Eine Zahlung von ${f.waits} liegt noch bei der Bank, die innerhalb von sechs Werktagen antwortet. Danach wird das Geld wie vorgesehen geteilt, und wir schreiben Ihnen.` : f.refund ? `Sie erhalten zurück: ${f.refund}.` : 'Wir geben Ihnen nichts zurück.'], 'Akte ansehen'),
  },
  'closing.settled': {
    artist: (f) => notice(`${f.day}: Die Bank hat geantwortet`, ['Es ist bekannt, was aus der Zahlung bei der Bank wurde, und alles ist abgerechnet.', f.amount ? `Auszahlung an Sie nach Abzug der Provision: ${f.amount}.` : 'Wir zahlen Ihnen nichts aus.'], 'Akte öffnen'),
    buyer: (f) => notice(`${f.artist}, ${f.day}: Die Bank hat geantwortet`, ['Es ist bekannt, was aus der Zahlung bei der Bank wurde, und alles ist abgerechnet.', f.refund ? `Rückzahlung an Sie: ${f.refund}.` : 'Wir zahlen Ihnen nichts zurück.'], 'Akte ansehen'),
  },
  'dispute.opened': {
    artist: (f) => notice(`Streitfall eröffnet: ${f.day}`, [f.reason ? `${f.contestedBy === 'artist' ? f.artist : f.buyer} schreibt: „${f.reason}“` : `Die Bank von ${f.buyer} bestreitet eine Zahlung.`, `${f.amount} sind eingefroren: Während des Streitfalls wird nichts ausgezahlt oder zurückgegeben. Sagen oder zeigen Sie in der Akte, was geschehen ist. Einigen Sie sich nicht, entscheidet Flow Stage.`], 'Akte öffnen'),
    buyer: (f) => notice(`Streitfall eröffnet: ${f.day}`, [f.reason ? `${f.contestedBy === 'artist' ? f.artist : f.buyer} schreibt: „${f.reason}“` : `Die Bank von ${f.buyer} bestreitet eine Zahlung.`, `${f.amount} sind eingefroren: Während des Streitfalls wird nichts ausgezahlt oder zurückgegeben. Sagen oder zeigen Sie in der Akte, was geschehen ist. Einigen Sie sich nicht, entscheidet Flow Stage.`], 'Akte ansehen', 'confirm'),
  },
  'dispute.argued': {
    artist: (f) => notice(`Neues im Streitfall von ${f.day}`, [`${f.buyer} hat der Akte Worte oder ein Dokument hinzugefügt. Sie können antworten.`], 'Akte öffnen'),
    buyer: (f) => notice(`Neues im Streitfall von ${f.day}`, [`${f.artist} hat der Akte Worte oder ein Dokument hinzugefügt. Sie können antworten.`], 'Akte ansehen', 'confirm'),
  },
  'dispute.decided': {
    artist: (f) => notice(`Streitfall entschieden: ${f.day}`, [`„${f.reason}“`, f.waits ? `Eine Zahlung von ${f.waits} liegt noch bei der Bank, die innerhalb von sechs Werktagen antwortet. Danach wird das Geld wie vorgesehen geteilt, und wir schreiben Ihnen.` : `An die Künstlerseite, abzüglich Provision: ${f.amount}. Zurück an die Veranstalterseite: ${f.refund}.`], 'Akte öffnen'),
    buyer: (f) => notice(`Streitfall entschieden: ${f.day}`, [`„${f.reason}“`, f.waits ? `Eine Zahlung von ${f.waits} liegt noch bei der Bank, die innerhalb von sechs Werktagen antwortet. Danach wird das Geld wie vorgesehen geteilt, und wir schreiben Ihnen.` : `An die Künstlerseite, abzüglich Provision: ${f.amount}. Zurück an die Veranstalterseite: ${f.refund}.`], 'Akte ansehen'),
  },
  'show.due': {
    artist: (f) => notice('Hat der Auftritt stattgefunden?', [`${f.day}, ${f.place}. Ihre Bestätigung und die von ${f.buyer} lösen das Weitere aus.`], 'Bestätigen'),
    buyer: (f) => notice(`Hat ${f.artist} gespielt?`, [`${f.day}, ${f.place}. Ihre Bestätigung löst das Weitere aus; ohne Antwort binnen 48 Stunden gilt der Auftritt als gespielt.`], 'Bestätigen', 'confirm'),
  },
  'show.contested': {
    artist: (f) => notice(`Der Auftritt von ${f.day} wird bestritten`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} schreibt: „${f.reason}“`, 'Der Betrag bleibt reserviert, bis die Seite, die bestreitet, den Auftritt doch noch bestätigt. Lesen Sie die Akte und sprechen Sie miteinander.'], 'Akte öffnen'),
    buyer: (f) => notice(`Der Auftritt von ${f.day} wird bestritten`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} schreibt: „${f.reason}“`, 'Der Betrag bleibt reserviert, bis die Seite, die bestreitet, den Auftritt doch noch bestätigt. Lesen Sie die Akte und sprechen Sie miteinander.'], 'Akte ansehen', 'confirm'),
  },
  'review.due': {
    artist: (f) => notice(`Wie lief es am ${f.day}?`, [`Sie haben für ${f.buyer} gespielt, ${f.place}. Sagen Sie in einer Minute, wie es war und wie viele Menschen kamen.`, `Sie haben bis zum ${f.until} Zeit. Ihre Bewertung wird erst gezeigt, wenn beide geschrieben haben, oder an diesem Tag.`, 'Das ist unsere einzige Erinnerung. Um keine mehr zu erhalten, wählen Sie sie unter der Bewertung in der Akte ab.'], 'Bewertung schreiben'),
    buyer: (f) => notice(`Wie war ${f.artist} am ${f.day}?`, [`Der Auftritt wurde gespielt, ${f.place}. Sagen Sie in einer Minute, wie es war und wie viele Menschen kamen.`, `Sie haben bis zum ${f.until} Zeit. Ihre Bewertung wird erst gezeigt, wenn beide geschrieben haben, oder an diesem Tag.`, 'Das ist unsere einzige Erinnerung. Um keine mehr zu erhalten, wählen Sie sie unter der Bewertung in der Akte ab.'], 'Bewertung schreiben', 'review'),
  },
  'review.shown': {
    artist: (f) => notice(`${f.buyer} hat den Auftritt von ${f.day} bewertet`, [`Die Bewertung steht in der Akte und zählt in Ihrem Mittel. Sie können einmal darauf antworten.`], 'Bewertung lesen'),
    buyer: (f) => notice(`${f.artist} hat den Auftritt von ${f.day} bewertet`, [`Die Bewertung steht in der Akte und zählt in Ihrem Mittel. Sie können einmal darauf antworten.`], 'Bewertung lesen', 'review'),
  },
  'review.hidden': {
    artist: (f) => notice(f.isReply ? `Ihre Antwort zum Auftritt von ${f.day} wird nicht mehr gezeigt` : `Ihre Bewertung des Auftritts von ${f.day} wird nicht mehr gezeigt`, [`Sie wurde uns gemeldet, und wir haben sie entfernt. Unser Grund: ${f.reason}`, 'Wenn Sie meinen, dass wir irren, antworten Sie auf diese Nachricht.'], 'Akte ansehen'),
    buyer: (f) => notice(f.isReply ? `Ihre Antwort zum Auftritt von ${f.day} wird nicht mehr gezeigt` : `Ihre Bewertung des Auftritts von ${f.day} wird nicht mehr gezeigt`, [`Sie wurde uns gemeldet, und wir haben sie entfernt. Unser Grund: ${f.reason}`, 'Wenn Sie meinen, dass wir irren, antworten Sie auf diese Nachricht.'], 'Akte ansehen', 'review'),
  },
  'escrow.released': { artist: (f) => notice(`${f.amount} sind auf dem Weg zu Ihrer Bank`, [`Für ${f.day}, ${f.place}, abzüglich Provision und Umsatzsteuer. Die Rechnungen liegen in der Akte.`], 'Konten ansehen') },
  'payout.paid': { artist: (f) => notice(`${f.amount} ausgezahlt`, [`Für ${f.day}, ${f.place}.`], 'Konten ansehen') },
  'invoice.waiting': { artist: (f) => notice('Eine Rechnung wartet auf Ihr Mandat', [`Für ${f.day}, ${f.buyer}: Eine Rechnung ist in Ihrem Namen auszustellen, und das Gesetz verlangt, dass Sie uns dazu vorher schriftlich bevollmächtigen (französisches Steuergesetzbuch, Art. 289, I-2).`, 'Geben Sie es einmal, in der Buchhaltung; die Rechnung wird dann mit einem Klick ausgestellt. Sonst wartet nichts: Zahlungen laufen weiter.'], 'Akte öffnen') },
  'invoice.issued': { buyer: (f) => notice(`Rechnung ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} brutto. ${f.until ? `Zu zahlen vor dem ${f.until}.` : ''}`.trim()], 'Rechnung ansehen') },
  'invoice.credited': { buyer: (f) => notice(`Gutschrift ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} brutto werden Ihnen gutgeschrieben.`], 'Gutschrift ansehen') },
  'invoice.contested': {
    artist: (f) => notice(`Sie beanstanden die Rechnung ${f.number}`, [`${f.buyer}, ${f.day}. Ihr Grund: ${f.reason}`, 'Wir antworten Ihnen, und die Käuferseite weiß davon. Bis dahin können Sie die Beanstandung in der Akte zurücknehmen.'], 'Akte öffnen'),
    buyer: (f) => notice(`Die Produktion beanstandet die Rechnung ${f.number}`, [`${f.artist}, ${f.day}. Der Grund: ${f.reason}`, 'Wir prüfen es. Ist sie zu berichtigen, erhalten Sie eine Gutschrift und gegebenenfalls eine berichtigte Rechnung.'], 'Rechnung ansehen'),
  },
  'invoice.answered': {
    artist: (f) => (f.answer === 'withdrawn' ? null : notice(f.answer === 'upheld' ? `Rechnung ${f.number}: Ihrer Beanstandung wird stattgegeben` : `Rechnung ${f.number}: Ihre Beanstandung wird abgelehnt`, [`Unsere Antwort: ${f.reason}`, f.answer === 'upheld' ? 'Eine Gutschrift nimmt sie zurück; die berichtigte Rechnung, falls es eine gibt, liegt in der Akte.' : 'Die Rechnung bleibt, wie sie ist.'], 'Akte öffnen')),
    buyer: (f) => notice(f.answer === 'upheld' ? `Eine Gutschrift nimmt die Rechnung ${f.number} zurück` : `Die Rechnung ${f.number} gilt weiter`, [f.answer === 'withdrawn' ? `${f.artist} beanstandet sie nicht mehr.` : `Unsere Antwort: ${f.reason}`, ...(f.answer === 'upheld' ? ['Die berichtigte Rechnung, falls es eine gibt, liegt in der Akte.'] : [])], 'Rechnung ansehen'),
  },
  'invoice.overdue': { artist: (f) => (f.ours ? notice(`Unsere Provisionsrechnung ${f.number} ist überfällig`, [`${f.amount} brutto waren bis ${f.until} zu überweisen, für ${f.day}, ${f.place}.`, 'Unsere Bankverbindung steht auf der Rechnung. Ist die Überweisung schon unterwegs, betrachten Sie diese Nachricht als gegenstandslos.'], 'Rechnung ansehen') : notice(`Rechnung ${f.number} ist überfällig`, [`${f.buyer} hätte sie bis ${f.until} zahlen müssen. Drei, fünfzehn und dreißig Tage nach diesem Datum mahnen wir in Ihrem Namen und hören auf, sobald Sie uns sagen, dass die Überweisung da ist.`], 'Rechnung ansehen')) },
  'invoice.dunned': {
    buyer: (f) => (f.step === 'notice'
      ? notice(`Letzte Mahnung: Rechnung ${f.number}`, [`Rechnung ${f.number} über ${f.amount}, fällig am ${f.until}, ist noch immer nicht bezahlt. Diese Nachricht setzt Sie in Verzug.`, `Hinzu kommen die Verzugszinsen und die Pauschale von 40 €: ${f.late} bis heute. Bitte zahlen Sie alles unverzüglich und nennen Sie die Rechnungsnummer.`], 'Rechnung ansehen')
      : f.step === 'firm'
        ? notice(`Mahnung: Rechnung ${f.number} unbezahlt`, [`Rechnung ${f.number} über ${f.amount} war am ${f.until} fällig und ist trotz unserer Erinnerung unbezahlt.`, `Die Verzugszinsen und die Pauschale von 40 € laufen: ${f.late} bis heute. Bitte veranlassen Sie die Überweisung noch diese Woche.`], 'Rechnung ansehen')
        : notice(`Erinnerung: Rechnung ${f.number}`, [`Wenn wir uns nicht irren, ist Rechnung ${f.number} über ${f.amount}, fällig am ${f.until}, noch nicht bezahlt.`, 'Ist die Überweisung schon unterwegs, betrachten Sie diese Nachricht als gegenstandslos.'], 'Rechnung ansehen')),
    artist: (f) => (f.ours
      ? f.step === 'notice'
        ? notice(`Letzte Mahnung: Provisionsrechnung ${f.number}`, [`Unsere Rechnung ${f.number} über ${f.amount}, fällig am ${f.until}, ist noch immer nicht bezahlt. Diese Nachricht setzt Sie in Verzug.`, `${f.late ? `Hinzu kommen die Verzugszinsen und die Pauschale von 40 €: ${f.late} bis heute. ` : ''}Bitte zahlen Sie alles unverzüglich und nennen Sie die Rechnungsnummer.`], 'Rechnung ansehen')
        : f.step === 'firm'
          ? notice(`Mahnung: Provisionsrechnung ${f.number} unbezahlt`, [`Unsere Rechnung ${f.number} über ${f.amount} war am ${f.until} fällig und ist trotz unserer Erinnerung unbezahlt.`, `${f.late ? `Die Verzugszinsen und die Pauschale von 40 € laufen: ${f.late} bis heute. ` : ''}Bitte veranlassen Sie die Überweisung noch diese Woche.`], 'Rechnung ansehen')
          : notice(`Erinnerung: Provisionsrechnung ${f.number}`, [`Wenn wir uns nicht irren, ist unsere Rechnung ${f.number} über ${f.amount}, fällig am ${f.until}, noch nicht bezahlt.`, 'Ist die Überweisung schon unterwegs, betrachten Sie diese Nachricht als gegenstandslos.'], 'Rechnung ansehen')
      : notice(`${f.step === 'notice' ? 'Letzte Mahnung verschickt' : 'Erinnerung verschickt'}: Rechnung ${f.number}`, [`${f.buyer} hat ${f.amount}, fällig am ${f.until}, nicht bezahlt. Wir haben gerade daran erinnert. Ist die Überweisung da, sagen Sie es in der Buchhaltung.`], 'Akte öffnen')),
  },
  'invoice.paid': { artist: (f) => (f.ours ? notice(`Provisionsrechnung ${f.number} ist bezahlt`, ['Ihre Überweisung ist angekommen. Vielen Dank.'], 'Akte ansehen') : null), buyer: (f) => notice(`Rechnung ${f.number} ist bezahlt`, ['Ihre Überweisung ist angekommen. Vielen Dank.', ...(f.late ? [`Sie kam nach der Fälligkeit: Die Verzugszinsen und die Pauschale von 40 € stehen noch aus, zusammen ${f.late}, zu zahlen binnen 45 Tagen.`] : [])], 'Akte ansehen') },
} satisfies Complete;

export const around: Around = {
  greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
  why: 'Flow Stage schreibt Ihnen, weil Sie an dieser Akte beteiligt sind. Diese Nachrichten enden mit der Akte und dienen nichts anderem.',
};
