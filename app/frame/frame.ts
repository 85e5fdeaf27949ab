import { joinHost, type HostSide } from '../../widgets/core/frame.ts';

/** How long the page around us may take to say how to look, in milliseconds: then the frame opens as it is. */
const PATIENCE_MS = 2_000;

/** The pages that may stand around this frame, as the server says for the key of the address; our own too. */
const hosts = (): readonly string[] => [location.origin, ...(document.querySelector<HTMLMetaElement>('meta[name=flow-host]')?.content ?? '').split(' ').filter(Boolean)];

/** What the page around us may be told. */
type Told = Pick<HostSide, 'acted' | 'closed'>;

/** Joins the page around us, and takes its language and theme. Opened in a tab of its own, a frame has nobody to tell. */
export async function joinPage(): Promise<(name: keyof Told) => void> {
  if (window.parent === window) return () => undefined;
  document.documentElement.classList.add('framed');
  const { other } = joinHost(hosts(), { looked: () => undefined });
  const look = other.then((host) => host.look()).catch(() => null);
  const answer = await Promise.race([look, new Promise<null>((resolve) => { setTimeout(resolve, PATIENCE_MS, null); })]);
  if (answer) dress(answer);
  return (name) => { other.then((host) => host[name]()).catch(() => undefined); };
}

/** Puts on a language and a theme, before anything is shown. */
export function dress({ locale, theme }: { locale: string; theme: string }): void {
  document.documentElement.lang = locale;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
}
