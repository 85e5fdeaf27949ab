import { assert } from '@open-wc/testing';
import { contrast, parse, type Colour } from './colour.ts';
import { hostLook, tokensFor } from './look.ts';
import { PALETTES } from './theme.ts';

const colour = (css: string): Colour => parse(css) ?? assert.fail(`${css} is no colour`);

for (const [name, palette] of Object.entries(PALETTES)) {
  it(`every pair of the ${name} theme reads well (NF-13, EM-04)`, () => {
    const text = name === 'contrast' ? 7 : 4.5;
    for (const under of [palette.ground, palette.surface]) {
      for (const role of ['ink', 'muted', 'accent', 'good', 'warn', 'bad'] as const) assert.isAtLeast(contrast(colour(palette[role]), colour(under)), text, `${role} on ${under}`);
      assert.isAtLeast(contrast(colour(palette.edge), colour(under)), 3, `edge on ${under}`);
    }
    assert.isAtLeast(contrast(colour(palette['on-accent']), colour(palette.accent)), text);
  });
}

const hosts: readonly (readonly [name: string, ground: string, ink: string, link: string | null, accent: string | null])[] = [
  ['paper', '#ffffff', '#111111', '#0b57d0', null],
  ['midnight and brass', '#101a38', '#f5ecd9', '#e2b65a', null],
  ['a link too pale to read', '#ffffff', '#333333', '#9ad1ff', null],
  ['no link at all', '#fdf6e6', '#23323a', null, null],
  ['an accent of the page, whatever it is', '#ffffff', '#111111', null, '#ffd400'],
  ['a middle grey', '#767676', '#ffffff', '#000000', null],
];
for (const [name, ground, ink, link, accent] of hosts) {
  it(`the look of a host reads well: ${name} (EM-04)`, () => {
    const tokens = tokensFor({ ground: colour(ground), ink: colour(ink), link: link ? colour(link) : null, accent: accent ? colour(accent) : null });
    const token = (role: string): Colour => {
      const [red = '', green = '', blue = ''] = /rgb\((\d+) (\d+) (\d+)\)/.exec(tokens[role] ?? '')?.slice(1) ?? [];
      return red ? [Number(red), Number(green), Number(blue), 1] : colour(tokens[role] ?? '');
    };
    const own = contrast(colour(ink), colour(ground));
    for (const role of ['muted', 'good', 'warn', 'bad', ...(accent ? [] : ['accent'])]) assert.isAtLeast(contrast(token(role), colour(ground)), Math.min(4.5, own) - 0.01, role);
    assert.isAtLeast(contrast(token('edge'), colour(ground)), 3);
    assert.isAtLeast(contrast(token('on-accent'), token('accent')), 4.5 - 0.01);
  });
}

it('colours are read as browsers write them', () => {
  assert.deepEqual(parse('rgb(16, 26, 56)'), [16, 26, 56, 1]);
  assert.deepEqual(parse('rgba(0, 0, 0, 0)'), [0, 0, 0, 0]);
  assert.deepEqual(parse('color(srgb 1 0.5 0 / 0.25)'), [255, 127.5, 0, 0.25]);
  assert.deepEqual(parse('#ffffff'), [255, 255, 255, 1]);
  assert.isNull(parse('oklch(0.7 0.1 200)'));
});

it('a tick and the sign of a calendar, which the browser draws, are for the ground that they stand on (EM-04)', () => {
  const page = document.createElement('div');
  const guest = document.createElement('div');
  page.append(guest);
  document.body.append(page);
  for (const [ground, scheme] of [['#1b1035', 'dark'], ['#fdf6e6', 'light'], ['transparent', 'light']] as const) {
    page.style.background = ground;
    assert.match(hostLook(guest), new RegExp(`;color-scheme:${scheme}$`), ground);
  }
  page.remove();
});
