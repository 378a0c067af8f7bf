import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import type { Comment, OxcError, ParserOptions } from 'oxc-parser';

/** The part of oxc that parses, as machine code or as WebAssembly. */
export interface Binding {
  parseSync(
    file: string,
    text: string,
    options: ParserOptions,
  ): {
    /** The tree, as JSON. */
    readonly program: string;
    readonly comments: readonly Comment[];
    readonly errors: readonly OxcError[];
  };
}

/**
 * Loads oxc's machine code for this platform. oxc-parser's own loader is left out: it lets the environment name what
 * is loaded, starts a process to learn which C library there is, and installs packages on some platforms.
 *
 * @returns undefined where there is none, or it can't be loaded, or it is that of another version: the package for a
 *   platform is optional, and package managers leave it out when they are told so or do not know the platform.
 */
export function nativeBinding(): Binding | undefined {
  const { require, packages } = besideOxc();
  for (const library of LIBRARIES.get(process.platform) ?? []) {
    const name = `${packages}@oxc-parser/binding-${process.platform}-${process.arch}${library}`;
    try {
      if (versionOf(require(`${name}/package.json`)) !== versionOf(require('./package.json'))) continue;
      const binding: unknown = require(name);
      if (isBinding(binding)) return binding;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}

/** @returns The file of oxc's WebAssembly for one thread: it is part of oxc-parser, so it is always there. */
export function webAssemblyFile(): string {
  return besideOxc().require.resolve('./parser.wasm32-wasip1.wasm');
}

/** @returns Whether a value that was loaded has what is needed of oxc. */
export function isBinding(value: unknown): value is Binding {
  return typeof value === 'object' && value !== null && 'parseSync' in value;
}

/** What ends the names of the packages of a platform: the C libraries or toolchains that they are built for. */
const LIBRARIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['linux', ['-gnu', '-musl', '-gnueabihf', '-musleabihf']],
  ['win32', ['-msvc']],
  ['android', ['', '-eabi']],
  ['darwin', ['']],
  ['freebsd', ['']],
  ['openharmony', ['']],
]);

/**
 * Finds oxc-parser and the folder of packages that it stands in: there do package managers put its machine code too. Node
 * would go on in the folders above, which are not the tool's: one in a virtual environment stands in a project, which may
 * bring a `node_modules` of its own. Looking for the folder takes a tenth of the time that Node takes to resolve a name in
 * it, which is left to Yarn's Plug'n'Play, where no folder is there.
 */
function besideOxc(): { readonly require: NodeJS.Require; readonly packages: string } {
  const require = createRequire(import.meta.url);
  const folders = (require.resolve.paths('oxc-parser') ?? []).map((folder) => join(folder, 'oxc-parser'));
  const folder = folders.find((candidate) => existsSync(join(candidate, 'package.json')));
  if (folder === undefined)
    return { require: createRequire(require.resolve('oxc-parser/package.json')), packages: '' };
  const place = realpathSync.native(folder);
  return { require: createRequire(join(place, 'package.json')), packages: join(place, '..', sep) };
}

function versionOf(manifest: unknown): unknown {
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? manifest.version
    : undefined;
}

/** Is a package not installed, or made for another C library, or is machine code switched off (`--no-addons`)? */
function isMissing(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED' || code === 'ERR_DLOPEN_DISABLED';
}
