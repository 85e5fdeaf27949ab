/** Which row an organisation has. Ids lie beside each other in memory that threads share: as texts in a map they would take more than all else that is known of a profile. */
export interface Directory {
  /** Its row, or -1. */
  readonly rowOf: (id: string) => number;
  /** The organisation of a row, '' of one that has none. */
  readonly idOf: (row: number) => string;
  readonly put: (id: string, row: number) => void;
  /** Takes an organisation out; its row may be given to another. */
  readonly drop: (id: string) => void;
  readonly size: () => number;
}

/** The memory of a directory. It crosses to threads as it is. */
export interface DirectoryMemory {
  /** Rows by the hash of their ids; [0] is how many there are. */
  readonly slots: SharedArrayBuffer;
  /** The 128 bits of each row's ULID. */
  readonly ids: SharedArrayBuffer;
  /** Ids that are no `org_` and ULID, and their rows: few, and of this process alone. */
  readonly odd: Map<string, number>;
}

const empty = -1;

/** Memory for ids of `rows` rows. */
export function layDirectory(rows: number): DirectoryMemory {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 1.5)));
  const slots = new SharedArrayBuffer((size + 1) * 4);
  new Int32Array(slots).fill(empty, 1);
  return { slots, ids: new SharedArrayBuffer(rows * 16), odd: new Map() };
}

const prefix = 'org_';
/** Crockford's alphabet, as `core/ids.ts` writes it. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const values = new Int8Array(128).fill(-1);
for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;

/** Lays an id's ULID out in four words, and says whether it is one: 26 letters of five bits, of which the first has three. */
function pack(id: string, into: Uint32Array): boolean {
  if (id.length !== 30 || !id.startsWith(prefix)) return false;
  into.fill(0);
  for (let i = 0; i < 26; i += 1) {
    const code = id.charCodeAt(4 + i);
    const value = code < 128 ? values[code] ?? -1 : -1;
    if (value < 0 || (i === 0 && value > 7)) return false;
    // The letter's highest bit of 128, counted from the left; the first letter's upper two bits lie outside.
    const from = i * 5 - 2;
    const [word, shift] = [(from + 4) >> 5, 27 - ((from + 32) & 31)];
    if (shift >= 0) into[word] = (into[word] ?? 0) | (value << shift);
    else {
      into[word - 1] = (into[word - 1] ?? 0) | (value >>> -shift);
      into[word] = (into[word] ?? 0) | (value << (32 + shift));
    }
  }
  return true;
}

function unpack(words: Uint32Array, at: number): string {
  let id = prefix;
  for (let i = 0; i < 26; i += 1) {
    let value = 0;
    for (let bit = i * 5 - 2; bit < i * 5 + 3; bit += 1) value = (value << 1) | (bit < 0 ? 0 : ((words[at + (bit >> 5)] ?? 0) >>> (31 - (bit & 31))) & 1);
    id += alphabet[value] ?? '';
  }
  return id;
}

/** The directory over such memory. */
export function directoryOver({ slots: slotMemory, ids: idMemory, odd }: DirectoryMemory): Directory {
  const slots = new Int32Array(slotMemory as unknown as ArrayBuffer, 4);
  const count = new Int32Array(slotMemory as unknown as ArrayBuffer, 0, 1);
  const ids = new Uint32Array(idMemory as unknown as ArrayBuffer);
  const oddRows = new Map([...odd].map(([id, row]) => [row, id]));
  const mask = slots.length - 1;
  const key = new Uint32Array(4);
  const isAt = (row: number): boolean => ids[row * 4] === key[0] && ids[row * 4 + 1] === key[1] && ids[row * 4 + 2] === key[2] && ids[row * 4 + 3] === key[3];
  /** Where the packed key stands, or where it would. */
  const find = (): number => {
    for (let at = hash(key, 0) & mask; ; at = (at + 1) & mask) {
      const row = slots[at] ?? empty;
      if (row === empty || isAt(row)) return at;
    }
  };
  /** Empties a slot, and moves those up that stand behind it because it was taken: no slot is lost, however many come and go. */
  const close = (slot: number): void => {
    let hole = slot;
    for (let at = (slot + 1) & mask; ; at = (at + 1) & mask) {
      const row = slots[at] ?? empty;
      if (row === empty) break;
      const home = hash(ids, row * 4) & mask;
      if (hole <= at ? hole < home && home <= at : hole < home || home <= at) continue;
      slots[hole] = row;
      hole = at;
    }
    slots[hole] = empty;
  };
  return {
    rowOf: (id) => {
      if (!pack(id, key)) return odd.get(id) ?? -1;
      const row = slots[find()] ?? empty;
      return row >= 0 ? row : -1;
    },
    idOf: (row) => {
      const own = ids.subarray(row * 4, row * 4 + 4);
      return own.some((word) => word !== 0) ? unpack(ids, row * 4) : oddRows.get(row) ?? '';
    },
    put: (id, row) => {
      if (!pack(id, key)) {
        if (!odd.has(id)) count[0] = (count[0] ?? 0) + 1;
        odd.set(id, row);
        oddRows.set(row, id);
        return;
      }
      const at = find();
      if ((slots[at] ?? empty) < 0) count[0] = (count[0] ?? 0) + 1;
      slots[at] = row;
      ids.set(key, row * 4);
    },
    drop: (id) => {
      const packed = pack(id, key);
      const at = packed ? find() : -1;
      const row = packed ? slots[at] ?? empty : odd.get(id) ?? -1;
      if (row < 0) return;
      if (packed) close(at);
      odd.delete(id);
      oddRows.delete(row);
      ids.fill(0, row * 4, row * 4 + 4);
      count[0] = (count[0] ?? 0) - 1;
    },
    size: () => count[0] ?? 0,
  };
}

/** The words of a ULID mixed: those that were made in one millisecond differ in the last ones alone. */
function hash(words: Uint32Array, from: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < from + 4; i += 1) {
    h = Math.imul(h ^ (words[i] ?? 0), 0x85ebca6b);
    h ^= h >>> 15;
  }
  return Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
}
