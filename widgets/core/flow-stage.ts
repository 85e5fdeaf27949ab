import type { FlowEvents } from './events.ts';

/** The one global of ours on a partner's page. */
export interface FlowStage {
  /** The exact version, `1.2.3`. */
  readonly version: string;
  /** The script tag that we came by, or what stands for it where we were imported as a module. @internal */
  readonly script: Pick<HTMLScriptElement, 'src' | 'dataset' | 'nonce'>;
  /** Resolves with the class once the tag works; it does not make it load. */
  readonly ready: (tag: string) => Promise<CustomElementConstructor>;
  /** Loads a tag now: for elements inside other people's shadow roots, which nobody can find from outside. */
  readonly load: (tag: string) => Promise<void>;
  /** Listens to what widgets tell; the answer stops it. */
  readonly on: <Name extends keyof FlowEvents>(event: Name, handler: (event: CustomEvent<FlowEvents[Name]>) => void) => () => void;
}
