import {
  emnapiAsyncWorkPlugin,
  emnapiTSFNPlugin,
  getDefaultContext,
  instantiateNapiModuleSync,
} from '@napi-rs/wasm-runtime';
import { readFileSync } from 'node:fs';
import { isBinding, webAssemblyFile, type Binding } from './binding.ts';

/** What oxc's module asks for at least, in pages of 64 KiB. */
const PAGES = 1024;
const MOST_PAGES = 65536;

/** WASI's code for a file descriptor that is not there (https://github.com/WebAssembly/WASI, `errno`). */
const BADF = 8;

/**
 * Starts oxc's WebAssembly. It sees no file, no variable of the environment and no stream: all that it is given of
 * its system are random numbers for its hash tables. Node's own WASI would print a warning.
 *
 * @throws RangeError in `parseSync` where the stack does not suffice. The instance is of no use after that.
 */
export function webAssemblyBinding(): Binding {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: MOST_PAGES });
  const system = systemWith(memory);
  const { napiModule } = instantiateNapiModuleSync(readFileSync(webAssemblyFile()), {
    context: getDefaultContext(),
    plugins: [emnapiAsyncWorkPlugin, emnapiTSFNPlugin],
    wasi: {
      initialize: ({ exports }) => {
        call(exports, '_initialize');
      },
    },
    overwriteImports: ({ env, napi, emnapi }) => ({
      env: { ...env, ...napi, ...emnapi, memory },
      wasi_snapshot_preview1: system,
    }),
    beforeInit: ({ instance: { exports } }) => {
      for (const name of Object.keys(exports)) if (name.startsWith('__napi_register__')) call(exports, name);
    },
  });
  if (!isBinding(napiModule.exports)) throw new Error('oxc’s WebAssembly has no parser');
  return napiModule.exports;
}

/** The functions of WASI that oxc imports (https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md). */
function systemWith(memory: WebAssembly.Memory): Readonly<Record<string, unknown>> {
  return {
    random_get(start: number, length: number): number {
      crypto.getRandomValues(new Uint8Array(memory.buffer, start, length));
      return 0;
    },
    environ_sizes_get(count: number, size: number): number {
      const view = new DataView(memory.buffer);
      for (const address of [count, size]) view.setUint32(address, 0, true);
      return 0;
    },
    environ_get: () => 0,
    fd_write: () => BADF,
    proc_exit(code: number): never {
      throw new Error(`oxc’s WebAssembly ended with code ${code}`);
    },
  };
}

function call(exports: WebAssembly.Exports, name: string): void {
  const value = exports[name];
  if (typeof value === 'function') Reflect.apply(value, undefined, []);
}
