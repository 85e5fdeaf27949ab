import type { Draw } from './drawing.ts';

/** Where a page lets nobody begin a worker (Trusted Types), the library would fail again and again in the page's console: it is asked once. @throws TypeError */
function mayWork(): void {
  const nothing = URL.createObjectURL(new Blob([], { type: 'text/javascript' }));
  try {
    new Worker(nothing).terminate();
  } finally {
    URL.revokeObjectURL(nothing);
  }
}

/** Draws with the graphics card where there is one, else as a drawing; throws when neither can be had, and the list alone stands. */
export const drawMap: Draw = async (drawing) => {
  try {
    mayWork();
    return await (await import('./map-gl.ts')).draw(drawing);
  } catch {
    drawing.box.replaceChildren();
    return (await import('./map-svg.ts')).draw(drawing);
  }
};
