import { joinHost, type HostSide, type Joined } from '../../widgets/core/frame.ts';

/** The pages that may stand around this frame, as the server says for the key of the address; our own too. */
export const hosts = (): readonly string[] => [location.origin, ...(document.querySelector<HTMLMetaElement>('meta[name=flow-host]')?.content ?? '').split(' ').filter(Boolean)];

/** Joins the page around us. Takes its language and theme; without an answer, the frame goes on in its own. */
export async function joinPage(): Promise<Joined<HostSide>> {
  document.documentElement.classList.add('framed');
  const joined = joinHost(hosts(), { looked: () => undefined });
  const look = await joined.other.then((host) => host.look()).catch(() => null);
  if (look) dress(look);
  return joined;
}

/** Puts on a language and a theme, before anything is shown. */
export function dress({ locale, theme }: { locale: string; theme: string }): void {
  document.documentElement.lang = locale;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
}
