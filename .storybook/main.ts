import type { StorybookConfig } from '@storybook/web-components-vite';
import { basemap } from '../scripts/basemap.mjs';
import { makeManifest } from '../scripts/manifest.mjs';

/** The manifest, read from the source whenever Storybook starts. */
const customElements = {
  name: 'custom-elements',
  resolveId: (id: string) => (id === 'virtual:custom-elements' ? `\0${id}` : undefined),
  load: (id: string) => (id === '\0virtual:custom-elements' ? `export const manifest = ${JSON.stringify(makeManifest())};` : undefined),
};

export default {
  stories: ['../stories/*.stories.ts'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: { name: '@storybook/web-components-vite', options: {} },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (config) => ({ ...config, plugins: [...(config.plugins ?? []), basemap(), customElements] }),
} satisfies StorybookConfig;
