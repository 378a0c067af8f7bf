import nodePath from 'node:path';
import type {
  Installation,
  InstalledFiles,
  InstalledPackage,
  InstalledPackages,
} from '../../model/installed.ts';
import { pypi } from './names.ts';
import { importRoots } from './wheel.ts';

/*
 * What Python environments of the project have installed, from the `dist-info` that each installer leaves
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/). It is read as files:
 * nothing of an environment is ever run.
 */

/** A distribution of an environment, by its canonical name. `folder` is its `dist-info`, absolute. */
interface InstalledDistribution {
  readonly name: string;
  readonly folder: string;
}

/**
 * The modules of distributions that are installed in an environment of the project: VIRTUAL_ENV, `.venv` or
 * `venv`. The first environment that tells of a distribution counts.
 *
 * @param names Canonical names.
 * @returns Dotted modules by canonical name, for the distributions that are installed.
 */
export async function installedModules(
  names: ReadonlySet<string>,
  installation: Installation,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const modulesByName = new Map<string, readonly string[]>();
  for await (const { name, folder } of distributions(installation)) {
    if (!names.has(name) || modulesByName.has(name)) continue;
    const modules = await modulesIn(folder, installation.files);
    if (modules.length > 0) modulesByName.set(name, modules);
    if (modulesByName.size === names.size) break;
  }
  return modulesByName;
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

async function* distributions({ root, env, files }: Installation): AsyncGenerator<InstalledDistribution> {
  const active = env['VIRTUAL_ENV'];
  for (const path of [...(active ? [active] : []), '.venv', 'venv']) {
    const environment = nodePath.resolve(root, path);
    for (const packages of await sitePackages(environment, files)) {
      for (const entry of await files.entries(packages)) {
        const name = distributionOf(entry);
        if (name !== null) yield { name, folder: nodePath.join(packages, entry) };
      }
    }
  }
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

/** `opencv_python-4.9.dist-info` belongs to `opencv-python`. */
function distributionOf(entry: string): string | null {
  const name = /^(.+?)-[^-]+\.dist-info$/.exec(entry)?.[1];
  return name === undefined ? null : pypi.canonical(name);
}

/** What the metadata declare (PEP 794), else what was installed, else the old list of top-level names. */
async function modulesIn(distInfo: string, files: InstalledFiles): Promise<readonly string[]> {
  const metadata = (await files.text(nodePath.join(distInfo, 'METADATA'))).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const declared = [...metadata.matchAll(/^Import-Name:[ \t]*([\w.]+)/gim)].map(([, name = '']) => name);
  if (declared.length > 0) return declared;
  const record = await files.text(nodePath.join(distInfo, 'RECORD'));
  const roots = importRoots(record.split(/\r?\n/).map(recordedPath));
  // An editable installation records only the finder that leads to the sources.
  const recorded = roots.filter((name) => !name.startsWith('__editable__'));
  if (recorded.length > 0) return recorded;
  const listed = (await files.text(nodePath.join(distInfo, 'top_level.txt'))).split(/\s+/);
  return listed.filter((name) => /^\w+$/.test(name));
}

/** The first field of a line of comma-separated values (RFC 4180); installers on Windows may write `\`. */
function recordedPath(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return (quoted?.replaceAll('""', '"') ?? line.split(',', 1)[0] ?? '').replaceAll('\\', '/');
}
