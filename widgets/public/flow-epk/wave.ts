import WaveSurfer from 'wavesurfer.js';

/**
 * Draws the wave of what a media element plays; the element stays the player. Throws where the page's policy lets no library
 * write markup. A nonce is for the library's own `<style>`; where a page gives none, the style is adopted instead.
 */
export async function drawWave(box: HTMLElement, media: HTMLMediaElement, nonce: string): Promise<void> {
  const colour = (role: string): string => {
    box.style.color = `var(--${role})`;
    const { color } = getComputedStyle(box);
    box.style.color = '';
    return color;
  };
  const wave = WaveSurfer.create({
    container: box, media, height: 44, barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 0, interact: false,
    waveColor: colour('edge'), progressColor: colour('accent'), ...(nonce && { cspNonce: nonce }),
  });
  const root = wave.getWrapper().getRootNode() as ShadowRoot;
  const own = root.querySelector('style');
  if (own && !nonce) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(own.textContent);
    root.adoptedStyleSheets = [sheet];
  }
  await new Promise<void>((resolve, reject) => {
    wave.once('ready', () => { resolve(); });
    wave.once('error', (fault) => { wave.destroy(); reject(fault); });
  });
}
