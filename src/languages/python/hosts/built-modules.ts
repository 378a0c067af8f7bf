import { select, textsAt } from '../../../documents/document.ts';
import { readToml } from '../../../documents/toml.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';
import { literalsIn } from '../literals.ts';
import { codeOnly } from '../logical-lines.ts';
import type { HostFile, ModuleFiles, OwnModules, TextAt } from './module-files.ts';

/** Longer than the call of any real build up to the name of its module. */
const LONGEST_CALL = 300;

/** Files of which each project that has a build has one. */
const BUILD = /(?:^|\/)(?:setup\.py|pyproject\.toml|CMakeLists\.txt|meson\.build)$/;

/** Files that have extension modules built: https://docs.python.org/3/extending/building.html */
export const builtModules: readonly ModuleFiles[] = [
  {
    host: 'setuptools',
    files: /(?:^|\/)setup\.py$/,
    read: async (file, textAt) => modulesOnly([...extensionsIn(file), ...(await cffiModules(file, textAt))]),
    source: 'https://setuptools.pypa.io/en/latest/userguide/ext_modules.html',
    date: '2026-11-29',
  },
  {
    host: 'setuptools',
    files: /(?:^|\/)pyproject\.toml$/,
    read: async ({ text }) => {
      const { root } = text.includes('ext-modules') ? await readToml(text) : {};
      const names = textsAt(root, 'tool', 'setuptools', 'ext-modules', '[]', 'name');
      return modulesOnly(names.map(({ value }) => value));
    },
    source: 'https://setuptools.pypa.io/en/latest/userguide/ext_modules.html',
    date: '2026-11-29',
  },
  {
    host: 'maturin',
    files: /(?:^|\/)pyproject\.toml$/,
    read: maturinModules,
    source: 'https://www.maturin.rs/project_layout.html',
    date: '2026-11-29',
  },
  {
    // https://nanobind.readthedocs.io/en/latest/api_cmake.html,
    // https://cmake.org/cmake/help/latest/module/FindPython.html#commands
    host: 'pybind11',
    files: /(?:^|\/)CMakeLists\.txt$|\.cmake$/,
    read: ({ text }) =>
      modulesOnly(
        firstWords(
          text,
          /^[ \t]*(?:pybind11_add_module|nanobind_add_module|python3?_add_library)[ \t]*\([ \t\r\n]{0,99}([A-Za-z_]\w*)/gim,
        ),
      ),
    source: 'https://pybind11.readthedocs.io/en/stable/compiling.html#building-with-cmake',
    date: '2026-11-29',
  },
  {
    host: 'Meson',
    files: /(?:^|\/)meson\.build$/,
    read: ({ text }) =>
      modulesOnly(
        firstWords(
          text,
          /^[ \t]*(?:\w+[ \t]*=[ \t]*)?\w+\.extension_module\([ \t\r\n]{0,99}'([A-Za-z_]\w*)'/gm,
        ),
      ),
    source: 'https://mesonbuild.com/Python-module.html#extension_module',
    date: '2026-11-29',
  },
  {
    host: 'SWIG',
    files: /\.i$/,
    besides: BUILD,
    read: ({ text }) => modulesOnly(swigModules(text)),
    source: 'https://www.swig.org/Doc4.3/Python.html#Python_nn6',
    date: '2026-11-29',
  },
];

function modulesOnly(modules: readonly string[]): OwnModules {
  return { roots: [], modules };
}

function firstWords(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, word]) => word ?? []);
}

/** `Extension("quay", …)`, and what other builds make of that class: `Pybind11Extension`, `CUDAExtension`, `RustExtension`. */
function extensionsIn({ text }: HostFile): readonly string[] {
  return callsIn(text, /\b\w*Extension\(\s{0,99}(?:(?:name|target)\s{0,9}=\s{0,9})?(?=["'])/g);
}

/** The module of each build script that setup.py names (https://cffi.readthedocs.io/en/stable/cdef.html). */
async function cffiModules({ path, text }: HostFile, textAt: TextAt): Promise<readonly string[]> {
  const code = codeOnly(text);
  const scripts = [
    ...code.matchAll(/\bcffi_modules\s{0,9}=\s{0,9}(?:\[[^\]]{0,2000}\]|["'] *["'])/g),
  ].flatMap(({ index, 0: { length } }) => literalsIn(text, code, { start: index, end: index + length }));
  const paths = scripts.flatMap((script) => joinPath(folderOf(path), script.split(':', 1)[0] ?? '') ?? []);
  const texts = await Promise.all(paths.map((script) => textAt(script)));
  return texts.flatMap((script) => callsIn(script ?? '', /\bset_source\(\s{0,99}(?=["'])/g));
}

/** @returns The first strings of calls that a pattern finds, up to them, in the code of a program. */
function callsIn(text: string, pattern: RegExp): readonly string[] {
  const code = codeOnly(text);
  return [...code.matchAll(pattern)].flatMap(({ index, 0: { length } }) => {
    const start = index + length;
    return literalsIn(text, code, { start, end: start + LONGEST_CALL }).slice(0, 1);
  });
}

/** Where pyproject.toml names no module, the library of the crate does, and the crate where that has no name. */
async function maturinModules({ path, text }: HostFile, textAt: TextAt): Promise<OwnModules> {
  if (!text.includes('maturin')) return modulesOnly([]);
  const { root } = await readToml(text);
  const isBuilt =
    textsAt(root, 'build-system', 'build-backend').some(({ value }) => value === 'maturin') ||
    select(root, 'tool', 'maturin').length > 0;
  const [bindings] = textsAt(root, 'tool', 'maturin', 'bindings');
  if (!isBuilt || bindings?.value === 'bin') return modulesOnly([]);
  const [module] = textsAt(root, 'tool', 'maturin', 'module-name');
  if (module !== undefined) return modulesOnly([module.value]);
  const [manifest] = textsAt(root, 'tool', 'maturin', 'manifest-path');
  const crate = joinPath(folderOf(path), manifest?.value ?? 'Cargo.toml');
  const crateText = crate === undefined ? undefined : await textAt(crate);
  const { root: cargo } = await readToml(crateText ?? '');
  const [library] = [...textsAt(cargo, 'lib', 'name'), ...textsAt(cargo, 'package', 'name')];
  return modulesOnly(library === undefined ? [] : [library.value.replaceAll('-', '_')]);
}

/** SWIG makes a module in Python, and beside it one in C with an underscore. */
function swigModules(text: string): readonly string[] {
  const [, options = '', name] = /^%module(\([^()\n]{0,300}\))?[ \t]+"?([A-Za-z_]\w*)/m.exec(text) ?? [];
  if (name === undefined) return [];
  const [, packageName] = /\bpackage[ \t]*=[ \t]*"([\w.]+)"/.exec(options) ?? [];
  const prefix = packageName === undefined ? '' : `${packageName}.`;
  return [`${prefix}${name}`, `${prefix}_${name}`];
}
