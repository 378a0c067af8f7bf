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
 *
 * @returns The root that names a crate so; undefined where none does.
 */
export async function aliasInRoot(
  name: string,
  cargoPackage: OwnPackage,
  files: Files,
): Promise<string | undefined> {
  const named = cargoPackage.targets.filter(({ kind }) => kind !== 'build').map(({ path }) => path);
  for (const path of new Set([...USUAL_ROOTS, ...named])) {
    const root = joinPath(cargoPackage.folder, path);
    const text = root === undefined ? undefined : await files.text(root);
    if (text?.includes('extern') !== true) continue;
    const expressions = text.includes('rustc_private') ? [alias, sysroot] : [alias];
    if (expressions.some((each) => [...text.matchAll(each)].some((match) => match[1] === name))) return root;
  }
  return undefined;
}
