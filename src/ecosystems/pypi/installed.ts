import { readdir } from 'node:fs/promises';
import nodePath from 'node:path';
import { pypi } from './names.ts';
import { isFileError } from '../../git/git.ts';
import { importRoots } from './wheel.ts';
import { textOf } from '../shared/installed-file.ts';

/*
 * What Python environments of the project have installed, from the `dist-info` that each installer leaves
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/). It is read as files:
 * nothing of an environment is ever run.
 */

/** Where environments are looked for: the project's top folder, and the variables of the process. */
export interface Surroundings {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A distribution of an environment, by its canonical name. `folder` is its `dist-info`, absolute. */
interface InstalledDistribution {
  readonly name: string;
  readonly folder: string;
}

/**
 * The modules of distributions that are installed in an environment of the project: VIRTUAL_ENV, `.venv` or
 * `venv`. The first environment that tells of a distribution counts.
 *
 * @param wanted Canonical names.
 * @returns Dotted modules by canonical name, for the distributions that are installed.
 */
export async function installedModules(
  wanted: ReadonlySet<string>,
  surroundings: Surroundings,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for await (const { name, folder } of distributions(surroundings)) {
    if (!wanted.has(name) || found.has(name)) continue;
    const modules = await modulesIn(folder);
    if (modules.length > 0) found.set(name, modules);
    if (found.size === wanted.size) break;
  }
  return found;
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
        if (name !== null) yield { name, folder: nodePath.join(packages, entry) };
      }
    }
  }
}

/** `lib/python3.12/site-packages`; on Windows `Lib/site-packages` (https://docs.python.org/3/library/venv.html). */
async function sitePackages(environment: string): Promise<string[]> {
  const folders: string[] = [];
  for (const lib of ['lib', 'lib64', 'Lib']) {
    const inside = await entriesOf(nodePath.join(environment, lib));
    for (const version of inside.filter((name) => /^(?:python|pypy)\d/.test(name)))
      folders.push(nodePath.join(environment, lib, version, 'site-packages'));
    if (inside.includes('site-packages')) folders.push(nodePath.join(environment, lib, 'site-packages'));
  }
  return folders;
}

/** `opencv_python-4.9.dist-info` belongs to `opencv-python`. */
function distributionOf(entry: string): string | null {
  const name = /^(.+?)-[^-]+\.dist-info$/.exec(entry)?.[1];
  return name === undefined ? null : pypi.canonical(name);
}

/** What the metadata declare (PEP 794), else what was installed, else the old list of top-level names. */
async function modulesIn(distInfo: string): Promise<readonly string[]> {
  const metadata = (await textOf(nodePath.join(distInfo, 'METADATA'))).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const declared = [...metadata.matchAll(/^Import-Name:[ \t]*([\w.]+)/gim)].map(([, name = '']) => name);
  if (declared.length > 0) return declared;
  const record = await textOf(nodePath.join(distInfo, 'RECORD'));
  const roots = importRoots(record.split(/\r?\n/).map(recordedPath));
  // An editable installation records only the finder that leads to the sources.
  const recorded = roots.filter((name) => !name.startsWith('__editable__'));
  if (recorded.length > 0) return recorded;
  const listed = (await textOf(nodePath.join(distInfo, 'top_level.txt'))).split(/\s+/);
  return listed.filter((name) => /^\w+$/.test(name));
}

/** The first field of a line of comma-separated values (RFC 4180); installers on Windows may write `\`. */
function recordedPath(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? line.split(',', 1)[0] ?? '').replaceAll('\\', '/');
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}
