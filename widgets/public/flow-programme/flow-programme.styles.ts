import { css } from 'lit';

export const styles = css`
:host { min-height: var(--flow-room, 480px) !important }
.turn { margin-top: 16px }`;
