import type { Files } from '../../../model/language.ts';
import { folderOf } from '../../../text/paths.ts';
import { makersHolding } from './holders.ts';

/** Prose, data and pages, and programs of a browser, name files without making any. */
const PROSE = /\.(?:md|mdx|rst|txt|adoc|html?|ipynb|lock|po|csv|svg|css|json5?|xml|[cm]?[jt]sx?|\d)$/i;

/** Recipes and settings of builds. */
const RECIPES =
  /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml|hatch\.toml|(?:GNUm|[Mm])akefile|[\w.-]+\.mk|meson\.build|CMakeLists\.txt|[\w.-]+\.cmake|noxfile\.py|tasks\.py|SConstruct|[Jj]ustfile|\.gitattributes)$/;

/** Settings, in which many a key names files that are there: these keys name one that a tool writes. */
const SETTINGS = /\.(?:toml|cfg|ini)$/;
const WRITING =
  /\b(?:version[_-]?file|write[_-]to|versionfile[_-](?:source|build)|path|file|output|target|files)\b/;

/** Programs, in which a string names a file, and prose does not. */
const PROGRAM = /\.(?:py|pyx|pyi|sh)$/;

/** More than make a module. */
const MOST_FILES = 200;

/**
 * A program, a recipe or the settings of a build that name a module's file which is not there, write it:
 * `version_file = "shop/_version.py"` of setuptools-scm (https://setuptools-scm.readthedocs.io/en/latest/config/),
 * `open("tables.py", "w")`, a rule of a makefile. One that only the change adds says nothing. A recipe may also name the
 * module as programs do: `"shop._speed"`.
 *
 * @param path The module's, from the root, without ending.
 * @param isUnique Whether no other file of the project bears the name: then a name without its folder tells, too, as it does in
 *   the module's own folder.
 * @returns The file that names the module's.
 */
export async function fileNaming(
  path: string,
  { trusted, isUnique }: { readonly trusted: readonly Files[]; readonly isUnique: boolean },
): Promise<string | undefined> {
  const folder = folderOf(path);
  const name = path.slice(folder === '' ? 0 : folder.length + 1);
  const parent = folder.slice(folder.lastIndexOf('/') + 1);
  if (!/^\w+$/.test(name)) return undefined;
  const isMeant = (named: string | undefined, file: string) =>
    named === undefined ? isUnique || folderOf(file) === folder : named === parent;
  const isNamedIn = (text: string, file: string) =>
    text.split('\n').some((line) => {
      if (!line.includes(name)) return false;
      if (RECIPES.test(file) && parent !== '' && new RegExp(String.raw`\b${parent}\.${name}["']`).test(line))
        return true;
      return namedPaths(line, name, file).some((named) => isMeant(named, file));
    });
  for (const files of trusted) {
    const paths = (await makersHolding(name, files)).filter((each) => !PROSE.test(each));
    for (const file of paths.slice(0, MOST_FILES))
      if (isNamedIn((await files.text(file)) ?? '', file)) return file;
  }
  return undefined;
}

/** @returns The folders under which a line names a file of a name; undefined stands for none. */
function namedPaths(line: string, name: string, file: string): readonly (string | undefined)[] {
  if (SETTINGS.test(file) && !WRITING.test(line.slice(0, line.indexOf(name)))) return [];
  const code = PROGRAM.test(file) ? line : line.replace(/(?:^|\s)#.*/, '');
  const prefix = PROGRAM.test(file) ? String.raw`["'](?:[^"'\s]*/)?` : String.raw`(?<![\w-])`;
  const suffix = PROGRAM.test(file) ? String.raw`["']` : String.raw`(?![\w-])`;
  const pattern = new RegExp(String.raw`${prefix}${name}\.(?:py|pyx|pyi|so|pyd|c|cc|cpp)${suffix}`, 'g');
  return [...code.matchAll(pattern)].map(({ index, 0: { length } }) => {
    const path = code
      .slice(0, index + length)
      .split(/\s/)
      .at(-1);
    return path
      ?.split('/')
      .at(-2)
      ?.split(/[^\w-]/)
      .at(-1);
  });
}
