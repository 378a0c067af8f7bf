import type { ImportableName } from '../../model/language.ts';

/**
 * File names that Python imports, or that a build turns into something it imports: source, Cython source,
 * extension modules with or without their platform tag (PEP 3149). A stub (`.pyi`) is no implementation:
 * `typings/numpy_utils/__init__.pyi` does not make `numpy_utils` a module of the project.
 */
const IMPORTABLE = /^([^./]+)(?:\.(?:cpython-|cp\d|abi3|pypy)[\w-]*)?\.(?:py|pyw|pyx|so|pyd)$/;

/** @returns The name that a file gives to its module, without its folder; undefined where Python imports no such file. */
export function moduleStem(name: string): string | undefined {
  return IMPORTABLE.exec(name)?.[1];
}

/** @returns `c`, `b.c` and `a.b.c` for `a/b/c.py` and for `a/b/c/__init__.py`, each with the root that it takes. */
export function importableNames(path: string): readonly ImportableName[] {
  const folders = path.split('/');
  const stem = moduleStem(folders.pop() ?? '');
  if (stem === undefined) return [];
  const parts = stem === '__init__' ? folders : [...folders, stem];
  return parts
    .map((_, at) => ({
      specifier: parts.slice(at).join('.'),
      folder: parts.slice(0, at).join('/'),
      holders: parts.slice(at, -1).map((_, last) => parts.slice(at, at + last + 1).join('.')),
    }))
    .toReversed();
}

/** @returns Whether a dotted module is another one or lies below it. */
export function isWithin(module: string, parent: string): boolean {
  return module === parent || module.startsWith(`${parent}.`);
}
