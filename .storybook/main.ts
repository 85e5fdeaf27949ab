import type { StorybookConfig } from '@storybook/web-components-vite';
import { basemap } from '../scripts/basemap.mjs';

export default {
  stories: ['../stories/*.stories.ts'],
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: { name: '@storybook/web-components-vite', options: {} },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (config) => ({ ...config, plugins: [...(config.plugins ?? []), basemap()] }),
} satisfies StorybookConfig;
