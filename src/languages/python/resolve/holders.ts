import type { Files } from '../../../model/language.ts';

/** Programs, recipes and settings: what may have a module made. */
const MAKERS =
  /\.(?:py|pyx|bzl|cmake|mk|toml|cfg|sh|build|i)$|(?:^|\/)(?:BUILD|(?:GNUm|[Mm])akefile|CMakeLists\.txt|SConstruct|[Jj]ustfile)$/;

/** More than are read where nobody knows which files hold a word. */
const MOST_FILES = 5_000;

/** Each search goes through a whole state, and many modules that are missing ask for the same words. */
const searches = new WeakMap<Files, Map<string, Promise<readonly string[]>>>();

/** @returns The files that hold a word, among those that may have a module made. */
export function makersHolding(word: string, files: Files): Promise<readonly string[]> {
  const searchesByWord = searches.get(files) ?? new Map<string, Promise<readonly string[]>>();
  searches.set(files, searchesByWord);
  const search = searchesByWord.get(word) ?? searched(word, files);
  searchesByWord.set(word, search);
  return search;
}

async function searched(word: string, files: Files): Promise<readonly string[]> {
  const holders = await files.holding?.([word]);
  if (holders) return holders;
  const makers = (await files.list()).filter((path) => MAKERS.test(path)).slice(0, MOST_FILES);
  const makersOfWord = await Promise.all(
    makers.map(async (path) => ((await files.text(path))?.includes(word) === true ? [path] : [])),
  );
  return makersOfWord.flat();
}
