/** The package ships no types. Its defaults are npm's own. */
declare module '@pnpm/npm-conf/lib/defaults.js' {
  const settings: { readonly defaults: { readonly registry: string } };
  export default settings;
}
