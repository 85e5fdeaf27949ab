/** What a phrase may be: words with `{figures}` in them, or one form for one and one for several, by the figure `n`. */
export type Phrase = string | { readonly one: string; readonly other: string };
