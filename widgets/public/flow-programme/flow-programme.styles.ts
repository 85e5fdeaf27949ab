import { css } from 'lit';

export const styles = css`
:host { min-height: 480px }
.turn { margin-top: 16px }`;
