/** Which row an organisation has. Ids lie beside each other and are found by their hash: a map would take a third more memory of a profile. */
export interface Directory {
  /** Its row, or -1. */
  readonly rowOf: (id: string) => number;
  readonly idOf: (row: number) => string;
  readonly put: (id: string, row: number) => void;
  /** Takes an organisation out; its row may be given to another. */
  readonly drop: (id: string) => void;
  readonly size: () => number;
}

const gone = -2;

/** A directory that has room for `rows`. */
export function openDirectory(rows: number): Directory {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 1.6)));
  const slots = new Int32Array(size).fill(-1);
  const ids: string[] = [];
  let count = 0;
  /** Where an id stands, or where it would: the first free slot on its way. */
  const find = (id: string): number => {
    let free = -1;
    for (let at = hash(id) & (size - 1); ; at = (at + 1) & (size - 1)) {
      const row = slots[at] ?? -1;
      if (row === -1) return free === -1 ? at : free;
      if (row === gone) free = free === -1 ? at : free;
      else if (ids[row] === id) return at;
    }
  };
  return {
    rowOf: (id) => {
      const row = slots[find(id)] ?? -1;
      return row >= 0 ? row : -1;
    },
    idOf: (row) => ids[row] ?? '',
    put: (id, row) => {
      const at = find(id);
      if ((slots[at] ?? -1) < 0) count += 1;
      slots[at] = row;
      ids[row] = id;
    },
    drop: (id) => {
      const at = find(id);
      const row = slots[at] ?? -1;
      if (row < 0) return;
      slots[at] = gone;
      ids[row] = '';
      count -= 1;
    },
    size: () => count,
  };
}

/** FNV-1a over the letters of an id. */
function hash(id: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
