/** For each language, those that its readers read best after it. */
export const NEAR = { fr: ['en', 'nl', 'de'], en: ['fr', 'de', 'nl'], nl: ['en', 'de', 'fr'], de: ['en', 'nl', 'fr'] } as const;
