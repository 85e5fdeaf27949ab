import type { Preview } from '@storybook/web-components-vite';

/* Every story is also a test: what axe finds wrong fails it (CO-17 asks the same of the pages). Stories speak French unless they say otherwise. */
document.documentElement.lang = 'fr';

export default {
  parameters: { a11y: { test: 'error' }, controls: { disable: true } },
} satisfies Preview;
