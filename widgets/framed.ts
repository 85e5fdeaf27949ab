import { joinHost } from './core/frame.ts';

/*
 * The script of a whole page of ours that stands in somebody's plain frame: it tells the page around it how tall it is. A page that anybody may
 * frame says `*` for its hosts: it shows what is public, and its height is all that ever leaves it.
 */

if (window.parent !== window) {
  const hosts = (document.querySelector<HTMLMetaElement>('meta[name=flow-host]')?.content ?? '').split(' ').filter(Boolean);
  // A page around us that runs no script of ours gave the frame a height of its own.
  joinHost([location.origin, ...hosts], { looked: () => undefined }).other.catch(() => undefined);
}
