/** The drawn map that `scripts/basemap.mjs` makes when the bundle is built: import it on use, and only where a real bundle runs. */
declare module 'virtual:basemap' {
  const countries: {
    readonly type: 'FeatureCollection';
    readonly features: readonly {
      readonly type: 'Feature';
      readonly properties: { readonly name: string };
      readonly geometry: { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly (readonly [number, number])[])[])[] };
    }[];
  };
  export default countries;
}
