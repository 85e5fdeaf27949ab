import { css } from 'lit';

/**
 * What keeps the room of a public widget, which our loader or the page says (`--flow-room`): no less and, until all is let in, no more:
 * core/fold.ts. What our server drew has its height already, and on paper there is room for all.
 */
export const room = css`
:host { min-height: var(--flow-room, 0) !important } :host([data-whole=drawn]) { min-height: 0 !important }
@media screen { :host(:not([data-whole])) { max-height: var(--flow-room, none) !important; overflow: clip !important } }`;
