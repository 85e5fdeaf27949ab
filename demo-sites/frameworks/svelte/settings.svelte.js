const { server, key } = document.documentElement.dataset;

/** What the page says of itself, and the artist that it shows. */
export const settings = $state({ server, partnerKey: key, artist: 'les-vagues-lentes' });
