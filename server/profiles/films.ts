/** A film elsewhere, as an artist names it: the address of its page, and a title. */
export interface Film {
  readonly url: string;
  readonly title: string;
}

/** Where a film stands, and how it may be shown: in a frame of its provider, by our own player, or by a link alone. */
export interface FilmPlace {
  readonly provider: 'youtube' | 'vimeo' | 'peertube' | 'file' | 'elsewhere';
  /** Whom a visitor's browser would ask: `www.youtube-nocookie.com`. */
  readonly host: string;
  /** What a frame or a player loads; null when only a link leads there. */
  readonly embed: string | null;
}

const peertube = /^\/(?:w|videos\/watch|videos\/embed)\/([\w-]{8,64})$/;

/**
 * Where a film stands, by the address of its page. YouTube is asked at its address without cookies, Vimeo not to track; PeerTube is known
 * by the form of its addresses, wherever it runs. Null for what is no https address.
 */
export function filmAt(url: string): FilmPlace | null {
  const at = URL.canParse(url) ? new URL(url) : null;
  if (at?.protocol !== 'https:' || at.username || at.password) return null;
  const { pathname, searchParams, hostname, host } = at;
  const name = hostname.replace(/^(?:www|m|music)\./, '');
  const frame = (provider: FilmPlace['provider'], embed: string): FilmPlace => ({ provider, host: new URL(embed).host, embed });
  if (name === 'youtube.com' || name === 'youtu.be' || name === 'youtube-nocookie.com') {
    const id = name === 'youtu.be' ? pathname.slice(1) : searchParams.get('v') ?? /^\/(?:shorts|embed|live)\/([^/]+)/.exec(pathname)?.[1] ?? '';
    if (/^[\w-]{11}$/.test(id)) return frame('youtube', `https://www.youtube-nocookie.com/embed/${id}`);
  } else if (name === 'vimeo.com' || name === 'player.vimeo.com') {
    const [, id, hash] = /^\/(?:video\/)?(\d{5,12})(?:\/([0-9a-f]{6,20}))?$/.exec(pathname) ?? [];
    const key = hash ?? searchParams.get('h');
    if (id) return frame('vimeo', `https://player.vimeo.com/video/${id}?dnt=1${key && /^[0-9a-f]{6,20}$/.test(key) ? `&h=${key}` : ''}`);
  } else if (/\.(?:mp4|webm)$/i.test(pathname)) {
    return frame('file', at.href);
  } else {
    const id = peertube.exec(pathname)?.[1];
    if (id) return frame('peertube', `https://${host}/videos/embed/${id}`);
  }
  return { provider: 'elsewhere', host, embed: null };
}
