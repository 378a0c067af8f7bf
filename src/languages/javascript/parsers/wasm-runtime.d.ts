/** The package ships no types. Its options are those of @emnapi/core; these are the ones that are used here. */
declare module '@napi-rs/wasm-runtime' {
  interface Options {
    readonly context: unknown;
    readonly plugins: readonly unknown[];
    readonly wasi: { readonly initialize: (instance: WebAssembly.Instance) => void };
    readonly overwriteImports: (imports: WebAssembly.Imports) => WebAssembly.Imports;
    readonly beforeInit: (loaded: { readonly instance: WebAssembly.Instance }) => void;
  }
  export const emnapiAsyncWorkPlugin: unknown;
  export const emnapiTSFNPlugin: unknown;
  export function getDefaultContext(): unknown;
  export function instantiateNapiModuleSync(
    wasm: Uint8Array,
    options: Options,
  ): { readonly napiModule: { readonly exports: unknown } };
}
