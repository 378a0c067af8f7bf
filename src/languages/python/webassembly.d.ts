/** What is used here of WebAssembly's interface (https://webassembly.github.io/spec/js-api/), which no library of types without a browser has. */
declare namespace WebAssembly {
  class Global {
    value: number;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
  }
  class Module {
    constructor(bytes: Uint8Array);
    static exports(module: Module): readonly { readonly name: string }[];
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class RuntimeError extends Error {}

  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

}
