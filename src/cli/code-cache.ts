import { isAscii } from 'node:buffer';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Module } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { constants, Script } from 'node:vm';

/** Bytes, or UTF-16 code units; what is shorter compiles faster than another file is read. */
const WORTH_KEEPING = 8 * 1024;

/**
 * The bytes before the code. Three numbers: when its source was last written (in milliseconds), the source's
 * size (in bytes), and how many runs have added the functions that they called, below zero where none was usual. A file
 * without code waits for a usual run.
 */
const HEADER = 24;

/** Functions that a few runs of a kind did not call are called by few runs. */
const RUNS = 4;

/** Compiled code that this run may leave to the next. */
interface Compiled {
  readonly script: Script;
  readonly source: Source;
  readonly keptCode: Kept;
}

/** A file as it was when it was compiled. */
interface Source {
  readonly file: string;
  /** In milliseconds. */
  readonly changeTime: number;
  /** In bytes. */
  readonly size: number;
}

interface Kept {
  readonly code: Buffer | undefined;
  readonly runs: number;
  /** The next usual run keeps what it compiles, and no other. */
  readonly isReserved: boolean;
}

/** Keeps what a run has compiled so far. Where most runs have nothing to say, one that has is unusual. */
export type KeepCode = (isUsual: boolean) => void;

/**
 * Lets Node keep what it compiles: most of a short run is the compiling of code that never changes. What is
 * kept lies beside the code that it is made from, so whoever can write it could write the code as well; where
 * the folder can't be written, nothing is kept.
 *
 * Node 22 has a cache of its own (https://nodejs.org/api/module.html#moduleenablecompilecachedir), which keeps
 * just what the first run of all has called: with it a hook takes a sixth longer than with this one. What switches
 * that one off, NODE_DISABLE_COMPILE_CACHE, switches off this one as well.
 *
 * V8 reads all that is kept of a file at once: what unusual runs have called costs each usual one a twentieth. So what they
 * keep of a file lasts until a usual run has loaded it, too; that one clears it away, and the next one keeps its own.
 *
 * @param folder Where it is kept, absolute; made when there is something to keep.
 * @returns Keeps what was compiled so far. To be called by a run whose compiled functions are those that people wait for;
 * others only use what is there.
 */
export function installCompileCache(folder: string): KeepCode {
  if (process.env['NODE_DISABLE_COMPILE_CACHE']) return () => undefined;
  const place = join(folder, `${process.version}-${process.arch}`);
  const compiled = compileWith(place);
  return (isUsual) => {
    keepAll(compiled.splice(0), place, isUsual);
  };
}

/** How Node loads a file of an ending (https://nodejs.org/api/modules.html#requireextensions). */
type Loader = (module: Module, file: string) => void;

/**
 * Replaces how `require` loads and compiles modules, as https://nodejs.org/api/modules.html#the-module-wrapper says it does. The
 * files of this tool are read here, as Node would copy each source twice: when it is read, and when it is wrapped.
 */
