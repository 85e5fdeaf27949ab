import type { Complete } from './fr.ts';
import { because, notice, type Around } from './notice.ts';

/** What mails say of each fact, in English. */
export const words = {
  'request.sent': {
    artist: (f) => notice(`New request: ${f.day}, ${f.place}`, [`${f.buyer} asks for ${f.artist} on ${f.day}, ${f.place}. Stated budget: ${f.amount}.`, 'The request, its score and its reasons are waiting for you.'], 'Read the request'),
    buyer: (f) => notice(`Your request to ${f.artist} is on its way`, [`You asked for ${f.artist} on ${f.day}, ${f.place}.`, 'The artist reads it and answers you. Nothing is owed or booked yet.'], 'Follow my request'),
  },
  'request.declined': { buyer: (f) => notice(`${f.artist} cannot take your request`, [`For ${f.day}, ${f.place}, the answer is no. Nothing was agreed.`, ...because(f.reason, 'Reason:')], 'See the file') },
  'hold.placed': { buyer: (f) => notice(`${f.day} is held for you`, [`${f.artist} grants you a hold, rank ${f.number}, until ${f.until}. It does not bind you.`], 'See the hold') },
  'hold.lapsed': { buyer: (f) => notice(`The hold on ${f.day} has lapsed`, [`Your hold on ${f.artist} has ended. You may take it up with the artist in your file.`], 'See the file') },
  'offer.sent': {
    buyer: (f) => notice(`${f.artist} offers ${f.amount} before tax`, [`An offer for ${f.day}, ${f.place}: ${f.amount} before tax. It awaits your answer until ${f.until}.`, 'You may accept it, decline it or make a counter-offer.'], 'Read and answer', 'answer'),
    artist: (f) => notice(`Counter-offer from ${f.buyer}: ${f.amount} before tax`, [`For ${f.day}, ${f.place}. It awaits your answer until ${f.until}.`], 'Read and answer'),
  },
  'offer.declined': {
    artist: (f) => notice(`${f.buyer} declined your offer`, [...because(f.reason, 'Reason:'), `For ${f.day}, ${f.place}. You may send another one.`], 'Open the file'),
    buyer: (f) => notice(`${f.artist} declined your counter-offer`, [...because(f.reason, 'Reason:'), `For ${f.day}, ${f.place}. The artist may send you another one.`], 'Open the file'),
  },
  'offer.withdrawn': { buyer: (f) => notice(`${f.artist} withdrew the offer`, [`The offer for ${f.day} no longer stands.`], 'See the file') },
  'offer.expired': {
    artist: (f) => notice(`An offer for ${f.day} has expired`, [`Nobody answered it. The file with ${f.buyer} stays open.`], 'Open the file'),
    buyer: (f) => notice(`The offer from ${f.artist} has expired`, ['Nobody answered it. The artist may send you a new one.'], 'See the file'),
  },
  'offer.accepted': {
    artist: (f) => notice(`Agreed: ${f.buyer}, ${f.day}`, [`The offer of ${f.amount} before tax is accepted. The date is yours.`, f.incomplete ? 'Some legal details of yours are still missing for the contract.' : 'The contract is being prepared.', `Without a contract signed by both by ${f.until}, the date is free again.`], 'Open the file'),
    buyer: (f) => notice(`Agreed: ${f.artist}, ${f.day}`, [`The offer of ${f.amount} before tax is accepted. The date is yours.`, f.incomplete ? 'Tell us who signs the contract, and their address: it is all that is missing.' : 'The contract is being prepared.', `Without a contract signed by both by ${f.until}, the date is free again.`], f.incomplete ? 'Complete my details' : 'Open the file', 'answer'),
  },
  'quote.issued': { buyer: (f) => notice(`Quote ${f.number} from ${f.artist}`, [`The quote of ${f.amount} with tax is ready.`, 'The contract needs the number of your purchase order.'], 'See the quote and order', 'answer') },
  'purchase.ordered': { artist: (f) => notice(`Purchase order ${f.number} received`, [`${f.buyer} ordered for ${f.day}.`], 'Open the file') },
  'contract.drafted': {
    artist: (f) => notice(`Contract ${f.number} is ready to sign`, [`Contract with ${f.buyer}, ${f.day}, ${f.place}.`], 'Read and sign'),
    buyer: (f) => notice(`Contract ${f.number} is ready to sign`, [`Contract with ${f.artist}, ${f.day}, ${f.place}.`, 'Read it, ask for a code, sign. The code is sent to you at that moment.'], 'Read and sign', 'sign'),
  },
  'contract.signed': {
    artist: (f) => notice(`Contract ${f.number} signed`, ['Both parties have signed. The sealed document and its evidence are in the file.'], 'Open the file'),
    buyer: (f) => notice(`Contract ${f.number} signed`, ['Both parties have signed. The sealed document and its evidence are in the file.'], 'Open the file'),
  },
  'payment.scheduled': { buyer: (f) => notice(`Secured payment: ${f.artist}, ${f.day}`, [f.automatic ? `The deposit of ${f.amount} will be charged on ${f.until}: please save your card now.` : `Deposit of ${f.amount}, due by ${f.until}.`, ...(f.lapses ? [`Without ${f.automatic ? 'a saved card' : 'payment'} by ${f.lapses} the date becomes free again.`] : []), 'The money is kept by our payment provider and paid out after the show.'], f.automatic ? 'Save my card' : 'Pay the deposit', 'pay') },
  'mandate.saved': { buyer: (f) => notice('Your card is saved', [`The deposit and the balance for ${f.artist}, ${f.day}, will be charged on their dates.`], 'See the schedule') },
  'payment.completed': {
    artist: (f) => notice(`${f.amount} secured for ${f.day}`, [`${f.buyer} has paid. The money reaches you after the show.`], 'Open the file'),
    buyer: (f) => notice(`Payment received: ${f.amount}`, [`For ${f.artist}, ${f.day}. The money reaches the artist after the show.`], 'See the schedule'),
  },
  'payment.refused': { buyer: (f) => notice(`Your payment of ${f.amount} was refused`, [`For ${f.artist}, ${f.day}. Nothing was charged. Try again, or use another card.`], 'Pay', 'pay') },
  'payment.reminded': {
    artist: (f) => notice(`Payment awaited from ${f.buyer}: ${f.amount}`, [`For ${f.day}, ${f.place}. We remind them today.`, ...(f.played ? ['The show was played: the money stays due, and reaches you as soon as all is paid.'] : f.lapses ? [`Without payment by ${f.lapses} the date becomes free again.`] : ['If it is still missing on the eve, we tell you.'])], 'Open the file'),
    buyer: (f) => notice(`Reminder: ${f.balance ? 'balance' : 'deposit'} of ${f.amount}`, [`For ${f.artist}, ${f.day}. ${f.played ? 'The show was played, and this amount stays due.' : f.lapses ? `Without payment by ${f.lapses} the date becomes free again.` : 'This amount is expected before the show. If it is missing on the eve, the artist is told and may suspend the show until it is paid.'}`], 'Pay', 'pay'),
  },
  'payment.unsecured': { artist: (f) => notice(`${f.amount} are still missing for ${f.day}`, [`${f.buyer} has not paid this amount: it is not secured. It stays due.`, 'Your contract lets you suspend the show until it is paid. If you play, we go on asking for it.'], 'Open the file') },
  'payment.held': {
    artist: (f) => notice(`${f.amount} cannot be held much longer`, [`Paid by ${f.buyer} for ${f.day}. Our payment provider holds money for 90 days only, and the show is not paid in full or not confirmed.`, 'Open the file and tell us what stands in the way.'], 'Open the file'),
    buyer: (f) => notice(`${f.amount} cannot be held much longer`, [`Paid for ${f.artist}, ${f.day}. Our payment provider holds money for 90 days only.`, 'Pay what is missing, or tell us what stands in the way.'], 'Open the file', 'pay'),
  },
  'payment.returned': { buyer: (f) => notice(`${f.amount} are on their way back to you`, [f.refund ? `The money was kept for ${f.artist}, ${f.day}. It returns to the card that paid it; the bank may take some days.` : `This payment arrived while nothing was due for ${f.artist}, ${f.day}. The money returns to the card that paid it; the bank may take some days.`], 'See the file') },
  'booking.lapsed': {
    artist: (f) => notice(`${f.day} is free again`, [f.signed ? `The deposit from ${f.buyer} did not arrive: the booking has ended.` : `The contract with ${f.buyer} was not signed by both in time: the agreement has ended.`], 'Open the file'),
    buyer: (f) => notice(`The booking of ${f.day} has ended`, [f.signed ? 'The deposit did not arrive. You may send a new request.' : 'The contract was not signed by both in time. You may send a new request.'], 'See the file'),
  },
  'cancellation.asked': {
    artist: (f) => notice(`${f.buyer} asks to cancel ${f.day} for force majeure`, [`${f.artist}, ${f.day}. The reason given: “${f.reason}”`, 'If you agree, all that was paid is given back and each side bears its own costs. Without your word the booking stands.'], 'Open the file'),
    buyer: (f) => notice(`${f.artist} asks to cancel ${f.day} for force majeure`, [`${f.artist}, ${f.day}. The reason given: “${f.reason}”`, 'If you agree, all that was paid is given back and each side bears its own costs. Without your word the booking stands.'], 'See the file', 'confirm'),
  },
  'booking.cancelled': {
    artist: (f) => notice(`Cancelled: ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} cancels the show of ${f.day}, ${f.place}. The reason given: “${f.reason}”`, f.waits ? `A payment of ${f.waits} is still with the bank, which answers within six working days. Once it has, the money is shared as foreseen, and we write to you.` : f.amount ? `Indemnity paid out to you, less commission: ${f.amount}.` : 'We pay no indemnity out to you.', 'The date is free again.'], 'Open the file'),
    buyer: (f) => notice(`Cancelled: ${f.artist}, ${f.day}`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} cancels the show of ${f.day}, ${f.place}. The reason given: “${f.reason}”`, f.waits ? `A payment of ${f.waits} is still with the bank, which answers within six working days. Once it has, the money is shared as foreseen, and we write to you.` : f.refund ? `Given back to you: ${f.refund}.` : 'We give nothing back to you.'], 'See the file'),
  },
  'closing.settled': {
    artist: (f) => notice(`${f.day}: the bank has answered`, ['What became of the payment that was with the bank is known, and everything is settled.', f.amount ? `What is paid out to you, commission deducted: ${f.amount}.` : 'Nothing is paid out to you by us.'], 'Open the file'),
    buyer: (f) => notice(`${f.artist}, ${f.day}: the bank has answered`, ['What became of the payment that was with the bank is known, and everything is settled.', f.refund ? `What is given back to you: ${f.refund}.` : 'Nothing is given back to you by us.'], 'See the file'),
  },
  'dispute.opened': {
    artist: (f) => notice(`Dispute opened: ${f.day}`, [f.reason ? `${f.contestedBy === 'artist' ? f.artist : f.buyer} writes: “${f.reason}”` : `The bank of ${f.buyer} contests a payment.`, `${f.amount} are frozen: nothing is paid out or given back during the dispute. Say or show in the file what happened. If you do not agree, Flow Stage decides.`], 'Open the file'),
    buyer: (f) => notice(`Dispute opened: ${f.day}`, [f.reason ? `${f.contestedBy === 'artist' ? f.artist : f.buyer} writes: “${f.reason}”` : `The bank of ${f.buyer} contests a payment.`, `${f.amount} are frozen: nothing is paid out or given back during the dispute. Say or show in the file what happened. If you do not agree, Flow Stage decides.`], 'See the file', 'confirm'),
  },
  'dispute.argued': {
    artist: (f) => notice(`Something new in the dispute of ${f.day}`, [`${f.buyer} added words or a document to the file. You may answer.`], 'Open the file'),
    buyer: (f) => notice(`Something new in the dispute of ${f.day}`, [`${f.artist} added words or a document to the file. You may answer.`], 'See the file', 'confirm'),
  },
  'dispute.decided': {
    artist: (f) => notice(`Dispute decided: ${f.day}`, [`“${f.reason}”`, f.waits ? `A payment of ${f.waits} is still with the bank, which answers within six working days. Once it has, the money is shared as foreseen, and we write to you.` : `Paid out to the artist, less commission: ${f.amount}. Given back to the buyer: ${f.refund}.`], 'Open the file'),
    buyer: (f) => notice(`Dispute decided: ${f.day}`, [`“${f.reason}”`, f.waits ? `A payment of ${f.waits} is still with the bank, which answers within six working days. Once it has, the money is shared as foreseen, and we write to you.` : `Paid out to the artist, less commission: ${f.amount}. Given back to the buyer: ${f.refund}.`], 'See the file'),
  },
  'show.due': {
    artist: (f) => notice('Did the show take place?', [`${f.day}, ${f.place}. Your word and that of ${f.buyer} set the rest going.`], 'Confirm'),
    buyer: (f) => notice(`Did ${f.artist} play?`, [`${f.day}, ${f.place}. Your word sets the rest going; without an answer within 48 hours the show counts as played.`], 'Confirm', 'confirm'),
  },
  'show.contested': {
    artist: (f) => notice(`The show of ${f.day} is contested`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} writes: “${f.reason}”`, 'The money stays held until whoever contests confirms the show after all. Read the file, and talk to each other.'], 'Open the file'),
    buyer: (f) => notice(`The show of ${f.day} is contested`, [`${f.contestedBy === 'artist' ? f.artist : f.buyer} writes: “${f.reason}”`, 'The money stays held until whoever contests confirms the show after all. Read the file, and talk to each other.'], 'See the file', 'confirm'),
  },
  'review.due': {
    artist: (f) => notice(`How did ${f.day} go?`, [`You played for ${f.buyer}, ${f.place}. Say in a minute how it was and how many people came.`, `You have until ${f.until}. Your review is shown only when both of you have written, or on that date.`, 'This is our only reminder. To get no more of them, untick it below the review, in the file.'], 'Write my review'),
    buyer: (f) => notice(`How was ${f.artist} on ${f.day}?`, [`The show was played, ${f.place}. Say in a minute how it was and how many people came.`, `You have until ${f.until}. Your review is shown only when both of you have written, or on that date.`, 'This is our only reminder. To get no more of them, untick it below the review, in the file.'], 'Write my review', 'review'),
  },
  'review.shown': {
    artist: (f) => notice(`${f.buyer} reviewed the show of ${f.day}`, [`The review stands in the file and counts in your mean. You can reply to it, once.`], 'Read the review'),
    buyer: (f) => notice(`${f.artist} reviewed the show of ${f.day}`, [`The review stands in the file and counts in your mean. You can reply to it, once.`], 'Read the review', 'review'),
  },
  'review.hidden': {
    artist: (f) => notice(f.isReply ? `Your reply about the show of ${f.day} is no longer shown` : `Your review of the show of ${f.day} is no longer shown`, [`It was reported to us, and we took it down. Our reason: ${f.reason}`, 'If you think that we are wrong, answer this message.'], 'See the file'),
    buyer: (f) => notice(f.isReply ? `Your reply about the show of ${f.day} is no longer shown` : `Your review of the show of ${f.day} is no longer shown`, [`It was reported to us, and we took it down. Our reason: ${f.reason}`, 'If you think that we are wrong, answer this message.'], 'See the file', 'review'),
  },
  'escrow.released': { artist: (f) => notice(`${f.amount} are on their way to your bank`, [`For ${f.day}, ${f.place}, less commission and its tax. The invoices are in the file.`], 'See the accounts') },
  'payout.paid': { artist: (f) => notice(`${f.amount} paid out`, [`For ${f.day}, ${f.place}.`], 'See the accounts') },
  'invoice.waiting': { artist: (f) => notice('An invoice waits for your mandate', [`For ${f.day}, ${f.buyer}: an invoice is to be written in your name, and the law asks you to give us a written mandate first (French tax code, art. 289, I-2).`, 'Give it once, in your accounts; the invoice is then issued at a click. Nothing else waits: payments go their way.'], 'Open the file') },
  'invoice.issued': { buyer: (f) => notice(`Invoice ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} with tax. ${f.until ? `Due by ${f.until}.` : ''}`.trim()], 'See the invoice') },
  'invoice.credited': { buyer: (f) => notice(`Credit note ${f.number}`, [`${f.artist}, ${f.day}: ${f.amount} with tax are credited to you.`], 'See the credit note') },
  'invoice.contested': {
    artist: (f) => notice(`You contest invoice ${f.number}`, [`${f.buyer}, ${f.day}. Your reason: ${f.reason}`, 'We will answer you, and the buyer knows. Until we have, you can take it back in the file.'], 'Open the file'),
    buyer: (f) => notice(`The producer contests invoice ${f.number}`, [`${f.artist}, ${f.day}. The reason: ${f.reason}`, 'We are looking at it. If it has to be corrected you will receive a credit note, and a corrected invoice where one is due.'], 'See the invoice'),
  },
  'invoice.answered': {
    artist: (f) => (f.answer === 'withdrawn' ? null : notice(f.answer === 'upheld' ? `Invoice ${f.number}: you were right` : `Invoice ${f.number}: we do not change it`, [`Our answer: ${f.reason}`, f.answer === 'upheld' ? 'A credit note takes it back; the corrected invoice, where there is one, is in the file.' : 'The invoice stays as it is.'], 'Open the file')),
    buyer: (f) => notice(f.answer === 'upheld' ? `A credit note takes back invoice ${f.number}` : `Invoice ${f.number} stands`, [f.answer === 'withdrawn' ? `${f.artist} no longer contests it.` : `Our answer: ${f.reason}`, ...(f.answer === 'upheld' ? ['The corrected invoice, where there is one, is in the file.'] : [])], 'See the invoice'),
  },
  'invoice.overdue': { artist: (f) => (f.ours ? notice(`Our commission invoice ${f.number} is overdue`, [`${f.amount} with tax were to be paid by transfer by ${f.until}, for ${f.day}, ${f.place}.`, 'Our bank details are on the invoice. If the transfer is on its way, please take no notice of this message.'], 'See the invoice') : notice(`Invoice ${f.number} is overdue`, [`${f.buyer} should have paid it by ${f.until}. We remind them in your name three, fifteen and thirty days after that date, and stop as soon as you tell us that the transfer has arrived.`], 'See the invoice')) },
  'invoice.dunned': {
    buyer: (f) => (f.step === 'notice'
      ? notice(`Formal notice to pay: invoice ${f.number}`, [`Invoice ${f.number} of ${f.amount}, due by ${f.until}, is still unpaid. This message is a formal notice to pay.`, `Late interest and the fixed 40 euros come on top: ${f.late} by today. Please pay all of it without delay, and give the number of the invoice.`], 'See the invoice')
      : f.step === 'firm'
        ? notice(`Second reminder: invoice ${f.number} is unpaid`, [`Invoice ${f.number} of ${f.amount} was due by ${f.until} and is unpaid in spite of our reminder.`, `Late interest and the fixed 40 euros are running: ${f.late} by today. Please order the transfer this week.`], 'See the invoice')
        : notice(`Reminder: invoice ${f.number}`, [`Unless we are mistaken, invoice ${f.number} of ${f.amount}, due by ${f.until}, is not paid yet.`, 'If the transfer is on its way, please take no notice of this message.'], 'See the invoice')),
    artist: (f) => (f.ours
      ? f.step === 'notice'
        ? notice(`Formal notice to pay: commission invoice ${f.number}`, [`Our invoice ${f.number} of ${f.amount}, due by ${f.until}, is still unpaid. This message is a formal notice to pay.`, `${f.late ? `Late interest and the fixed 40 euros come on top: ${f.late} by today. ` : ''}Please pay all of it without delay, and give the number of the invoice.`], 'See the invoice')
        : f.step === 'firm'
          ? notice(`Second reminder: commission invoice ${f.number} is unpaid`, [`Our invoice ${f.number} of ${f.amount} was due by ${f.until} and is unpaid in spite of our reminder.`, `${f.late ? `Late interest and the fixed 40 euros are running: ${f.late} by today. ` : ''}Please order the transfer this week.`], 'See the invoice')
          : notice(`Reminder: commission invoice ${f.number}`, [`Unless we are mistaken, our invoice ${f.number} of ${f.amount}, due by ${f.until}, is not paid yet.`, 'If the transfer is on its way, please take no notice of this message.'], 'See the invoice')
      : notice(`${f.step === 'notice' ? 'Formal notice sent' : 'Reminder sent'}: invoice ${f.number}`, [`${f.buyer} has not paid ${f.amount}, due by ${f.until}. We have just reminded them. If the transfer has arrived, say so in your accounts.`], 'Open the file')),
  },
  'invoice.paid': { artist: (f) => (f.ours ? notice(`Commission invoice ${f.number} is paid`, ['Your transfer has arrived. Thank you.'], 'See the file') : null), buyer: (f) => notice(`Invoice ${f.number} is paid`, ['Your transfer has arrived. Thank you.', ...(f.late ? [`It came after the due day: late interest and the fixed 40 euros are still owed, ${f.late} in all, to be paid within 45 days.`] : [])], 'See the file') },
} satisfies Complete;

export const around: Around = {
  greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
  why: 'Flow Stage writes because you are a party to this file. These mails end with the file and serve nothing else.',
};
