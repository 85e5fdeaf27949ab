import { pageSite } from '../../widgets/core/site.ts';
import { open } from '../page.ts';

await open('notFoundTitle');
// Until here, and without scripts, it stands in both languages.
const { sayOwn: say } = pageSite();
const [title, how, back] = ['h1', 'main > p', 'main a'].map((one) => document.querySelector<HTMLElement>(one));
if (title && how && back) {
  [title.textContent, how.textContent, back.textContent] = [say('notFoundTitle'), say('notFoundHow'), say('notFoundDo')];
  how.removeAttribute('lang');
}