function compileWith(place: string): Compiled[] {
  const compiled: Compiled[] = [];
  const compile = (module: Module, { wrapped, source }: WrappedSource) => {
    const keptCode = readKept(source, place);
    const { file } = source;
    const script = new Script(wrapped, {
      filename: file,
      cachedData: keptCode.code,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const isUsed = script.cachedDataRejected === false;
    compiled.push({ script, source, keptCode: isUsed ? keptCode : { ...keptCode, runs: 0 } });
    const wrapper: unknown = script.runInThisContext();
    if (typeof wrapper !== 'function') throw new TypeError(`${file} is not a module`);
    Reflect.apply(wrapper, module.exports, [
      module.exports,
      requireIn(module, file),
      module,
      file,
      dirname(file),
    ]);
  };
  // Of the module that offers them Node has a part that no hook needs.
  const loaders: unknown = Reflect.get(require, 'extensions');
  if (!isLoaders(loaders) || loaders['.js'] === undefined || loaders['.cjs'] !== undefined) return compiled;
  const usual = loaders['.js'];
  let isReplaced = false;
  loaders['.cjs'] = (module, file) => {
    if (!isReplaced) replaceCompiler(module, compile);
    isReplaced = true;
    const wrappedSource = readSource(file);
    if (wrappedSource === null) usual(module, file);
    else compile(module, wrappedSource);
  };
  return compiled;
}

/** What packages have in other files is read by Node. */
function replaceCompiler(module: Module, compile: (module: Module, source: WrappedSource) => void): void {
  const prototype = Reflect.getPrototypeOf(module);
  const usual: unknown = prototype && Reflect.get(prototype, '_compile');
  if (prototype === null || typeof usual !== 'function') return;
  const compileText = function (
    this: Module,
    ...compileArguments: [content: string, file: string, format?: string]
  ): void {
    const [content, file, format] = compileArguments;
    if (content.length < WORTH_KEEPING || format === 'module') {
      Reflect.apply(usual, this, compileArguments);
      return;
    }
    const { ctimeMs: changeTime, size } = statSync(file);
    compile(this, {
      wrapped: WRAPPER_START + content + WRAPPER_END,
      source: { file, changeTime, size },
    });
  };
  Reflect.set(prototype, '_compile', compileText);
}

function isLoaders(value: unknown): value is Record<string, Loader | undefined> {
  return typeof value === 'object' && value !== null;
}

/** As https://nodejs.org/api/modules.html#the-module-wrapper says. */
const WRAPPER_START = '(function (exports, require, module, __filename, __dirname) {';
const WRAPPER_END = '\n})';

/** A source in the wrapper of modules. */
interface WrappedSource {
  readonly wrapped: string;
  readonly source: Source;
}

/** @returns null for what Node loads as well: what is short, and what is not ASCII. */
function readSource(file: string): WrappedSource | null {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const { ctimeMs: changeTime, size } = fstatSync(handle);
    if (size < WORTH_KEEPING) return null;
    const start = WRAPPER_START.length;
    const bytes = memoryOf(start + size + WRAPPER_END.length);
    bytes.write(WRAPPER_START, 'latin1');
    bytes.write(WRAPPER_END, start + size, 'latin1');
    if (readSync(handle, bytes, start, size, 0) < size || !isAscii(bytes)) return null;
    return { wrapped: bytes.toString('latin1'), source: { file, changeTime, size } };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return null;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** Most modules load others and ask no more of `require`: what Node makes takes the first of them half a millisecond. */
function requireIn(module: Module, file: string): (id: string) => unknown {
  const require: (id: string) => unknown = module.require.bind(module);
  for (const name of ['resolve', 'main', 'cache', 'extensions'])
    Object.defineProperty(require, name, {
      get: (): unknown => Reflect.get(process.getBuiltinModule('node:module').createRequire(file), name),
    });
  return require;
}

/**
 * The code stands twice in its file: V8 runs damaged code as it is, and comparing two copies takes next to no time.
 *
 * @returns Code that was compiled from this source; none where there is none, or it is damaged.
 */
function readKept(source: Source, place: string): Kept {
  const nothing = { code: undefined, runs: 0, isReserved: false };
  let file: number | undefined;
  try {
    file = openSync(fileFor(source, place), 'r');
    const { size } = fstatSync(file);
    const bytes = memoryOf(HEADER + Math.max(0, size - HEADER) / 2);
    if (readSync(file, bytes) < bytes.length || !Number.isInteger(size / 2)) return nothing;
    const code = bytes.subarray(HEADER);
    const runs = code.length > 0 ? bytes.readDoubleLE(16) : 0;
    if (!bytes.subarray(0, HEADER).equals(headerOf(source, runs))) return nothing;
    if (code.length === 0) return { ...nothing, isReserved: true };
    return isNext(code, file) ? { code, runs, isReserved: false } : nothing;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return nothing;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

let memory = Buffer.alloc(0);

/**
 * V8 has read one file's code when the next is wanted: all use the same memory. What each had of its own made the heap grow
 * once more than it has to.
 */
function memoryOf(length: number): Buffer {
  if (memory.length < length) memory = Buffer.allocUnsafeSlow(Math.max(length, LARGEST));
  return memory.subarray(0, length);
}

/** Most code of one file is smaller, in bytes. */
const LARGEST = 512 * 1024;

/** Bytes that are compared at once: memory that was just used costs less than as much again. */
const PART = 64 * 1024;

let part: Buffer | undefined;

/** @returns Whether a file goes on with these bytes, and ends with them. */
function isNext(bytes: Buffer, file: number): boolean {
  part ??= Buffer.allocUnsafeSlow(PART);
  for (let at = 0; at < bytes.length; at += PART) {
    const length = readSync(file, part);
    if (!part.subarray(0, length).equals(bytes.subarray(at, at + PART))) return false;
  }
  return true;
}

/**
 * Two runs may do this at once: files are complete before they get their name. A run that loads what few usual runs have loaded does
 * another kind of work: it adds what it called to all files, as an edit of a program in another language calls other functions
 * of the same file.
 */
function keepAll(compiled: readonly Compiled[], place: string, isUsual: boolean): void {
  if (!compiled.some(({ keptCode }) => keptCode.runs < RUNS)) return;
  try {
    mkdirSync(place, { recursive: true });
    for (const { script, source, keptCode } of compiled) {
      const file = fileFor(source, place);
      if (isUsual && keptCode.runs < 0) replace(file, headerOf(source, 0));
      if (isUsual ? keptCode.runs < 0 : keptCode.isReserved || keptCode.runs > 0 || keptCode.runs <= -RUNS)
        continue;
      const code = script.createCachedData();
      const runs = isUsual ? Math.min(keptCode.runs + 1, RUNS) : keptCode.runs - 1;
      replace(file, Buffer.concat([headerOf(source, runs), code, code]));
    }
  } catch (error) {
    // A folder that can't be written or a full disk makes the next run slower, and nothing worse.
    if (!isSystemError(error)) throw error;
  }
}

function replace(file: string, bytes: Buffer): void {
  const unfinished = `${file}.${process.pid}`;
  try {
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** An installation rewrites files with other sizes or at another time; V8 itself compares only the length. */
function headerOf({ changeTime, size }: Source, runs: number): Buffer {
  const header = Buffer.alloc(HEADER);
  for (const [at, value] of [changeTime, size, runs].entries()) header.writeDoubleLE(value, at * 8);
  return header;
}

function fileFor({ file }: Source, place: string): string {
  return join(place, relative(place, file).replaceAll(/[\\/:]/g, '+'));
}

/**
 * Has an error a code of the operating system? Those of Yarn's archives name no system call. This module stands alone:
 * what it imported would be compiled before there is a cache.
 */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^E[A-Z0-9]+$/.test(String(error.code));
}
