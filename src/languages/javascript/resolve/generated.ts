import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { UntrackedFiles } from '../../shared/untracked-files.ts';
import type { Miss } from './look-up.ts';
import { packagePart } from './names.ts';
import type { OwnState } from './own-modules.ts';

/** More packages than the usual repository has of its own. */
const mostPackages = 500;

/** Knows what is built where git holds no file, and an alias of the project leads under the name of a package. */
export class GeneratedPackages {
  readonly #state: OwnState;
  readonly #untracked: UntrackedFiles;

  constructor({ trusted }: Pick<Project, 'trusted'>, state: OwnState) {
    this.#state = state;
    this.#untracked = new UntrackedFiles(trusted);
  }

  /**
   * @param misses The aliases that lead a specifier to no file.
   * @returns The package of the repository that is built there, else that nobody can tell; undefined where no alias leads
   *   to what is generated.
   */
  async originOf(specifier: string, misses: readonly Miss[]): Promise<Origin | undefined> {
    for (const { text, paths, isReserved } of misses) {
      if (!isReserved && !(await this.#mayBeGenerated(paths))) continue;
      const file = await this.#ownManifest(specifier);
      if (file !== undefined) return { kind: 'local', file };
      return { kind: 'unknown', reason: `${text}${isReserved ? '' : ' and which git ignores'}` };
    }
    return undefined;
  }

  /** Does git ignore one of the paths, or a program that one may be written for without its ending? */
  async #mayBeGenerated(paths: readonly string[]): Promise<boolean> {
    const endings = ['', '.ts', '.tsx', '.js', '.mjs', '.json', '/index.js'];
    const files = paths.flatMap((path) => endings.map((ending) => path + ending));
    return (await this.#untracked.reason(files)) !== undefined;
  }

  /** @returns The package.json of the repository that bears the name of a specifier's package, wherever it stands. */
  async #ownManifest(specifier: string): Promise<string | undefined> {
    const { reader, folders } = this.#state;
    const name = packagePart(specifier);
    const files = (await reader.list()).filter((path) => /(?:^|\/)package\.json$/.test(path));
    const manifests = await Promise.all(files.slice(0, mostPackages).map((file) => folders.package(file)));
    return manifests.find((manifest) => manifest?.name === name)?.file;
  }
}
