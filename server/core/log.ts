import { pino, type Logger } from 'pino';

/** What the log keeps of an error. */
interface Told {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** The places alone. */
  readonly stack: readonly string[];
  readonly causes?: readonly Told[];
}

/**
 * An error as the log keeps it: Prisma's say first what was asked, with every value in it, and only then what went wrong; the former is
 * whose data it is to know.
 */
export function told(error: unknown, depth = 0): Told {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: [] };
  const { name, message, stack = '', cause } = error;
  const { code } = error as { code?: unknown };
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : cause === undefined ? [] : [cause];
  return {
    type: name,
    message: /prisma/i.test(name) ? (message.trim().split('\n').at(-1) ?? '').trim() : message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: stack.split('\n').filter((line) => /^\s+at /.test(line)).map((line) => line.trim()).slice(0, 20),
    ...(inner.length > 0 && depth < 3 ? { causes: inner.map((one) => told(one, depth + 1)) } : {}),
  };
}

/** The log of a process, one JSON object a line. Secrets are left out by name, values of queries by `told`. */
export const openLog = (level: string): Logger =>
  pino({ level, base: null, redact: ['token', 'password', '*.token', '*.password'], serializers: { err: (error: unknown) => told(error) } });
