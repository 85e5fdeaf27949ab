/** Where an organisation is at home: its country and its clock. */
export interface Home {
  /** ISO 3166-1, two letters. */
  readonly country: 'FR' | 'BE' | 'CH' | 'LU';
  /** IANA name. */
  readonly timeZone: string;
}

/** The countries whose law of shows and of their tax we know, and may be written into an organisation. */
const served: readonly string[] = ['FR', 'BE', 'CH', 'LU'];

/** Whether an organisation may be at home there. */
export const countryIsServed = (country: string): boolean => served.includes(country);

const abroad: Readonly<Record<string, Home>> = {
  B: { country: 'BE', timeZone: 'Europe/Brussels' },
  C: { country: 'CH', timeZone: 'Europe/Zurich' },
  L: { country: 'LU', timeZone: 'Europe/Luxembourg' },
};

/** By the first three digits of the commune's INSEE code. */
const overseas: Readonly<Record<string, string>> = {
  971: 'America/Guadeloupe', 972: 'America/Martinique', 973: 'America/Cayenne', 974: 'Indian/Reunion', 975: 'America/Miquelon', 976: 'Indian/Mayotte',
  977: 'America/St_Barthelemy', 978: 'America/Marigot', 986: 'Pacific/Wallis', 987: 'Pacific/Tahiti', 988: 'Pacific/Noumea',
};

/** The home that a commune's code tells; codes of `scripts/places.mjs`: INSEE in France, else a letter for the country. Without one, Paris. */
export const homeOf = (insee: string): Home => abroad[insee.charAt(0)] ?? { country: 'FR', timeZone: overseas[insee.slice(0, 3)] ?? 'Europe/Paris' };
