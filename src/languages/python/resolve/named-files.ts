import type { Files } from '../../../model/language.ts';
import { folderOf } from '../../../text/paths.ts';
import { topmost } from './host-files.ts';

/** Prose, data and pages name files without making any. */
const PROSE = /\.(?:md|mdx|rst|txt|adoc|html?|ipynb|lock|po|csv|svg|css|json5?|xml)$/i;

/** Recipes and settings of builds, which are read where nobody knows which files hold a word. */
const RECIPES =
  /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml|hatch\.toml|(?:GNUm|[Mm])akefile|[\w.-]+\.mk|meson\.build|CMakeLists\.txt|[\w.-]+\.cmake|noxfile\.py|tasks\.py|SConstruct|[Jj]ustfile|\.gitattributes)$/;

/** More than make a module. */
const MOST_FILES = 200;

/**
 * A program, a recipe or the settings of a build that name a module's file which is not there, write it:
 * `version_file = "shop/_version.py"` of setuptools-scm (https://setuptools-scm.readthedocs.io/en/latest/config/),
 * `open("tables.py", "w")`, a rule of a makefile. One that only the change adds says nothing.
 *
 * A recipe may also name the module as programs do: `"shop._speed"`.
 *
 * @param path The module's, from the root, without ending.
 * @param isUnique Whether no other file of the project bears the name: then a name without its folder tells, too.
 * @returns The file that names the module's.
 */
export async function fileNaming(
  path: string,
  { trusted, isUnique }: { readonly trusted: readonly Files[]; readonly isUnique: boolean },
): Promise<string | undefined> {
  const folder = folderOf(path);
  const name = path.slice(folder === '' ? 0 : folder.length + 1);
  const folderName = folder.slice(folder.lastIndexOf('/') + 1);
  if (!/^\w+$/.test(name)) return undefined;
  const pattern = new RegExp(
    String.raw`(?:([\w-]+)/)?(?<![\w-])${name}\.(?:py|pyx|pyi|so|pyd|c|cc|cpp)\b|["'](?:[\w.]+\.)?(\w+)\.${name}["']`,
    'g',
  );
  const isMeant = (named: string | undefined) => (named === undefined ? isUnique : named === folderName);
  for (const files of trusted) {
    const holders = await files.holding?.([name]);
    const paths = holders?.filter((each) => !PROSE.test(each)) ?? topmost(await files.list(), RECIPES);
    for (const file of paths.slice(0, MOST_FILES)) {
      const text = (await files.text(file)) ?? '';
      for (const [, folder, parent] of text.matchAll(pattern))
        if (parent === undefined ? isMeant(folder) : parent === folderName && RECIPES.test(file)) return file;
    }
  }
  return undefined;
}
