import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** An import as CPython's `ast` reads it: line, kind, specifier (null: no literal), names, optional. */
export type AstImport = readonly [number, string, string | null, readonly string[], boolean];

/** What CPython says of one file. */
export type AstFile =
  | { readonly path: string; readonly error: string }
  | { readonly path: string; readonly imports: readonly AstImport[] };

/** The interpreter to compare with: `python3`, or what PYTHON names. */
export const interpreter = process.env['PYTHON'] ?? 'python3';

/** @returns Whether there is a Python 3.10 or later (older ones give no lines for names) to compare with. */
export function hasPython(): boolean {
  return spawnSync(interpreter, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
}

/** @returns All Python files of the interpreter's standard library and installed packages, sorted. */
export function installedFiles(): readonly string[] {
  const paths =
    'import json, sysconfig as s; print(json.dumps([s.get_path("stdlib"), s.get_path("purelib")]))';
  const folders: unknown = JSON.parse(execFileSync(interpreter, ['-c', paths], { encoding: 'utf8' }));
  const roots = Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
  return [...new Set(roots.flatMap(filesBelow))].sort();
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && /\.pyi?$/.test(path) && statSync(path).size < 2_000_000 ? [path] : [];
  });
}

/** Lets CPython read files with `ast-imports.py`. */
export function readWithAst(paths: readonly string[]): readonly AstFile[] {
  const script = fileURLToPath(new URL('ast-imports.py', import.meta.url));
  const output = execFileSync(interpreter, [script], {
    input: paths.map((path) => `${path}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return output.split('\n').filter(Boolean).map(astFile);
}

function astFile(line: string): AstFile {
  const file: unknown = JSON.parse(line);
  if (!isAstFile(file)) throw new Error(`ast-imports.py wrote ${line}`);
  return file;
}

function isAstFile(file: unknown): file is AstFile {
  if (typeof file !== 'object' || file === null || !('path' in file)) return false;
  return 'error' in file ? typeof file.error === 'string' : 'imports' in file && Array.isArray(file.imports);
}
