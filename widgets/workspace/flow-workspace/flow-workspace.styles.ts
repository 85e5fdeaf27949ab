import { css } from 'lit';

export const styles = css`
.skip { position: absolute; left: 16px; top: -64px; z-index: 2; padding: 12px 16px; background: var(--ground); border: 1px solid var(--edge) }
.skip:focus { top: 8px }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 24px; justify-content: space-between; padding: 8px max(16px, calc(50cqi - 540px)); border-bottom: 1px solid var(--line) }
.name { font-size: 17px; font-weight: 700; letter-spacing: -.01em; color: var(--ink); text-decoration: none; padding: 10px 0 }
nav { display: none; flex-basis: 100% }
nav.open { display: grid; gap: 12px; padding: 8px 0 16px }
nav ul { display: grid }
nav li a { display: flex; align-items: center; min-height: 44px; color: var(--ink); text-decoration: none; border-top: 1px solid var(--line) }
nav li a:hover { text-decoration: underline }
nav [aria-current] { font-weight: 600; color: var(--accent) }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px }
.org { font-weight: 600 }
select { min-height: 36px; padding: 4px 8px; font-size: 15px; max-width: 240px }
.verify { display: flex; flex-wrap: wrap; gap: 4px 16px; padding: 8px max(16px, calc(50cqi - 540px)); background: var(--surface); border-bottom: 1px solid var(--line); font-size: 13px }
main { padding: 32px max(16px, calc(50cqi - 540px)) 96px; outline: none }
@container flow (min-width: 860px) {
  .menu { display: none }
  header { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 24px; padding-bottom: 0 }
  .name { z-index: 1; grid-area: 1 / 1 }
  nav, nav.open { display: grid; grid: subgrid / subgrid; grid-area: 1 / 1 / 3 / -1; gap: 0; padding: 0 }
  nav ul { grid-area: 2 / 1 / 3 / -1; display: flex; flex-wrap: wrap; gap: 0 20px }
  .who { grid-area: 1 / 2; justify-content: end }
  nav li a { border: 0; border-bottom: 2px solid transparent; border-top: 2px solid transparent }
  nav [aria-current] { border-bottom-color: currentcolor }
  main { padding-top: 48px }
}`;
