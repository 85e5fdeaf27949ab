import type { Draw } from './drawing.ts';

/** Draws with the graphics card where there is one, else as a drawing; throws when neither can be had, and the list alone stands. */
export const drawMap: Draw = async (drawing) => {
  try {
    return await (await import('./map-gl.ts')).draw(drawing);
  } catch {
    drawing.box.replaceChildren();
    return (await import('./map-svg.ts')).draw(drawing);
  }
};
