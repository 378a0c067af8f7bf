import { codeOnly } from '../logical-lines.ts';
import { makesNames, namesNotBound, takesAllNames } from './bound-names.ts';
import type { FileLookup } from './lookup.ts';
import { compiledPaths, isPackageFile, relativePath, sourcePaths } from './module-paths.ts';
import { ancestors, folderOf, join } from './roots.ts';

/** More modules than a package takes all names from, one through another; where there are more, nobody tells. */
const MOST_MODULES = 60;

/** `from .models import *`, in one logical line. */
const STAR =
  /\bfrom((?:[ \t\f\v]|\\\r?\n|[.\w\u0080-\uffff]){1,300}?)\bimport(?![\w\u0080-\uffff])(?:[ \t\f\v]|\\\r?\n)*\*/g;

/** `__all__` as a list of strings, with comments between them: no program tells more of it. */
const LITERAL_LIST =
  /^__all__[ \t]*(?::[^=\n]*)?=[ \t]*([[(](?:[\s,]|#[^\n]*\n|"[\w\u0080-\uffff]+"|'[\w\u0080-\uffff]+')*[\])])[ \t]*(?:#.*)?\r?$/m;

/** What makes attributes of objects alone, and no names of a module. */
const OF_OBJECTS =
  /\bdef[ \t]+__getattr__[ \t]*\(\s*self\b|\b(?:self|cls)[ \t]*\.[ \t]*__dict__\b|\bsetattr[ \t]*\(\s*(?:self|cls)\b/g;

interface ModuleText {
  readonly file: string;
  readonly text: string;
}

/**
 * @param file A package's own (`__init__.py`), which imports all names of other modules.
 * @param names That the package's own text does not have.
 * @returns Those that none of the other modules has either, and no module that one of them takes all names from
 *   (https://docs.python.org/3/reference/simple_stmts.html#the-import-statement). None where that can't be told: a module
 *   is another project's, is compiled, or makes its names when it runs.
 */
export function namesNotTaken(
  names: readonly string[],
  file: ModuleText,
  lookup: FileLookup,
): Promise<readonly string[]> {
  return new StarImports(file, lookup).namesMissing(names, file);
}

class StarImports {
  readonly #package: string;
  readonly #lookup: FileLookup;
  /** A module that is asked for the same names again takes them from itself. */
  readonly #questions = new Set<string>();

  constructor({ file }: ModuleText, lookup: FileLookup) {
    this.#package = file;
    this.#lookup = lookup;
  }

  async namesMissing(names: readonly string[], { file, text }: ModuleText): Promise<readonly string[]> {
    let missingNames = names;
    for (const specifier of modulesTakenWhole(text)) {
      if (missingNames.length === 0) return [];
      const module = await this.#module(specifier, file);
      missingNames = module === undefined ? [] : await this.#namesNotOf(module, missingNames);
    }
    return missingNames;
  }

  async #namesNotOf(module: ModuleText, names: readonly string[]): Promise<readonly string[]> {
    const question = `${module.file}\n${names.join()}`;
    if (module.file === this.#package || this.#questions.has(question)) return names;
    this.#questions.add(question);
    if (this.#questions.size > MOST_MODULES) return [];
    const { text } = module;
    const list = namesInList(text);
    if (list !== undefined) return names.filter((name) => !list.has(name));
    if (makesNames(codeOnly(text).replaceAll(OF_OBJECTS, ''))) return [];
    const isPrivate = (name: string) => name.startsWith('_') && !text.includes('__all__');
    const unboundNames = await this.#notBelow(
      module.file,
      namesNotBound(
        text,
        names.filter((name) => !isPrivate(name)),
      ),
    );
    return [...names.filter(isPrivate), ...(await this.namesMissing(unboundNames, module))];
  }

  /** What a package has below it is a name of it as soon as somebody has imported it. */
  async #notBelow(file: string, names: readonly string[]): Promise<readonly string[]> {
    if (!isPackageFile(file)) return names;
    const pathsOf = (name: string) => {
      const path = join(folderOf(file), name);
      return [...sourcePaths(path), ...compiledPaths(path)];
    };
    const present = await this.#lookup.having(names.flatMap(pathsOf));
    return names.filter((name) => !pathsOf(name).some((path) => present.has(path)));
  }

  /** @returns The module, where it is one of the importing file's own package and has a text. */
  async #module(specifier: string, file: string): Promise<ModuleText | undefined> {
    if (specifier === '') return undefined;
    const path = specifier.startsWith('.')
      ? relativePath(file, specifier)?.path
      : await this.#pathInPackage(specifier, file);
    if (path === undefined) return undefined;
    const files = sourcePaths(path);
    const present = await this.#lookup.having(files);
    const source = files.find((candidate) => present.has(candidate));
    const text = source === undefined ? undefined : await this.#lookup.text(source);
    return source === undefined || text === undefined ? undefined : { file: source, text };
  }

  /** An absolute name leads into a file's own package where that is the outermost one around the file. */
  async #pathInPackage(specifier: string, file: string): Promise<string | undefined> {
    const folders = ancestors(folderOf(file));
    const inits = folders.map((folder) => join(folder, '__init__.py'));
    const present = await this.#lookup.having(inits);
    const level = inits.findIndex((init) => !present.has(init));
    const [root, outermost] = [folders[level], folders[level - 1]];
    const path = specifier.replaceAll('.', '/');
    if (root === undefined || outermost === undefined) return undefined;
    const full = join(root, path);
    return full === outermost || full.startsWith(`${outermost}/`) ? full : undefined;
  }
}

/** @returns The modules, as written; an empty name stands for one that can't be read. */
function modulesTakenWhole(text: string): readonly string[] {
  const code = codeOnly(text);
  const specifiers = [...code.matchAll(STAR)].map(([, specifier = '']) =>
    specifier.replaceAll(/[\s\\]/g, ''),
  );
  return takesAllNames(code.replaceAll(STAR, '')) ? [...specifiers, ''] : specifiers;
}

/** @returns The names that a list of its own says a module has, where nothing but that list tells. */
function namesInList(text: string): ReadonlySet<string> | undefined {
  if (text.split('__all__', 3).length !== 2) return undefined;
  const [, list] = LITERAL_LIST.exec(text) ?? [];
  if (list === undefined) return undefined;
  const entries = list.replaceAll(/#[^\n]*/g, '').matchAll(/["']([^"']+)["']/g);
  return new Set([...entries].map(([, name = '']) => name));
}
