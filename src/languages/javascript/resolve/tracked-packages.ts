import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { foldersAbove, inFolder } from '../../../text/paths.ts';
import { memo } from './memo.ts';
import { packagePart } from './names.ts';
import { Reader } from './reader.ts';

/** The folder of the innermost package that a path leads into. */
const INSTALLED = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@]+(?=\/)/;

/**
 * Packages that git tracks in a `node_modules` folder below the root, as tests of resolvers and bundlers do: code of the
 * project, as Node finds it (https://nodejs.org/api/modules.html#loading-from-node_modules-folders). Only what a state
 * holds whose word counts is trusted to be one. The root's folder is where package managers install.
 */
export class TrackedPackages {
  /** A file of each package, by the package's folder, that is in this state and in one whose word counts. */
  readonly #files: (key: string) => Promise<ReadonlyMap<string, string>>;

  constructor({ files, trusted }: Pick<Project, 'files' | 'trusted'>, reader: Reader) {
    this.#files = memo(async () => {
      const installed = await installedFiles(reader);
      if (installed.size === 0) return installed;
      const trustedFiles: ReadonlyMap<string, string>[] = [];
      for (const state of trusted)
        trustedFiles.push(state === files ? installed : await installedFiles(new Reader(state)));
      return new Map([...installed].filter(([folder]) => trustedFiles.some((paths) => paths.has(folder))));
    });
  }

  /** @returns Where Node finds the package of a specifier for a file; undefined where git tracks none there. */
  async originOf(specifier: string, file: string): Promise<Origin | undefined> {
    const files = await this.#files('');
    if (files.size === 0) return undefined;
    const name = packagePart(specifier);
    for (const folder of foldersAbove(file).filter((path) => path !== '')) {
      const entry = files.get(inFolder(folder, `node_modules/${name}`));
      if (entry !== undefined) return { kind: 'local', file: entry };
    }
    return undefined;
  }
}

async function installedFiles(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const firstFiles = new Map<string, string>();
  for (const path of await reader.installed()) {
    const folder = INSTALLED.exec(path)?.[0];
    if (folder !== undefined && !firstFiles.has(folder)) firstFiles.set(folder, path);
  }
  return firstFiles;
}
