import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumArgs, findBrowser } from '../scripts/browser.mjs';

/** Where pictures of the journeys go; set PICTURES to a folder to have them taken. */
const pictures = process.env['PICTURES'] ?? '';

/** Chromium, as the tests start it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: [...chromiumArgs] });
}

/** Somebody's own browser: no cookie is shared with anybody else. What a page throws is kept, since nothing of ours may throw into a host's console. */
export async function newcomer(browser: Browser, how: { width?: number; height?: number; dark?: boolean; /** A screen that is touched. */ touch?: boolean } = {}): Promise<{ context: BrowserContext; page: Page; thrown: string[] }> {
  const context = await browser.newContext({
    viewport: { width: how.width ?? 1280, height: how.height ?? 900 }, locale: 'fr-FR', timezoneId: 'Europe/Paris', colorScheme: how.dark ? 'dark' : 'light', reducedMotion: 'reduce', hasTouch: how.touch ?? false,
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const thrown: string[] = [];
  page.on('pageerror', (error) => { thrown.push(error.message); });
  page.on('console', (message) => { if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) thrown.push(message.text()); });
  return { context, page, thrown };
}

/** Takes a picture of the page as it stands, when pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}
