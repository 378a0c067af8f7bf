import type { Files } from '../../../model/language.ts';
import { joinPath } from '../../../text/paths.ts';
import type { OwnPackage } from './packages.ts';

/** Where targets begin whose files no manifest names (https://doc.rust-lang.org/cargo/guide/project-layout.html). */
const USUAL_ROOTS = ['src/lib.rs', 'src/main.rs'];

const alias = /\bextern\s+crate\s+\w+\s+as\s+(\w+)/g;
const sysroot = /\bextern\s+crate\s+(\w+)\s*;/g;

/**
 * `extern crate a as b` in the root of a target gives the name `b` to a crate for all of its files
 * (https://doc.rust-lang.org/reference/names/preludes.html#extern-prelude), and where the root asks for crates of the
 * compiler, `extern crate a` may name one.
 */
export class RootAliases {
  readonly #files: Files;
  readonly #roots = new Map<OwnPackage, Promise<ReadonlyMap<string, string>>>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns The root of a package that names a crate so; undefined where none does. */
  async rootNaming(name: string, cargoPackage: OwnPackage): Promise<string | undefined> {
    const roots = this.#roots.get(cargoPackage) ?? this.#read(cargoPackage);
    this.#roots.set(cargoPackage, roots);
    return (await roots).get(name);
  }

  /** @returns The names that the roots of a package give to crates, each with the first root that does. */
  async #read({ folder, targets }: OwnPackage): Promise<ReadonlyMap<string, string>> {
    const rootByName = new Map<string, string>();
    const named = targets.filter(({ kind }) => kind !== 'build').map(({ path }) => path);
    for (const path of new Set([...USUAL_ROOTS, ...named])) {
      const root = joinPath(folder, path);
      const text = root === undefined ? undefined : await this.#files.text(root);
      if (root === undefined || text?.includes('extern') !== true) continue;
      for (const name of namesIn(text)) if (!rootByName.has(name)) rootByName.set(name, root);
    }
    return rootByName;
  }
}

function namesIn(text: string): readonly string[] {
  const expressions = text.includes('rustc_private') ? [alias, sysroot] : [alias];
  return expressions.flatMap((each) => [...text.matchAll(each)].flatMap(([, name]) => name ?? []));
}
