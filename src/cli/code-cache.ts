import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/** UTF-16 code units; what is shorter compiles faster than another file is read. */
const WORTH_KEEPING = 8 * 1024;

/**
 * The bytes before the code. Four numbers: when its source was last written (in milliseconds), the source's
 * size (in bytes), how many runs have added the functions that they called, and a sum of the code.
 */
const HEADER = 32;

/** Bytes that a disk writes, or loses, as one. */
const SECTOR = 512;

/** Functions that a few runs did not call are called by few runs. */
const RUNS = 4;

/** Compiled code that this run may leave to the next. */
interface Compiled {
  readonly script: Script;
  readonly source: string;
  readonly runs: number;
}

interface Kept {
  readonly code: Buffer | undefined;
  readonly runs: number;
}

const nothing: Kept = { code: undefined, runs: 0 };

/**
 * Lets Node keep what it compiles: most of a short run is the compiling of code that never changes. What is
 * kept lies beside the code that it is made from, so whoever can write it could write the code as well; where
 * the folder can't be written, nothing is kept.
 *
 * Node has this built in from 22.1 on (https://nodejs.org/api/module.html#moduleenablecompilecachecachedir);
 * before, `vm.Script` does the same for the modules that `require` loads.
 *
 * @param folder Where it is kept, absolute; made when there is something to keep.
 * @returns To be called by a run whose compiled functions are those that people wait for; others only use what
 * is there.
 */
export function useCodeCache(folder: string): () => void {
  const enable: unknown = Reflect.get(Module, 'enableCompileCache');
  if (typeof enable === 'function') {
    Reflect.apply(enable, Module, [folder]);
    return () => undefined;
  }
  const place = path.join(folder, `${process.version}-${process.arch}`);
  const compiled = compileWith(place);
  return () => {
    process.once('exit', () => {
      keepAll(compiled, place);
    });
  };
}

/** Replaces how `require` compiles a module, as https://nodejs.org/api/modules.html#the-module-wrapper says it does. */
function compileWith(place: string): readonly Compiled[] {
  const compiled: Compiled[] = [];
  const usual: unknown = Reflect.get(Module.prototype, '_compile');
  if (typeof usual !== 'function') return compiled;
  Reflect.set(
    Module.prototype,
    '_compile',
    function compile(this: Module, content: string, source: string): void {
      const { code, runs } = content.length < WORTH_KEEPING ? nothing : readKept(source, place);
      if (code === undefined && !canBeKept(content)) {
        Reflect.apply(usual, this, [content, source]);
        return;
      }
      const script = new Script(Module.wrap(content), { filename: source, cachedData: code });
      const used = script.cachedDataRejected === false;
      if (!used || runs < RUNS) compiled.push({ script, source, runs: used ? runs + 1 : 1 });
      const wrapper: unknown = script.runInThisContext();
      if (typeof wrapper !== 'function') throw new TypeError(`${source} is no module`);
      const require = Module.createRequire(source);
      Reflect.apply(wrapper, this.exports, [this.exports, require, this, source, path.dirname(source)]);
    },
  );
  return compiled;
}

/** `import()` does not work in code that `vm.Script` compiled (https://nodejs.org/api/vm.html#support-of-dynamic-import-in-compilation-apis). */
function canBeKept(content: string): boolean {
  return content.length >= WORTH_KEEPING && !/^#!|\bawait import\(|\bimport\([^()]*\)\.then\b/.test(content);
}

/** @returns Code that was compiled from this source; none where there is none, or it is damaged. */
function readKept(source: string, place: string): Kept {
  try {
    const bytes = readFileSync(fileFor(source, place));
    const code = bytes.subarray(HEADER);
    const runs = bytes.length > HEADER ? bytes.readDoubleLE(16) : 0;
    if (bytes.subarray(0, HEADER).equals(headerOf(source, { code, runs }))) return { code, runs };
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
  return nothing;
}

/** Two runs may do this at once: files are complete before they get their name. */
function keepAll(compiled: readonly Compiled[], place: string): void {
  try {
    if (compiled.length > 0) mkdirSync(place, { recursive: true });
    for (const { script, source, runs } of compiled) {
      const code = script.createCachedData();
      const file = fileFor(source, place);
      const unfinished = `${file}.${process.pid}`;
      writeFileSync(unfinished, Buffer.concat([headerOf(source, { code, runs }), code]));
      renameSync(unfinished, file);
    }
  } catch (error) {
    // A folder that can't be written or a full disk makes the next run slower, and nothing worse.
    if (!isSystemError(error)) throw error;
  }
}

/** An installation rewrites files with other sizes or at another time; V8 itself compares only the length. */
function headerOf(source: string, { code, runs }: { code: Buffer; runs: number }): Buffer {
  const { ctimeMs, size } = statSync(source);
  const header = Buffer.alloc(HEADER);
  for (const [at, value] of [ctimeMs, size, runs, sumOf(code)].entries()) header.writeDoubleLE(value, at * 8);
  return header;
}

/** V8 runs damaged code as it is. What a disk loses shows in a few bytes of each sector and in the length. */
function sumOf(code: Buffer): number {
  let sum = code.length;
  for (let at = 0; at + 4 <= code.length; at += SECTOR) sum = (sum * 31 + code.readUInt32LE(at)) % 2 ** 40;
  return sum;
}

function fileFor(source: string, place: string): string {
  return path.join(place, path.relative(place, source).replaceAll(/[\\/:]/g, '+'));
}

/** This module stands alone: what it imported would be compiled before there is a cache. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
