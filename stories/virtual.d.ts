/** The manifest of the public elements, made from their source as `/v1/custom-elements.json` is. Storybook's own build has it. */
declare module 'virtual:custom-elements' {
  export interface Row { readonly name: string; readonly description?: string; readonly type?: { readonly text: string } }
  interface Element extends Row, Readonly<Record<'attributes' | 'events' | 'cssParts' | 'cssProperties' | 'slots', readonly Row[]>> {
    readonly tagName: string;
    readonly members: readonly (Row & { readonly kind: string })[];
  }
  export const manifest: { readonly modules: readonly { readonly path: string; readonly declarations: readonly Element[] }[] };
}
