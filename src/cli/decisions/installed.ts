import { readdir, readFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { pypi } from '../../ecosystems/pypi.ts';
import { isFileError } from '../../git/git.ts';
import { importRoots } from '../../registries/wheel.ts';

/** Where environments are looked for: the project's top folder, and the variables of the process. */
export interface Surroundings {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The modules of a distribution that is installed in an environment of the project: VIRTUAL_ENV, `.venv` or
 * `venv`. Its `dist-info` is read as files; nothing of the environment is ever run.
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 *
 * @param distribution Canonical name. @param root The project's top folder.
 * @returns Dotted modules and the environment's folder, or null where no environment tells.
 */
export async function installedModules(
  distribution: string,
  surroundings: Surroundings,
): Promise<{ modules: readonly string[]; environment: string } | null> {
  for await (const { name, folder, environment } of distributions(surroundings)) {
    const modules = name === distribution ? await modulesIn(folder) : [];
    if (modules.length > 0) return { modules, environment };
  }
  return null;
}

/** A distribution of an environment, by its canonical name. `folder` is its `dist-info`; both are absolute. */
interface InstalledDistribution {
  readonly name: string;
  readonly folder: string;
  readonly environment: string;
}

/**
 * The distributions that provide a module, in the same environments.
 *
 * @param module Dotted, as it is imported.
 */
export async function installedProviders(
  module: string,
  surroundings: Surroundings,
): Promise<readonly (InstalledDistribution & { readonly provides: string })[]> {
  const found = new Map<string, InstalledDistribution & { readonly provides: string }>();
  for await (const one of distributions(surroundings)) {
    if (found.has(one.name)) continue;
    const provides = (await modulesIn(one.folder)).find(
      (known) => module === known || module.startsWith(`${known}.`),
    );
    if (provides !== undefined) found.set(one.name, { ...one, provides });
  }
  return [...found.values()];
}

async function* distributions({ root, env }: Surroundings): AsyncGenerator<InstalledDistribution> {
  const active = env['VIRTUAL_ENV'];
  for (const path of [...(active ? [active] : []), '.venv', 'venv']) {
    const environment = nodePath.resolve(root, path);
    for (const packages of await sitePackages(environment)) {
      for (const entry of await entriesOf(packages)) {
        const name = distributionOf(entry);
        if (name !== undefined) yield { name, folder: nodePath.join(packages, entry), environment };
      }
    }
  }
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
function distributionOf(folder: string): string | undefined {
  const name = /^(.+?)-[^-]+\.dist-info$/.exec(folder)?.[1];
  return name === undefined ? undefined : pypi.canonical(name);
}

/** What the metadata declare (PEP 794), else what was installed, else the old list of top-level names. */
async function modulesIn(info: string): Promise<readonly string[]> {
  const metadata = (await textOf(nodePath.join(info, 'METADATA'))).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const declared = [...metadata.matchAll(/^Import-Name:[ \t]*([\w.]+)/gim)].map(([, name = '']) => name);
  if (declared.length > 0) return declared;
  const recorded = importRoots((await textOf(nodePath.join(info, 'RECORD'))).split(/\r?\n/).map(pathOf));
  if (recorded.length > 0) return recorded;
  const listed = (await textOf(nodePath.join(info, 'top_level.txt'))).split(/\s+/);
  return listed.filter((name) => /^\w+$/.test(name));
}

/** The first field of a line of RECORD, which is CSV: quoted where it holds a comma. */
function pathOf(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? line.split(',', 1)[0] ?? '').replaceAll('\\', '/');
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
