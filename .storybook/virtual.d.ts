declare module 'virtual:custom-elements' {
  /** The manifest of the public elements, made from their source as `/v1/custom-elements.json` is. */
  export const manifest: import('../stories/reference.ts').Manifest;
}
