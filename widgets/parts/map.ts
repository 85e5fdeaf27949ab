import type { Draw } from './drawing.ts';

/** Where a page lets nobody begin a worker (Trusted Types, a policy), the library would fail again and again in the page's console: it is asked once. @throws What the page said. */
async function mayWork(): Promise<void> {
  const nothing = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
  try {
    const worker = new Worker(nothing);
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
    }).finally(() => { worker.terminate(); });
  } finally {
    URL.revokeObjectURL(nothing);
  }
}

/** Draws with the graphics card where there is one, else as a drawing; throws when neither can be had, and the list alone stands. */
export const drawMap: Draw = async (drawing) => {
  try {
    await mayWork();
    return await (await import('./map-gl.ts')).draw(drawing);
  } catch {
    drawing.box.replaceChildren();
    return (await import('./map-svg.ts')).draw(drawing);
  }
};
