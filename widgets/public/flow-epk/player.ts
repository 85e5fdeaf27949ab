import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { clock } from '../../core/format-days.ts';
import type { Site } from '../../core/site.ts';

/** A recording of a press kit. */
export interface Track {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly durationSeconds: number | null;
}
type Host = HTMLElement & ReactiveControllerHost & { readonly site: Site; readonly renderRoot: HTMLElement | DocumentFragment };

/** How far an arrow leads within a recording, in seconds. */
const STEP_S = 5;
/** How long before the end the next recording begins to load, in seconds. */
const AHEAD_S = 30;

/** How to hush whichever player of the page sounds: one at a time. */
let hush: (() => void) | undefined;

/**
 * Plays the recordings of a press kit, one after the other without a gap: the next loads while this one ends. It comes with the first
 * click, which already plays.
 */
export class Player {
  /** The recording that was last played. */
  track = '';
  playing = false;
  readonly #host: Host;
  readonly #tracks: readonly Track[];
  readonly #dead = new Set<string>();
  #audio = new Audio();
  #next: HTMLAudioElement | undefined;
  #seconds = 0;
  #drawn = false;

  constructor(host: Host, tracks: readonly Track[]) {
    this.#host = host;
    this.#tracks = tracks;
  }

  /** Takes up a recording that `audio` was told to play. */
  take({ id }: Track, audio: HTMLAudioElement): void {
    const before = this.#audio;
    this.#audio = audio;
    if (before !== audio) before.pause();
    Object.assign(this, { track: id, playing: !audio.paused });
    this.#seconds = 0;
    this.#drawn = false;
    this.#next = undefined;
    const mine = (heard: () => void) => () => { if (this.#audio === audio && this.track === id) { heard(); this.#host.requestUpdate(); } };
    const failed = (): void => { this.#dead.add(id); this.playing = false; };
    const ear = { signal: this.#ear(), capture: false };
    audio.addEventListener('play', mine(() => { this.#alone(); this.playing = true; this.#dead.delete(id); }), ear);
    audio.addEventListener('pause', mine(() => { this.playing = false; }), ear);
    audio.addEventListener('error', mine(failed), ear);
    audio.addEventListener('ended', mine(() => { this.#seconds = 0; this.#advance(); }), ear);
    audio.addEventListener('timeupdate', mine(() => { this.#seconds = Math.floor(audio.currentTime); this.#prepare(); }), ear);
    if (audio.error) failed(); else this.#alone();
    this.#host.requestUpdate();
    // A short one may be over before we are here.
    if (audio.ended) { this.#advance(); return; }
    void this.#draw(audio);
  }

  /** Its button was pressed: it plays, or stops for a while. */
  press(track: Track): void {
    if (this.track === track.id && !this.#audio.error) {
      if (this.#audio.paused) void this.#audio.play().catch(() => undefined); else this.#audio.pause();
      return;
    }
    const audio = new Audio(track.url);
    void audio.play().catch(() => undefined);
    this.take(track, audio);
  }

  /** Nothing sounds any more. */
  readonly hush = (): void => { this.#audio.pause(); };

  /** What stands below the title of a recording: where it is, or why it is silent. */
  below({ id, title, durationSeconds }: Track): TemplateResult | typeof nothing {
    const { say } = this.#host.site;
    if (this.#dead.has(id)) return html`<small class="muted" role="status">${say('audioDead')}</small>`;
    if (this.track !== id) return nothing;
    const max = durationSeconds ?? (Number.isFinite(this.#audio.duration) ? Math.floor(this.#audio.duration) : 0);
    return html`<div class="wave" aria-hidden="true" ?hidden=${!this.#drawn}></div>
      <input class="seek ${this.#drawn ? 'over' : ''}" type="range" min="0" max=${max} step="1" aria-label=${say('seek', { title })} aria-valuetext="${clock(this.#seconds)} / ${clock(max)}" .value=${String(this.#seconds)} @input=${this.#seek}>`;
  }

  /** Where it is, as `0:12 / `; empty for a recording that is not the one. */
  at = (id: string): string => (this.track === id && !this.#dead.has(id) ? `${clock(this.#seconds)} / ` : '');

  /** Up and down lead from recording to recording, left and right within the one that plays; all other keys are the page's. */
  key(event: KeyboardEvent): void {
    const from = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const used = from.localName === 'input' ? event.key === ' ' && this.#toggle() : this.#move(from, event.key);
    if (used) event.preventDefault();
  }

  #toggle(): boolean {
    const track = this.#tracks.find(({ id }) => id === this.track);
    if (track) this.press(track);
    return true;
  }

  #move(from: HTMLElement, key: string): boolean {
    const buttons = [...this.#host.renderRoot.querySelectorAll<HTMLElement>('.track > button')];
    const at = buttons.indexOf(from);
    const way = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (way) {
      const to = buttons[at + way];
      to?.focus();
      return to !== undefined;
    }
    const by = key === 'ArrowRight' ? STEP_S : key === 'ArrowLeft' ? -STEP_S : 0;
    if (!by || this.#tracks[at]?.id !== this.track) return false;
    this.#audio.currentTime = Math.max(0, this.#audio.currentTime + by);
    return true;
  }

  readonly #seek = ({ target }: Event): void => { this.#audio.currentTime = Number((target as HTMLInputElement).value); };

  get #following(): Track | undefined {
    return this.#tracks[this.#tracks.findIndex(({ id }) => id === this.track) + 1];
  }

  /** Near the end, the next recording loads. */
  #prepare(): void {
    const { currentTime, duration } = this.#audio;
    const next = this.#following;
    if (!next || this.#next || this.#dead.has(next.id) || !(duration - currentTime < AHEAD_S)) return;
    this.#next = Object.assign(new Audio(), { preload: 'auto', src: next.url });
  }

  #advance(): void {
    const next = this.#following;
    if (!next) return;
    const old = this.#audio;
    const audio = this.#next ?? new Audio(next.url);
    audio.play().catch(() => {
      // Where only the element that was clicked may sound, it plays on with the next recording.
      if (audio.error || this.#audio !== audio) return;
      old.src = next.url;
      void old.play().catch(() => undefined);
      this.take(next, old);
    });
    this.take(next, audio);
  }

  #alone(): void {
    if (hush !== this.hush) hush?.();
    ({ hush } = this);
  }

  #hearing = new AbortController();
  #ear(): AbortSignal {
    this.#hearing.abort();
    this.#hearing = new AbortController();
    return this.#hearing.signal;
  }

  /** The wave is a picture of what already plays: where it cannot be drawn, the plain slider stays. */
  async #draw(audio: HTMLAudioElement): Promise<void> {
    try {
      const { drawWave } = await import('./wave.ts');
      await this.#host.updateComplete;
      const box = this.#host.renderRoot.querySelector<HTMLElement>('.wave');
      if (!box || this.#audio !== audio) return;
      await drawWave(box, audio, this.#host.site.nonce);
      this.#drawn = this.#audio === audio;
      this.#host.requestUpdate();
    } catch {
      this.#drawn = false;
    }
  }
}
