import { describe, expect, test } from 'vitest';
import { filmAt } from './films.ts';

describe('PR-03: films elsewhere', () => {
  test.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3', 'youtube', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ?si=abc', 'youtube', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['https://m.youtube.com/shorts/dQw4w9WgXcQ', 'youtube', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ'],
    ['https://vimeo.com/76979871', 'vimeo', 'https://player.vimeo.com/video/76979871?dnt=1'],
    ['https://vimeo.com/76979871/8272103f6e', 'vimeo', 'https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e'],
    ['https://peertube.example/w/3dTRNbQPNEQ6GVuTvXHZpc', 'peertube', 'https://peertube.example/videos/embed/3dTRNbQPNEQ6GVuTvXHZpc'],
    ['https://videos.example:8443/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d', 'peertube', 'https://videos.example:8443/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d'],
    ['https://trio.example/films/Live.MP4', 'file', 'https://trio.example/films/Live.MP4'],
    ['https://tele.example/emission/12', 'elsewhere', null],
    ['https://www.youtube.com/@lesvagueslentes', 'elsewhere', null],
    ['https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ', 'elsewhere', null],
  ])('%s', (url, provider, embed) => {
    expect(filmAt(url)).toMatchObject({ provider, embed });
  });

  test('who would be asked is said by name', () => {
    expect(filmAt('https://youtu.be/dQw4w9WgXcQ')?.host).toBe('www.youtube-nocookie.com');
    expect(filmAt('https://tele.example/emission/12')?.host).toBe('tele.example');
  });

  test.each(['http://youtu.be/dQw4w9WgXcQ', 'javascript:alert(1)', 'https://a:b@vimeo.com/76979871', 'data:video/mp4;base64,AAAA', 'nothing'])('%s is none', (url) => {
    expect(filmAt(url)).toBeNull();
  });

  test('what a visitor’s frame loads carries nothing of the address but an id', () => {
    expect(filmAt('https://www.youtube.com/watch?v=dQw4w9WgXcQ"onload=x')?.embed).toBeNull();
    expect(filmAt('https://vimeo.com/76979871?h=<script>')?.embed).toBe('https://player.vimeo.com/video/76979871?dnt=1');
  });
});
