import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import { manifest } from 'virtual:custom-elements';

/*
 * Every story is also a test: what axe finds wrong fails it (CO-17 asks the same of the pages). Stories speak French unless they say otherwise.
 * Controls are those of the manifest, in the stories that take them: "With controls".
 */
document.documentElement.lang = 'fr';
setCustomElementsManifest(manifest);

export default {
  parameters: { a11y: { test: 'error' }, controls: { disable: true, expanded: true } },
} satisfies Preview;
