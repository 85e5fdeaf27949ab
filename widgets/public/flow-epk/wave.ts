import WaveSurfer from 'wavesurfer.js';

/**
 * Draws the wave of what a media element plays; the element stays the player. Throws where the page's policy lets no library
 * write markup (Trusted Types). The library writes a `<style>`, which a strict policy would refuse and report: it is written
 * outside the page, and adopted before it comes in.
 */
export async function drawWave(box: HTMLElement, media: HTMLMediaElement, nonce: string): Promise<void> {
  const colour = (role: string): string => {
    box.style.color = `var(--${role})`;
    const { color } = getComputedStyle(box);
    box.style.color = '';
    return color;
  };
  const aside = document.createElement('div');
  const wave = WaveSurfer.create({
    container: aside, media, height: 44, barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 0, interact: false,
    waveColor: colour('edge'), progressColor: colour('accent'), ...(nonce && { cspNonce: nonce }),
  });
  const root = wave.getWrapper().getRootNode() as ShadowRoot;
  const own = root.querySelector('style');
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(own?.textContent ?? '');
  own?.remove();
  root.adoptedStyleSheets = [sheet];
  box.replaceChildren(aside);
  await new Promise<void>((resolve, reject) => {
    wave.once('ready', () => { resolve(); });
    wave.once('error', (fault) => { wave.destroy(); reject(fault); });
  });
}
