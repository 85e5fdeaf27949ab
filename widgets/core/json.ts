/**
 * What is sent or kept, as JSON: plain data, without dates. Old libraries on partners' pages give every array a `toJSON` that writes
 * it twice over: the replacer puts each value as it is in the place of what that made of it.
 */
export const toJson = (value: unknown): string => JSON.stringify(value, function own(this: Readonly<Record<string, unknown>>, key: string) { return this[key]; });
