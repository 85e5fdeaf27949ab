import type { Complete } from './fr.ts';
import { because, notice, type Around } from './notice.ts';

/** What mails say of each fact, in Dutch. */
export const words = {
  'request.sent': {
    artist: (f) => notice(`Nieuwe aanvraag: ${f.day}, ${f.place}`, [`${f.buyer} vraagt ${f.artist} voor ${f.day}, ${f.place}. Opgegeven budget: ${f.amount}.`, 'De aanvraag, haar score en de redenen liggen voor u klaar.'], 'De aanvraag lezen'),
    buyer: (f) => notice(`Uw aanvraag aan ${f.artist} is vertrokken`, [`U hebt ${f.artist} gevraagd voor ${f.day}, ${f.place}.`, 'De artiest leest ze en antwoordt u. U bent nog niets verschuldigd en er ligt nog niets vast.'], 'Mijn aanvraag volgen'),
  },
  'request.declined': { buyer: (f) => notice(`${f.artist} kan uw aanvraag niet aannemen`, [`Voor ${f.day}, ${f.place}, is het antwoord nee. Er is niets afgesproken.`, ...because(f.reason, 'Reden:')], 'Het dossier bekijken') },
  'hold.placed': { buyer: (f) => notice(`${f.day} wordt voor u vastgehouden`, [`${f.artist} geeft u een optie, rang ${f.number}, tot ${f.until}. Ze verplicht u tot niets.`], 'De optie bekijken') },
  'hold.lapsed': { buyer: (f) => notice(`De optie op ${f.day} is vervallen`, [`Uw optie op ${f.artist} is afgelopen. U kunt er in uw dossier met de artiest over spreken.`], 'Het dossier bekijken') },
  'offer.sent': {
    buyer: (f) => notice(`${f.artist} biedt aan voor ${f.amount} excl. btw`, [`Aanbod voor ${f.day}, ${f.place}: ${f.amount} excl. btw. Het wacht op uw antwoord tot ${f.until}.`, 'U kunt het aanvaarden, afwijzen of een tegenvoorstel doen.'], 'Lezen en antwoorden', 'answer'),
    artist: (f) => notice(`Tegenvoorstel van ${f.buyer}: ${f.amount} excl. btw`, [`Voor ${f.day}, ${f.place}. Het wacht op uw antwoord tot ${f.until}.`], 'Lezen en antwoorden'),
  },
  'offer.declined': {
    artist: (f) => notice(`${f.buyer} heeft uw aanbod afgewezen`, [...because(f.reason, 'Reden:'), `Voor ${f.day}, ${f.place}. U kunt een ander aanbod doen.`], 'Het dossier openen'),
    buyer: (f) => notice(`${f.artist} heeft uw tegenvoorstel afgewezen`, [...because(f.reason, 'Reden:'), `Voor ${f.day}, ${f.place}. De artiest kan u een ander aanbod doen.`], 'Het dossier openen'),
  },
  'offer.withdrawn': { buyer: (f) => notice(`${f.artist} heeft het aanbod ingetrokken`, [`Het aanbod voor ${f.day} geldt niet meer.`], 'Het dossier bekijken') },
  'offer.expired': {
    artist: (f) => notice(`Een aanbod voor ${f.day} is verlopen`, [`Er kwam geen antwoord. Het dossier met ${f.buyer} blijft open.`], 'Het dossier openen'),
    buyer: (f) => notice(`Het aanbod van ${f.artist} is verlopen`, ['Er kwam geen antwoord. De artiest kan u een nieuw aanbod sturen.'], 'Het dossier bekijken'),
  },
  'offer.accepted': {
    artist: (f) => notice(`Akkoord: ${f.buyer}, ${f.day}`, [`Het aanbod van ${f.amount} excl. btw is aanvaard. De datum is van u beiden.`, f.incomplete ? 'Voor het contract ontbreken nog wettelijke gegevens van u.' : 'Het contract wordt voorbereid.', `Is het contract op ${f.until} niet door beide partijen ondertekend, dan komt de datum weer vrij.`], 'Het dossier openen'),
    buyer: (f) => notice(`Akkoord: ${f.artist}, ${f.day}`, [`Het aanbod van ${f.amount} excl. btw is aanvaard. De datum is van u beiden.`, f.incomplete ? 'Zeg ons wie het contract ondertekent en op welk adres: dat is het enige wat ontbreekt.' : 'Het contract wordt voorbereid.', `Is het contract op ${f.until} niet door beide partijen ondertekend, dan komt de datum weer vrij.`], f.incomplete ? 'Mijn gegevens aanvullen' : 'Het dossier openen', 'answer'),
  },
  'quote.issued': { buyer: (f) => notice(`Offerte ${f.number} van ${f.artist}`, [`De offerte van ${f.amount} incl. btw is klaar.`, 'Voor het contract hebben wij het nummer van uw bestelbon nodig.'], 'Offerte bekijken en bestellen', 'answer') },
  'purchase.ordered': { artist: (f) => notice(`Bestelbon ${f.number} ontvangen`, [`${f.buyer} heeft besteld voor ${f.day}.`], 'Het dossier openen') },
  'contract.drafted': {
    artist: (f) => notice(`Contract ${f.number} is klaar om te ondertekenen`, [`Contract met ${f.buyer}, ${f.day}, ${f.place}.`], 'Lezen en ondertekenen'),
    buyer: (f) => notice(`Contract ${f.number} is klaar om te ondertekenen`, [`Contract met ${f.artist}, ${f.day}, ${f.place}.`, 'Lees het, vraag een code, onderteken. De code krijgt u op het moment van ondertekenen.'], 'Lezen en ondertekenen', 'sign'),
  },
  'contract.signed': {
    artist: (f) => notice(`Contract ${f.number} ondertekend`, ['Beide partijen hebben ondertekend. Het verzegelde document en het bewijsdossier staan in het dossier.'], 'Het dossier openen'),
    buyer: (f) => notice(`Contract ${f.number} ondertekend`, ['Beide partijen hebben ondertekend. Het verzegelde document en het bewijsdossier staan in het dossier.'], 'Het dossier openen'),
  },
  'payment.scheduled': { buyer: (f) => notice(`Beveiligde betaling: ${f.artist}, ${f.day}`, [f.automatic ? `Het voorschot van ${f.amount} wordt op ${f.until} afgeschreven: sla uw kaart nu al op.` : `Voorschot van ${f.amount}, te betalen uiterlijk ${f.until}.`, ...(f.lapses ? [`Zonder ${f.automatic ? 'opgeslagen kaart' : 'betaling'} op ${f.lapses} komt de datum weer vrij.`] : []), 'Het geld wordt bij onze betaaldienst gereserveerd en na het optreden uitbetaald.'], f.automatic ? 'Mijn kaart opslaan' : 'Het voorschot betalen', 'pay') },
  'mandate.saved': { buyer: (f) => notice('Uw kaart is opgeslagen', [`Het voorschot en het saldo voor ${f.artist}, ${f.day}, worden op hun datum afgeschreven.`], 'Het betaalschema bekijken') },
  'payment.completed': {
    artist: (f) => notice(`${f.amount} gereserveerd voor ${f.day}`, [`${f.buyer} heeft betaald. U ontvangt het bedrag na het optreden.`], 'Het dossier openen'),
    buyer: (f) => notice(`Betaling ontvangen: ${f.amount}`, [`Voor ${f.artist}, ${f.day}. De artiest ontvangt het bedrag na het optreden.`], 'Het betaalschema bekijken'),
  },
  'payment.refused': { buyer: (f) => notice(`Uw betaling van ${f.amount} is geweigerd`, [`Voor ${f.artist}, ${f.day}. Er is niets afgeschreven. Probeer het opnieuw of gebruik een andere kaart.`], 'Betalen', 'pay') },
  'payment.reminded': {
    artist: (f) => notice(`Betaling verwacht van ${f.buyer}: ${f.amount}`, [`Voor ${f.day}, ${f.place}. Wij herinneren de organisator er vandaag aan.`, ...(f.played ? ['Het optreden is gespeeld: het bedrag blijft verschuldigd, en u ontvangt het zodra alles betaald is.'] : f.lapses ? [`Zonder betaling op ${f.lapses} komt de datum weer vrij.`] : ['Ontbreekt het bedrag de dag voordien nog, dan verwittigen wij u.'])], 'Het dossier openen'),
    buyer: (f) => notice(`Herinnering: ${f.balance ? 'saldo' : 'voorschot'} van ${f.amount}`, [`Voor ${f.artist}, ${f.day}. ${f.played ? 'Het optreden is gespeeld, en dit bedrag blijft verschuldigd.' : f.lapses ? `Zonder betaling op ${f.lapses} komt de datum weer vrij.` : 'Dit bedrag wordt vóór het optreden verwacht. Ontbreekt het de dag voordien, dan krijgt de artiest bericht en mag die het optreden opschorten tot er betaald is.'}`], 'Betalen', 'pay'),
  },
  'payment.unsecured': { artist: (f) => notice(`${f.amount} ontbreekt nog voor ${f.day}`, [`${f.buyer} heeft dit bedrag niet betaald: het is niet gereserveerd. Het blijft verschuldigd.`, 'Volgens uw contract mag u het optreden opschorten tot er betaald is. Speelt u toch, dan blijven wij het bedrag vragen.'], 'Het dossier openen') },
  'payment.held': {
    artist: (f) => notice(`${f.amount} kan niet lang meer worden bewaard`, [`Betaald door ${f.buyer} voor ${f.day}. Onze betaaldienst bewaart een bedrag maar 90 dagen, en het optreden is niet volledig betaald of niet bevestigd.`, 'Open het dossier en zeg ons wat er in de weg staat.'], 'Het dossier openen'),
    buyer: (f) => notice(`${f.amount} kan niet lang meer worden bewaard`, [`Betaald voor ${f.artist}, ${f.day}. Onze betaaldienst bewaart een bedrag maar 90 dagen.`, 'Betaal wat ontbreekt, of zeg ons wat er in de weg staat.'], 'Het dossier openen', 'pay'),
  },
  'payment.returned': { buyer: (f) => notice(`U krijgt ${f.amount} terug`, [f.refund ? `Het bedrag werd bewaard voor ${f.artist}, ${f.day}. Het gaat terug naar de kaart die betaalde; bij de bank kan dat enkele dagen duren.` : `Deze betaling kwam binnen terwijl er voor ${f.artist}, ${f.day}, niets verschuldigd was. Het bedrag gaat terug naar de kaart die betaalde; bij de bank kan dat enkele dagen duren.`], 'Het dossier bekijken') },
  'booking.lapsed': {
    artist: (f) => notice(`${f.day} is weer vrij`, [f.signed ? `Het voorschot van ${f.buyer} kwam niet: de verbintenis is beëindigd.` : `Het contract met ${f.buyer} werd niet op tijd door beide partijen ondertekend: het akkoord is vervallen.`], 'Het dossier openen'),
    buyer: (f) => notice(`De verbintenis voor ${f.day} is beëindigd`, [f.signed ? 'Het voorschot kwam niet. U kunt een nieuwe aanvraag doen.' : 'Het contract werd niet op tijd door beide partijen ondertekend. U kunt een nieuwe aanvraag doen.'], 'Het dossier bekijken'),
  },
  'cancellation.asked': {
    artist: (f) => notice(`${f.buyer} vraagt om ${f.day} wegens overmacht te annuleren`, [`${f.artist}, ${f.day}. Opgegeven reden: “${f.reason}”`, 'Als u akkoord gaat, wordt alles wat betaald is teruggegeven en draagt ieder zijn eigen kosten. Zonder uw akkoord blijft de boeking bestaan.'], 'Het dossier openen'),
    buyer: (f) => notice(`${f.artist} vraagt om ${f.day} wegens overmacht te annuleren`, [`${f.artist}, ${f.day}. Opgegeven reden: “${f.reason}”`, 'Als u akkoord gaat, wordt alles wat betaald is teruggegeven en draagt ieder zijn eigen kosten. Zonder uw akkoord blijft de boeking bestaan.'], 'Het dossier bekijken', 'confirm'),
  },
  'booking.cancelled': {
    artist: (f) => notice(`Geannuleerd: ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} annuleert het optreden van ${f.day}, ${f.place}. Opgegeven reden: “${f.reason}”`, f.waits ? `Een betaling van ${f.waits} is nog bij de bank, die binnen zes werkdagen antwoordt. Daarna wordt het geld verdeeld zoals voorzien, en schrijven wij u.` : f.amount ? `Vergoeding die aan u wordt uitbetaald, na commissie: ${f.amount}.` : 'Wij betalen u geen vergoeding uit.', 'De datum is weer vrij.'], 'Het dossier openen'),
    buyer: (f) => notice(`Geannuleerd: ${f.artist}, ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} annuleert het optreden van ${f.day}, ${f.place}. Opgegeven reden: “${f.reason}”`, f.waits ? `Een betaling van ${f.waits} is nog bij de bank, die binnen zes werkdagen antwoordt. Daarna wordt het geld verdeeld zoals voorzien, en schrijven wij u.` : f.refund ? `U krijgt terug: ${f.refund}.` : 'Wij geven u niets terug.'], 'Het dossier bekijken'),
  },
  'closing.settled': {
    artist: (f) => notice(`${f.day}: de bank heeft geantwoord`, ['Het is bekend wat er van de betaling bij de bank is geworden, en alles is afgehandeld.', f.amount ? `Wat aan u wordt uitbetaald, na aftrek van commissie: ${f.amount}.` : 'Wij betalen u niets uit.'], 'Het dossier openen'),
    buyer: (f) => notice(`${f.artist}, ${f.day}: de bank heeft geantwoord`, ['Het is bekend wat er van de betaling bij de bank is geworden, en alles is afgehandeld.', f.refund ? `Wat u terugkrijgt: ${f.refund}.` : 'Wij geven u niets terug.'], 'Het dossier bekijken'),
  },
  'dispute.opened': {
    artist: (f) => notice(`Geschil geopend: ${f.day}`, [f.reason ? `${f.contestedBy === 'artist' ? f.artist : f.buyer} schrijft: “${f.reason}”` : `De bank van ${f.buyer} betwist een betaling.`, `${f.amount} is bevroren: tijdens het geschil wordt niets uitbetaald of teruggegeven. Zeg of toon in het dossier wat er is gebeurd. Komt u er samen niet uit, dan beslist Flow Stage.`], 'Het dossier openen'),
    buyer: (f) => notice(`Geschil geopend: ${f.day}`, [f.reason ? `${f.contestedBy === 'artist' ? f.artist : f.buyer} schrijft: “${f.reason}”` : `De bank van ${f.buyer} betwist een betaling.`, `${f.amount} is bevroren: tijdens het geschil wordt niets uitbetaald of teruggegeven. Zeg of toon in het dossier wat er is gebeurd. Komt u er samen niet uit, dan beslist Flow Stage.`], 'Het dossier bekijken', 'confirm'),
  },
  'dispute.argued': {
    artist: (f) => notice(`Iets nieuws in het geschil van ${f.day}`, [`${f.buyer} heeft woorden of een document aan het dossier toegevoegd. U kunt antwoorden.`], 'Het dossier openen'),
    buyer: (f) => notice(`Iets nieuws in het geschil van ${f.day}`, [`${f.artist} heeft woorden of een document aan het dossier toegevoegd. U kunt antwoorden.`], 'Het dossier bekijken', 'confirm'),
  },
  'dispute.decided': {
    artist: (f) => notice(`Geschil beslist: ${f.day}`, [`“${f.reason}”`, f.waits ? `Een betaling van ${f.waits} is nog bij de bank, die binnen zes werkdagen antwoordt. Daarna wordt het geld verdeeld zoals voorzien, en schrijven wij u.` : `Uitbetaald aan de artiest, na commissie: ${f.amount}. Terug naar de organisator: ${f.refund}.`], 'Het dossier openen'),
    buyer: (f) => notice(`Geschil beslist: ${f.day}`, [`“${f.reason}”`, f.waits ? `Een betaling van ${f.waits} is nog bij de bank, die binnen zes werkdagen antwoordt. Daarna wordt het geld verdeeld zoals voorzien, en schrijven wij u.` : `Uitbetaald aan de artiest, na commissie: ${f.amount}. Terug naar de organisator: ${f.refund}.`], 'Het dossier bekijken'),
  },
  'show.due': {
    artist: (f) => notice('Heeft het optreden plaatsgevonden?', [`${f.day}, ${f.place}. Uw bevestiging en die van ${f.buyer} zetten het vervolg in gang.`], 'Bevestigen'),
    buyer: (f) => notice(`Heeft ${f.artist} gespeeld?`, [`${f.day}, ${f.place}. Uw bevestiging zet het vervolg in gang; zonder antwoord binnen 48 uur geldt het optreden als gespeeld.`], 'Bevestigen', 'confirm'),
  },
  'show.contested': {
    artist: (f) => notice(`Het optreden van ${f.day} wordt betwist`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} schrijft: “${f.reason}”`, 'Het bedrag blijft bewaard zolang wie betwist het optreden niet alsnog heeft bevestigd. Lees het dossier en overleg met elkaar.'], 'Het dossier openen'),
    buyer: (f) => notice(`Het optreden van ${f.day} wordt betwist`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} schrijft: “${f.reason}”`, 'Het bedrag blijft bewaard zolang wie betwist het optreden niet alsnog heeft bevestigd. Lees het dossier en overleg met elkaar.'], 'Het dossier bekijken', 'confirm'),
  },
  'review.due': {
    artist: (f) => notice(`Hoe ging het op ${f.day}?`, [`U speelde voor ${f.buyer}, ${f.place}. Zeg in één minuut hoe het was en hoeveel mensen er kwamen.`, `U hebt tot ${f.until}. Uw beoordeling wordt pas getoond als u beiden hebt geschreven, of op die datum.`, 'Dit is onze enige herinnering. Wilt u er geen meer, vink ze dan uit onder de beoordeling, in het dossier.'], 'Mijn beoordeling geven'),
    buyer: (f) => notice(`Hoe was ${f.artist} op ${f.day}?`, [`Het optreden is gespeeld, ${f.place}. Zeg in één minuut hoe het was en hoeveel mensen er kwamen.`, `U hebt tot ${f.until}. Uw beoordeling wordt pas getoond als u beiden hebt geschreven, of op die datum.`, 'Dit is onze enige herinnering. Wilt u er geen meer, vink ze dan uit onder de beoordeling, in het dossier.'], 'Mijn beoordeling geven', 'review'),
  },
  'review.shown': {
    artist: (f) => notice(`${f.buyer} beoordeelde het optreden van ${f.day}`, [`De beoordeling staat in het dossier en telt mee in uw gemiddelde. U kunt er één keer op antwoorden.`], 'De beoordeling lezen'),
    buyer: (f) => notice(`${f.artist} beoordeelde het optreden van ${f.day}`, [`De beoordeling staat in het dossier en telt mee in uw gemiddelde. U kunt er één keer op antwoorden.`], 'De beoordeling lezen', 'review'),
  },
  'review.hidden': {
    artist: (f) => notice(f.isReply ? `Uw antwoord over het optreden van ${f.day} wordt niet meer getoond` : `Uw beoordeling van het optreden van ${f.day} wordt niet meer getoond`, [`Ze werd ons gemeld en wij hebben ze weggehaald. Onze reden: ${f.reason}`, 'Denkt u dat wij ons vergissen, beantwoord dan dit bericht.'], 'Het dossier bekijken'),
    buyer: (f) => notice(f.isReply ? `Uw antwoord over het optreden van ${f.day} wordt niet meer getoond` : `Uw beoordeling van het optreden van ${f.day} wordt niet meer getoond`, [`Ze werd ons gemeld en wij hebben ze weggehaald. Onze reden: ${f.reason}`, 'Denkt u dat wij ons vergissen, beantwoord dan dit bericht.'], 'Het dossier bekijken', 'review'),
  },
  'escrow.released': { artist: (f) => notice(`${f.amount} is onderweg naar uw bank`, [`Voor ${f.day}, ${f.place}, na aftrek van commissie en btw. De facturen staan in het dossier.`], 'De rekeningen bekijken') },
  'payout.paid': { artist: (f) => notice(`${f.amount} uitbetaald`, [`Voor ${f.day}, ${f.place}.`], 'De rekeningen bekijken') },
  'invoice.waiting': { artist: (f) => notice('Een factuur wacht op uw mandaat', [`Voor ${f.day}, ${f.buyer}: er moet een factuur in uw naam worden opgemaakt, en de wet wil dat u ons daar eerst schriftelijk mandaat voor geeft (Frans belastingwetboek, art. 289, I-2).`, 'Geef het één keer, in uw boekhouding; daarna wordt de factuur met één klik opgemaakt. Verder wacht niets: betalingen gaan gewoon door.'], 'Het dossier openen') },
  'invoice.issued': { buyer: (f) => notice(`Factuur ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} incl. btw. ${f.until ? `Te betalen vóór ${f.until}.` : ''}`.trim()], 'De factuur bekijken') },
  'invoice.credited': { buyer: (f) => notice(`Creditnota ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} incl. btw wordt u gecrediteerd.`], 'De creditnota bekijken') },
  'invoice.contested': {
    artist: (f) => notice(`U betwist factuur ${f.number}`, [`${f.buyer}, ${f.day}. Uw reden: ${f.reason}`, 'Wij antwoorden u, en de koper weet het. Zolang wij niet hebben geantwoord kunt u er in het dossier van afzien.'], 'Het dossier openen'),
    buyer: (f) => notice(`De producent betwist factuur ${f.number}`, [`${f.artist}, ${f.day}. De reden: ${f.reason}`, 'Wij bekijken het. Moet ze worden verbeterd, dan krijgt u een creditnota, en zo nodig een verbeterde factuur.'], 'De factuur bekijken'),
  },
  'invoice.answered': {
    artist: (f) => (f.answer === 'withdrawn' ? null : notice(f.answer === 'upheld' ? `Factuur ${f.number}: u krijgt gelijk` : `Factuur ${f.number}: wij wijzigen ze niet`, [`Ons antwoord: ${f.reason}`, f.answer === 'upheld' ? 'Een creditnota neemt ze terug; de verbeterde factuur, als die er is, staat in het dossier.' : 'De factuur blijft zoals ze is.'], 'Het dossier openen')),
    buyer: (f) => notice(f.answer === 'upheld' ? `Een creditnota neemt factuur ${f.number} terug` : `Factuur ${f.number} blijft geldig`, [f.answer === 'withdrawn' ? `${f.artist} betwist ze niet meer.` : `Ons antwoord: ${f.reason}`, ...(f.answer === 'upheld' ? ['De verbeterde factuur, als die er is, staat in het dossier.'] : [])], 'De factuur bekijken'),
  },
  'invoice.overdue': { artist: (f) => (f.ours ? notice(`Onze commissiefactuur ${f.number} is te laat`, [`${f.amount} incl. btw moest op ${f.until} per overschrijving betaald zijn, voor ${f.day}, ${f.place}.`, 'Onze bankgegevens staan op de factuur. Is de overschrijving al onderweg, dan hoeft u niets te doen.'], 'De factuur bekijken') : notice(`Factuur ${f.number} is te laat`, [`${f.buyer} moest ze op ${f.until} betaald hebben. Drie, vijftien en dertig dagen na die datum herinneren wij in uw naam, en we stoppen zodra u ons zegt dat de overschrijving er is.`], 'De factuur bekijken')) },
  'invoice.dunned': {
    buyer: (f) => (f.step === 'notice'
      ? notice(`Ingebrekestelling: factuur ${f.number}`, [`Factuur ${f.number} van ${f.amount}, te betalen op ${f.until}, is nog altijd niet betaald. Dit bericht geldt als ingebrekestelling.`, `Daar komen de rente en de vaste vergoeding van € 40 bij: ${f.late} tot vandaag. Betaal alles zonder uitstel, met vermelding van het factuurnummer.`], 'De factuur bekijken')
      : f.step === 'firm'
        ? notice(`Tweede herinnering: factuur ${f.number} onbetaald`, [`Factuur ${f.number} van ${f.amount} moest op ${f.until} betaald zijn en is dat ondanks onze herinnering niet.`, `De rente en de vaste vergoeding van € 40 lopen: ${f.late} tot vandaag. Geef deze week opdracht tot de overschrijving.`], 'De factuur bekijken')
        : notice(`Herinnering: factuur ${f.number}`, [`Als we ons niet vergissen, is factuur ${f.number} van ${f.amount}, te betalen op ${f.until}, nog niet betaald.`, 'Is de overschrijving al onderweg, dan hoeft u niets te doen.'], 'De factuur bekijken')),
    artist: (f) => (f.ours
      ? f.step === 'notice'
        ? notice(`Ingebrekestelling: commissiefactuur ${f.number}`, [`Onze factuur ${f.number} van ${f.amount}, te betalen op ${f.until}, is nog altijd niet betaald. Dit bericht geldt als ingebrekestelling.`, `${f.late ? `Daar komen de rente en de vaste vergoeding van € 40 bij: ${f.late} tot vandaag. ` : ''}Betaal alles zonder uitstel, met vermelding van het factuurnummer.`], 'De factuur bekijken')
        : f.step === 'firm'
          ? notice(`Tweede herinnering: commissiefactuur ${f.number} onbetaald`, [`Onze factuur ${f.number} van ${f.amount} moest op ${f.until} betaald zijn en is dat ondanks onze herinnering niet.`, `${f.late ? `De rente en de vaste vergoeding van € 40 lopen: ${f.late} tot vandaag. ` : ''}Geef deze week opdracht tot de overschrijving.`], 'De factuur bekijken')
          : notice(`Herinnering: commissiefactuur ${f.number}`, [`Als we ons niet vergissen, is onze factuur ${f.number} van ${f.amount}, te betalen op ${f.until}, nog niet betaald.`, 'Is de overschrijving al onderweg, dan hoeft u niets te doen.'], 'De factuur bekijken')
      : notice(`${f.step === 'notice' ? 'Ingebrekestelling verstuurd' : 'Herinnering verstuurd'}: factuur ${f.number}`, [`${f.buyer} heeft ${f.amount}, te betalen op ${f.until}, niet betaald. We hebben net herinnerd. Is de overschrijving er, zeg het dan in uw boekhouding.`], 'Het dossier openen')),
  },
  'invoice.paid': { artist: (f) => (f.ours ? notice(`Commissiefactuur ${f.number} is betaald`, ['Uw overschrijving is aangekomen. Dank u wel.'], 'Het dossier bekijken') : null), buyer: (f) => notice(`Factuur ${f.number} is betaald`, ['Uw overschrijving is aangekomen. Dank u wel.', ...(f.late ? [`Ze kwam na de vervaldag: de rente en de vaste vergoeding van € 40 zijn nog verschuldigd, samen ${f.late}, te betalen binnen 45 dagen.`] : [])], 'Het dossier bekijken') },
} satisfies Complete;

export const around: Around = {
  greeting: (name) => (name ? `Beste ${name},` : 'Goedendag,'),
  why: 'Flow Stage schrijft u omdat u partij bent in dit dossier. Deze berichten stoppen met het dossier en dienen nergens anders voor.',
};
