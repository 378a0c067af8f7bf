/** What is used here of WebAssembly's interface (https://webassembly.github.io/spec/js-api/), which Node's own types leave to the library of browsers. */
declare namespace WebAssembly {
  type Exports = Readonly<Record<string, unknown>>;
  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  class Global {
    value: number;
  }
  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  const Module: {
    new (bytes: Uint8Array): Module;
    exports(module: Module): readonly { readonly name: string }[];
    imports(module: Module): readonly { readonly module: string; readonly name: string }[];
  };
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
  }
  class RuntimeError extends Error {}
}
