/** What a buyer does with one booking of a round. */
export type Story = 'pays' | 'declined' | 'asked' | 'debit' | 'bounced' | 'never' | 'late' | 'balance_fails' | 'charged_back' | 'cancels' | 'cancels_late' | 'wont_refund';

/** One booking of a round. */
export interface Deal {
  readonly story: Story;
  readonly price: bigint;
  /** Days from the round's beginning to the show. */
  readonly showIn: number;
  /** Which of the producers plays. */
  readonly artist: number;
  /** The buyer clicks twice at once. */
  readonly twice: boolean;
  /** Milliseconds until the buyer begins. */
  readonly after: number;
}

/** What is ended by `kill -9`, so many milliseconds after a phase of the round began, and how long it stays away. */
export interface Blow {
  readonly at: number;
  readonly what: 'server' | 'database' | 'both';
  readonly away: number;
}

/** A round: what its buyers do, when it is struck, and how the provider behaves until it is over. */
export interface Round {
  readonly deals: readonly Deal[];
  /** One blow in one of the phases, in some rounds one in two. */
  readonly blows: ReadonlyMap<number, Blow>;
  readonly random: () => number;
}

/** The phases of a round, in days after its beginning: buyers pay; balances are charged and deposits lapse; shows are played; all that was left undone comes. */
export const phases = [0, 15, 43, 47] as const;

const stories: readonly Story[] = ['pays', 'pays', 'pays', 'pays', 'declined', 'asked', 'debit', 'bounced', 'never', 'late', 'balance_fails', 'balance_fails', 'charged_back', 'cancels', 'cancels_late', 'wont_refund'];

/** Numbers from 0 to 1 that depend on the seed and the round alone (mulberry32, in the public domain). */
function numbers(seed: number, round: number): () => number {
  let state = (seed ^ Math.imul(round + 1, 0x9E3779B1)) >>> 0;
  return () => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The plan of a round: the same for the same seed and number, whatever came before. */
export function planRound(seed: number, round: number, deals: number): Round {
  const random = numbers(seed, round);
  const whole = (from: number, until: number) => from + Math.floor(random() * (until - from));
  const one = <T>(of: readonly T[]): T => of[whole(0, of.length)] as T;
  const planned = Array.from({ length: deals }, (): Deal => ({
    // From the smallest amounts, where a cent of rounding shows, to every band of commission.
    story: one(stories), price: BigInt(one([whole(1, 2_000), whole(50_000, 500_000), whole(50_000, 500_000), whole(500_000, 6_000_000)])),
    showIn: one([20, 40, 40, 41]), artist: whole(0, 6), twice: random() < 0.3, after: whole(0, 400),
  }));
  const blows = new Map<number, Blow>();
  const strike = (phase: number) => blows.set(phase, { at: whole(0, [1_500, 700, 700, 500][phase] ?? 500), what: one(['server', 'server', 'database', 'database', 'both']), away: whole(0, 300) });
  strike(one([0, 0, 1, 2, 2, 3]));
  if (random() < 0.3) strike(one([0, 1, 2, 3]));
  return { deals: planned, blows, random };
}
