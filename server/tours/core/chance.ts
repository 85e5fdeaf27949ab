/** Chance of the search, in integers of 32 bits: xorshift32 (G. Marsaglia, Journal of Statistical Software 8(14), 2003). The same numbers for the same seed on every machine. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds are drawn apart; the state is never zero.
    this.state = (Math.imul(seed ^ (seed >>> 16), 0x45d9f3b) ^ 0x6d2b79f5) | 0 || 1;
    for (let i = 0; i < 8; i += 1) this.bits();
  }

  /** Thirty-two bits. */
  bits(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return x;
  }

  /** 0 to below 1. */
  share(): number { return (this.bits() >>> 0) / 0x1_0000_0000; }

  /** 0 to below `count`. */
  below(count: number): number { return Math.trunc((this.bits() >>> 0) * count / 0x1_0000_0000); }
}
