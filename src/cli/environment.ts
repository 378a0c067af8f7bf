import { readdir, readFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { pypi } from '../ecosystems/pypi.ts';
import type { Installed } from '../explain.ts';
import { isFileError } from '../git/git.ts';
import { importRoots } from '../registries/wheel.ts';

/** Where environments are looked for. */
export interface Surroundings {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Looks for the distributions that provide a module in the project's environments: VIRTUAL_ENV, `.venv`
 * and `venv`. Their `dist-info` is read as files; nothing of an environment is ever run.
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 *
 * @param module Dotted, as it is imported.
 */
export async function installedDistributions(
  module: string,
  { root, env }: Surroundings,
): Promise<readonly Installed[]> {
  const active = env['VIRTUAL_ENV'];
  const environments = [...(active ? [active] : []), '.venv', 'venv'].map((path) =>
    nodePath.resolve(root, path),
  );
  const found = new Map<string, Installed>();
  for (const environment of new Set(environments)) {
    for (const packages of await sitePackages(environment)) {
      for (const { name, folder } of await distributionsIn(packages)) {
        const provides = provided(module, await modulesIn(folder));
        const file = nodePath.relative(root, folder);
        if (provides !== undefined && !found.has(name))
          found.set(name, {
            package: { ecosystem: 'pypi', name },
            text: `installed: ${name} provides ${provides}`,
            file,
          });
      }
    }
  }
  return [...found.values()];
}

/** @returns The package of exactly this name in the project's `node_modules`, with its version. */
export async function installedInNodeModules(
  name: string,
  { root }: Surroundings,
): Promise<readonly Installed[]> {
  const file = nodePath.posix.join('node_modules', name, 'package.json');
  const version = versionIn(await textOf(nodePath.join(root, file)));
  if (version === null) return [];
  return [{ package: { ecosystem: 'npm', name }, text: `installed: ${name} ${version}`, file }];
}

/** `lib/python3.12/site-packages`, on Windows `Lib/site-packages` (https://docs.python.org/3/library/sysconfig.html). */
async function sitePackages(environment: string): Promise<string[]> {
  const versions = (await entriesOf(nodePath.join(environment, 'lib'))).filter((name) =>
    /^python\d/.test(name),
  );
  return [
    ...versions.map((version) => nodePath.join(environment, 'lib', version, 'site-packages')),
    nodePath.join(environment, 'Lib', 'site-packages'),
  ];
}

/** `opencv_python-4.9.dist-info` belongs to `opencv-python`. */
async function distributionsIn(packages: string): Promise<{ name: string; folder: string }[]> {
  return (await entriesOf(packages)).flatMap((entry) => {
    const name = /^(.+?)-[^-]+\.dist-info$/.exec(entry)?.[1];
    return name === undefined ? [] : [{ name: pypi.canonical(name), folder: nodePath.join(packages, entry) }];
  });
}

/** What was installed, else the old list of top-level names. */
async function modulesIn(folder: string): Promise<readonly string[]> {
  const recorded = importRoots((await textOf(nodePath.join(folder, 'RECORD'))).split(/\r?\n/).map(pathOf));
  if (recorded.length > 0) return recorded;
  return (await textOf(nodePath.join(folder, 'top_level.txt'))).split(/\s+/).filter((name) => name !== '');
}

/** The first field of a line of RECORD, which is CSV: quoted where it holds a comma. */
function pathOf(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? line.split(',', 1)[0] ?? '').replaceAll('\\', '/');
}

/** @returns The module of a distribution that is, or contains, the wanted one. */
function provided(wanted: string, modules: readonly string[]): string | undefined {
  return modules.find((module) => wanted === module || wanted.startsWith(`${module}.`));
}

function versionIn(text: string): string | null {
  const version = /"version"\s*:\s*"([^"\\]{1,64})"/.exec(text)?.[1];
  return version ?? null;
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error)) return '';
    throw error;
  }
}
