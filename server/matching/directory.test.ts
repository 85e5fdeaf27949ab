import { expect, test } from 'vitest';
import { ulid } from '../core/ids.ts';
import { rng } from '../core/rng.ts';
import { directoryOver, layDirectory } from './directory.ts';

const next = rng(3);
const idAt = (ms: number) => `org_${ulid(ms, Uint8Array.from({ length: 16 }, () => Math.floor(next() * 256)))}`;

test('ids that come and go have the rows that a map says they have (MA-09)', () => {
  const memory = layDirectory(600);
  const directory = directoryOver(memory);
  const known = new Map<string, number>();
  const free = Array.from({ length: 599 }, (_, i) => i + 1);
  for (let turn = 0; turn < 20_000; turn += 1) {
    if (next() < 0.55 && free.length > 0) {
      const id = next() < 0.1 ? `org_odd_${turn}` : idAt(1_700_000_000_000 + Math.floor(next() * 50));
      const row = free.pop() ?? 0;
      directory.put(id, row);
      known.set(id, row);
    } else if (known.size > 0) {
      const [id, row] = [...known][Math.floor(next() * known.size)] ?? ['', 0];
      directory.drop(id);
      known.delete(id);
      free.push(row);
      expect(directory.rowOf(id)).toBe(-1);
      expect(directory.idOf(row)).toBe('');
    }
    if (turn % 1_000 === 0) for (const [id, row] of known) expect([directory.rowOf(id), directory.idOf(row)]).toEqual([row, id]);
    expect(directory.size()).toBe(known.size);
  }
  // Another thread over the same memory knows the same.
  const other = directoryOver({ ...memory, odd: new Map(memory.odd) });
  for (const [id, row] of known) expect([other.rowOf(id), other.idOf(row)]).toEqual([row, id]);
});

test.each(['org_7ZZZZZZZZZZZZZZZZZZZZZZZZZ', 'org_00000000000000000000000001', 'org_01HZY8N3QK5V7W9XABCDEFGHJM', 'org_8ZZZZZZZZZZZZZZZZZZZZZZZZZ', 'org_01HZY8N3QK5V7W9XABCDEFGHIL', 'org_', '', 'org_é', 'usr_01HZY8N3QK5V7W9XABCDEFGHJM'])('“%s” comes back as it was written', (id) => {
  const directory = directoryOver(layDirectory(8));
  expect(directory.rowOf(id)).toBe(-1);
  directory.put(id, 3);
  expect([directory.rowOf(id), directory.idOf(3), directory.size()]).toEqual([3, id, 1]);
});
