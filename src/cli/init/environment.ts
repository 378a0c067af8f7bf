import { readdir, readFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { pypi } from '../../ecosystems/pypi.ts';
import { isFileError } from '../../git/git.ts';
import { importRoots } from '../../registries/wheel.ts';

/**
 * Reads which modules installed Python distributions provide: from the list of files that each installer
 * leaves (https://packaging.python.org/en/latest/specifications/recording-installed-packages/), or from the
 * older `top_level.txt`. Nothing of the environment is executed.
 *
 * @param environments Folders that may be virtual environments; the first that has a distribution tells.
 * @param wanted Canonical names of the distributions that are asked for.
 * @returns Modules by canonical name, for the distributions that are installed.
 */
export async function installedModules(
  environments: readonly string[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const environment of environments) {
    for (const packages of await packageFolders(environment)) {
      for (const entry of await entriesOf(packages)) {
        const name = distributionOf(entry);
        if (name === null || !wanted.has(name) || found.has(name)) continue;
        const modules = await modulesIn(nodePath.join(packages, entry));
        if (modules.length > 0) found.set(name, modules);
      }
    }
  }
  return found;
}

/** `lib/python3.12/site-packages`; on Windows `Lib/site-packages` (https://docs.python.org/3/library/venv.html). */
async function packageFolders(environment: string): Promise<string[]> {
  const folders: string[] = [];
  for (const lib of ['lib', 'lib64', 'Lib']) {
    const inside = await entriesOf(nodePath.join(environment, lib));
    for (const entry of inside.filter((name) => /^(?:python|pypy)\d/.test(name)))
      folders.push(nodePath.join(environment, lib, entry, 'site-packages'));
    if (inside.includes('site-packages')) folders.push(nodePath.join(environment, lib, 'site-packages'));
  }
  return folders;
}

/** `opencv_python-4.10.0.dist-info` holds what was recorded of opencv-python. */
function distributionOf(entry: string): string | null {
  const name = /^([A-Za-z0-9._]+)-[^-]+\.dist-info$/.exec(entry)?.[1];
  return name === undefined ? null : pypi.canonical(name);
}

async function modulesIn(distInfo: string): Promise<readonly string[]> {
  const record = await textOf(nodePath.join(distInfo, 'RECORD'));
  const roots = importRoots((record ?? '').split(/\r?\n/).map(recordedPath));
  // An editable installation records only the finder that leads to the sources.
  const modules = roots.filter((name) => !name.startsWith('__editable__'));
  if (modules.length > 0) return modules;
  const topLevel = await textOf(nodePath.join(distInfo, 'top_level.txt'));
  return (topLevel ?? '').split(/\s+/).filter((name) => /^\w+$/.test(name));
}

/** The first field of a line of comma-separated values (RFC 4180). */
function recordedPath(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return quoted === undefined ? (line.split(',', 1)[0] ?? '') : quoted.replaceAll('""', '"');
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isFileError(error)) return null;
    throw error;
  }
}
