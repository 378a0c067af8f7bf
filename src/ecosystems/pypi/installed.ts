import nodePath from 'node:path';
import type {
  Installation,
  InstalledFiles,
  InstalledPackage,
  InstalledPackages,
} from '../../model/installed.ts';
import type { ShownModules } from '../../model/module-names.ts';
import { pypi } from './names.ts';
import { foldersIn, isPathFile, pathFileCap } from './path-files.ts';
import { importRoots } from './wheel.ts';

/*
 * What Python environments of the project have installed, from the `dist-info` that each installer leaves
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/). It is read as files:
 * nothing of an environment is ever run.
 */

/** A distribution of an environment, by its canonical name. `folder` is its `dist-info`, absolute. */
interface InstalledDistribution {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * The modules of distributions that are installed in an environment of the project: VIRTUAL_ENV, `.venv` or
 * `venv`. The first environment that tells of a distribution counts.
 *
 * @param names Canonical names.
 * @returns What each shows, by canonical name, for the distributions that are installed.
 */
export async function installedModules(
  names: ReadonlySet<string>,
  installation: Installation,
): Promise<ReadonlyMap<string, ShownModules>> {
  const shownByName = new Map<string, ShownModules>();
  for await (const { name, version, folder } of distributions(installation)) {
    if (!names.has(name) || shownByName.has(name)) continue;
    const modules = await modulesIn(folder, installation.files);
    if (modules.length > 0) shownByName.set(name, { version, modules });
    if (shownByName.size === names.size) break;
  }
  return shownByName;
}

/** The distributions that provide a module, in the same environments. */
export const installedPackages: InstalledPackages = {
  async providers(specifier, _name, installation) {
    const providers = new Map<string, InstalledPackage>();
    for await (const { name, folder } of distributions(installation)) {
      if (providers.has(name)) continue;
      const provides = (await modulesIn(folder, installation.files)).find(
        (module) => specifier === module || specifier.startsWith(`${module}.`),
      );
      if (provides === undefined) continue;
      const text = `installed: ${name} provides ${provides}`;
      const file = nodePath.relative(installation.root, folder);
      providers.set(name, { package: { ecosystem: pypi.id, name }, text, file });
    }
    return [...providers.values()];
  },
};

async function* distributions(installation: Installation): AsyncGenerator<InstalledDistribution> {
  const { files } = installation;
  for (const environment of await environmentFolders(installation)) {
    for (const packages of await sitePackages(environment, files)) {
      for (const entry of await files.entries(packages)) {
        const distribution = distributionOf(entry);
        if (distribution !== null) yield { ...distribution, folder: nodePath.join(packages, entry) };
      }
    }
  }
}

/** @returns The environments of the project, whether they are there or not; without those that git tracks. */
export async function environmentFolders({
  root,
  env,
  isTracked,
}: Pick<Installation, 'root' | 'env' | 'isTracked'>): Promise<readonly string[]> {
  const active = env['VIRTUAL_ENV'];
  const folders = [...(active ? [active] : []), '.venv', 'venv'].map((path) => nodePath.resolve(root, path));
  const untracked: string[] = [];
  for (const folder of new Set(folders)) if (!(await isTracked(folder))) untracked.push(folder);
  return untracked;
}

/** `lib/python3.12/site-packages`; on Windows `Lib/site-packages` (https://docs.python.org/3/library/venv.html). */
async function sitePackages(environment: string, files: InstalledFiles): Promise<string[]> {
  const folders: string[] = [];
  for (const lib of ['lib', 'lib64', 'Lib']) {
    const inside = await files.entries(nodePath.join(environment, lib));
    for (const version of inside.filter((name) => /^(?:python|pypy)\d/.test(name)))
      folders.push(nodePath.join(environment, lib, version, 'site-packages'));
    if (inside.includes('site-packages')) folders.push(nodePath.join(environment, lib, 'site-packages'));
  }
  return folders;
}

/** `opencv_python-4.9.dist-info` belongs to version 4.9 of `opencv-python`. */
function distributionOf(entry: string): Omit<InstalledDistribution, 'folder'> | null {
  const [, name, version] = /^(.+?)-([^-]+)\.dist-info$/.exec(entry) ?? [];
  return name === undefined || version === undefined ? null : { name: pypi.canonical(name), version };
}

/** What the metadata declare (PEP 794), else what was installed, else the old list of top-level names. */
async function modulesIn(distInfo: string, files: InstalledFiles): Promise<readonly string[]> {
  const metadata = (await files.text(nodePath.join(distInfo, 'METADATA'))).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const declared = [...metadata.matchAll(/^Import-Name:[ \t]*([\w.]+)/gim)].map(([, name = '']) => name);
  if (declared.length > 0) return declared;
  const packages = nodePath.dirname(distInfo);
  const record = await files.text(nodePath.join(distInfo, 'RECORD'));
  const paths = record.split(/\r?\n/).map(recordedPath);
  const folders = await pathFolders(paths.filter(isPathFile), packages, files);
  const roots = importRoots(paths, folders);
  // An editable installation records only the finder that leads to the sources.
  const recorded = roots.filter((name) => !name.startsWith('__editable__'));
  const searchFolders = ['', ...folders].map((folder) => nodePath.join(packages, folder));
  if (recorded.length > 0) return existing(recorded, searchFolders, files);
  const listed = (await files.text(nodePath.join(distInfo, 'top_level.txt'))).split(/\s+/);
  return listed.filter((name) => /^\w+$/.test(name));
}

/** @returns The folders that path files name. */
async function pathFolders(
  names: readonly string[],
  packages: string,
  files: InstalledFiles,
): Promise<readonly string[]> {
  const texts = await Promise.all(names.map((name) => files.text(nodePath.join(packages, name))));
  return texts.flatMap((text) => foldersIn(text.slice(0, pathFileCap)));
}

/**
 * @param searchFolders Folders where Python looks for modules.
 * @returns The modules that have a file: anybody can write a line into a record.
 */
async function existing(
  modules: readonly string[],
  searchFolders: readonly string[],
  files: InstalledFiles,
): Promise<readonly string[]> {
  const isThere = await Promise.all(
    modules.map(async (module) => {
      const parts = module.split('.');
      const last = parts.pop() ?? module;
      const entries = await Promise.all(
        searchFolders.map((folder) => files.entries(nodePath.join(folder, ...parts))),
      );
      return entries.flat().some((entry) => entry === last || entry.startsWith(`${last}.`));
    }),
  );
  return modules.filter((_, at) => isThere[at]);
}

/** The first field of a line of comma-separated values (RFC 4180); installers on Windows may write `\`. */
function recordedPath(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? line.split(',', 1)[0] ?? '').replaceAll('\\', '/');
}
