/**
 * What an id begins with: user, organisation, representation, link, one-time code, site, file, media, booking, hold, offer,
 * show, contract, envelope, seal key, transfer, payment, payout, refund, invoice, credit note, rate, charge of a plan, quote of a plan, mail, call, dispute, evidence, webhook endpoint, its delivery, event, bank statement, its line, change of account, look at the books, proposed transfer, contested payment, stray transfer, terms of a representation, exclusivity, match, saved search, fitted model, approval of a match, plan of a tour, its scenario, search, stop added by hand, wish to hear an artist near, link to a roadbook, claim over a lost dispute, what brought it down. A ULID follows the `_`.
 */
export type Prefix =
  | 'usr' | 'org' | 'rep' | 'lnk' | 'otc' | 'sit' | 'fil' | 'med' | 'bkg' | 'hld' | 'off'
  | 'pch' | 'plq' | 'shw' | 'ctr' | 'env' | 'sea' | 'trf' | 'pay' | 'pyo' | 'rfd' | 'inv' | 'crn' | 'rat' | 'mai' | 'req' | 'dsp' | 'evd' | 'whe' | 'whd' | 'evt' | 'rec' | 'prp' | 'bst' | 'bln' | 'ibc' | 'cbk' | 'str' | 'trm' | 'exc' | 'mat' | 'srh' | 'mdl' | 'apv' | 'tpl' | 'tsc' | 'trn' | 'tst' | 'wsh' | 'rbl' | 'clm' | 'clp';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A ULID: 10 characters of time, 16 of chance, so that ids sort by age and cannot be guessed one from another.
 *
 * @param at Milliseconds since 1970.
 * @param chance 16 bytes of randomness; five bits of each are used.
 */
export function ulid(at: number, chance: Uint8Array): string {
  let time = '';
  for (let rest = at, i = 0; i < 10; i += 1, rest = Math.floor(rest / 32)) time = (alphabet[rest % 32] ?? '') + time;
  return time + Array.from(chance.subarray(0, 16), (byte) => alphabet[byte % 32]).join('');
}
