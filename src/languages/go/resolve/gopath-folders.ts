import type { Files } from '../../../model/language.ts';
import { foldersAbove, folderOf, inFolder } from '../../../text/paths.ts';

/**
 * Folders of test data that are laid out as Go had it before modules: `testdata/src/a` is imported as `a`
 * (golang.org/x/tools/go/analysis/analysistest). Go builds nothing below `testdata`, nor below what begins with `_` or a dot
 * (https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns), so what such a file imports is fetched for no program.
 */
export class GopathFolders {
  readonly #files: Files;
  #packages: Promise<ReadonlySet<string>> | undefined;

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns Whether a file that Go does not build imports a folder beside it, or what no host can serve. */
  async has(specifier: string, file: string): Promise<boolean> {
    if (!/(?:^|\/)(?:testdata\/|[_.])/.test(file)) return false;
    // Without a dot in its first part a path can be on no host.
    if (!/^[^/]*\./.test(specifier)) return true;
    this.#packages ??= this.#files
      .list()
      .then((paths) => new Set(paths.filter((path) => path.endsWith('.go')).map(folderOf)));
    const packages = await this.#packages;
    return foldersAbove(file).some((folder) => packages.has(inFolder(folder, specifier)));
  }
}
