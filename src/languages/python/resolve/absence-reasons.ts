import type { Project } from '../../../model/language.ts';
import { folderOf } from '../../../text/paths.ts';
import type { UntrackedFiles } from '../../shared/untracked-files.ts';
import { isGeneratedName } from './generated.ts';
import { makersHolding } from './holders.ts';
import type { ProjectHosts } from './hosts.ts';
import { compiledPaths, isPackageFile, sourcePaths } from './module-paths.ts';
import type { ModuleTree } from './module-tree.ts';
import { finderFor, macroFor } from './made-folders.ts';
import { fileNaming } from './named-files.ts';
import { ancestors, join } from './roots.ts';
import { sourceOf } from './sources.ts';
import type { States } from './trust.ts';

interface ReasonParts {
  readonly project: Project;
  readonly states: States;
  readonly hosts: ProjectHosts;
  readonly untracked: UntrackedFiles;
}

/** The import that asks. */
interface Importer {
  readonly file: string;
  readonly specifier: string;
  readonly writtenModules?: readonly string[] | undefined;
}

/**
 * What a package or module does that has modules below it for which no file is there. One that looks modules up makes none, and
 * one that puts something else in its own place, or hands on where it is, has its modules where they were.
 */
const MAKES_MODULES = new RegExp(
  [
    String.raw`\bsys[ \t]*\.[ \t]*meta_path\b`,
    String.raw`(?<!\bin[ \t])\bsys[ \t]*\.[ \t]*modules\b(?![ \t]*(?:\[[ \t]*__name__[ \t]*\]|\)|\.[ \t]*(?:get|pop|keys|items|values)\b))`,
    String.raw`^[ \t]*__path__[ \t]*(?:\+=|=(?!=|[ \t]*__path__\b))|\b__path__[ \t]*(?:\[|\.[ \t]*(?:append|extend|insert)\b)`,
    String.raw`\bextend_path\b|\bdeclare_namespace\b`,
  ].join('|'),
  'm',
);

/** Where a module answers for any name, it does so for `__path__`, by which Python finds modules below it (PEP 562). */
const ANSWERS = /^def[ \t]+__getattr__\b/m;

/** In the text of a notebook a backslash stands before its quotes. */
const PACKAGE_SETTING = /\b__package__[ \t]*=(?!=)(?:[ \t]*\\?["']([\w.]+)\\?["'])?/g;

/** Programs that may be read for modules that they put into `sys.modules`, at most. */
const MOST_PROGRAMS = 200;

/**
 * Why a module of the project may be absent from the files that git tracks: what makes it, or leaves it out. What a file of
 * a build says has to be said before the change.
 */
export class AbsenceReasons {
  readonly #tree: ModuleTree;
  readonly #parts: ReasonParts;
  #stored: Promise<readonly (readonly [name: string, file: string])[]> | undefined;

  constructor(tree: ModuleTree, parts: ReasonParts) {
    this.#tree = tree;
    this.#parts = parts;
  }

  /**
   * @param path The module's, from the root, without ending.
   * @returns The reason in words; undefined where nothing tells of one.
   */
  async of(path: string, importer: Importer): Promise<string | undefined> {
    const reason =
      this.#configured(path) ??
      writtenBefore(path, importer) ??
      generated(path) ??
      (await this.#inOtherPackage(importer)) ??
      (await this.#source(path));
    if (reason !== undefined || (await this.#wasTracked(path))) return reason;
    return (
      (await this.#ofPackages(path)) ??
      (await this.#built(path)) ??
      (await this.#untracked(path)) ??
      (await this.#named(path)) ??
      (await this.#put(path)) ??
      (await this.#inLargerTree(path)) ??
      (await this.#made(path))
    );
  }

  /** What git tracked before the change nothing makes: the change has taken it away. */
  async #wasTracked(path: string): Promise<boolean> {
    const files = [...sourcePaths(path), ...compiledPaths(path)];
    const states = await Promise.all(this.#parts.project.trusted.map((state) => state.existing(files)));
    return states.some((present) => present.size > 0);
  }

  #configured(path: string): string | undefined {
    const dotted = `.${path.replaceAll('/', '.')}.`;
    const module = this.#parts.project.localModules.find((each) => dotted.includes(`.${each}.`));
    return module === undefined ? undefined : `the configuration’s localModules name ${module}`;
  }

  /** A program, or a notebook, which has no package of its own, may say where its relative imports start (PEP 366). */
  async #inOtherPackage({ file, specifier }: Importer): Promise<string | undefined> {
    const text = specifier.startsWith('.') ? await this.#tree.text(file) : undefined;
    const folders = `.${folderOf(file).replaceAll('/', '.')}`;
    const isOther = [...(text ?? '').matchAll(PACKAGE_SETTING)].some(
      ([, name]) => name === undefined || !folders.endsWith(`.${name}`),
    );
    return isOther ? `${file} sets __package__` : undefined;
  }

  /** `six.moves`: a module or package above it makes modules when it runs. */
  async #ofPackages(path: string): Promise<string | undefined> {
    const folders = ancestors(folderOf(path)).filter((folder) => folder !== '');
    const files = folders.flatMap((folder) => [join(folder, '__init__.py'), `${folder}.py`]);
    const present = await this.#parts.states.own.having(files);
    for (const file of present) {
      const text = (await this.#tree.text(file)) ?? '';
      if (MAKES_MODULES.test(text) || (!isPackageFile(file) && ANSWERS.test(text)))
        return `${file} makes modules when it runs`;
    }
    return undefined;
  }

  async #source(path: string): Promise<string | undefined> {
    const folder = folderOf(path);
    const name = path.slice(folder === '' ? 0 : folder.length + 1);
    const source = sourceOf(name, await this.#tree.names.inFolder(folder), {
      paths: await this.#parts.states.own.list(),
    });
    return source === undefined ? undefined : `it is made of ${source}`;
  }

  async #built(path: string): Promise<string | undefined> {
    const file = await this.#parts.hosts.modules.builtAt(path);
    return file === undefined ? undefined : `${file} has it built`;
  }

  #untracked(path: string): Promise<string | undefined> {
    return this.#parts.untracked.reason([`${path}.py`, `${path}/__init__.py`]);
  }

  async #named(path: string): Promise<string | undefined> {
    const { trusted } = this.#parts.project;
    const isUnique = !(await this.#tree.isModuleAnywhere(path.slice(path.lastIndexOf('/') + 1)));
    const file = await fileNaming(path, { trusted, isUnique });
    return file === undefined ? undefined : `${file} names its file`;
  }

  /** Google's own tree has a project's root as a package: there `shop.benchmarks` is the folder beside `shop`. */
  async #inLargerTree(path: string): Promise<string | undefined> {
    const [top = '', ...parts] = path.split('/');
    const place = parts.join('/');
    if (place === '' || !(await this.#isAtRoot(place))) return undefined;
    const word = `third_party/py/${top}`;
    const { trusted } = this.#parts.project;
    const holders = await Promise.all(trusted.map((state) => makersHolding(word, state)));
    const [[file] = []] = holders;
    const isSaid = file !== undefined && holders.every((files) => files.length > 0);
    return isSaid ? `${file} names ${word}, where ${place} is below it` : undefined;
  }

  async #isAtRoot(path: string): Promise<boolean> {
    const present = await this.#parts.states.own.having(sourcePaths(path));
    return present.size > 0 || this.#tree.names.hasFolder(path);
  }

  async #made(path: string): Promise<string | undefined> {
    const { files, trusted } = this.#parts.project;
    const finder = await finderFor(path, files);
    if (finder !== undefined) return `${finder} finds modules of its package where Python would not`;
    const macro = await macroFor(path, trusted);
    return macro === undefined ? undefined : `${macro} generates files in its folder`;
  }

  /** A program puts it into `sys.modules`, or writes it there as a stand-in. */
  async #put(path: string): Promise<string | undefined> {
    this.#stored ??= this.#modulesMade();
    const dotted = `.${path.replaceAll('/', '.')}`;
    for (const [name, file] of await this.#stored)
      if (dotted.endsWith(`.${name}`)) return `${file} puts it into sys.modules`;
    return undefined;
  }

  async #modulesMade(): Promise<readonly (readonly [name: string, file: string])[]> {
    const { files } = this.#parts.project;
    const paths = await makersHolding('modules', files);
    const programs = paths.filter((path) => path.endsWith('.py')).slice(0, MOST_PROGRAMS);
    const modules: (readonly [string, string])[] = [];
    for (const file of programs) {
      const text = (await this.#tree.text(file)) ?? '';
      if (!/\bsys[ \t]*\.[ \t]*modules\b/.test(text)) continue;
      for (const [, dots, name] of text.matchAll(/["'](\.?)([A-Za-z_][\w.]{2,200})["']/g))
        if (name !== undefined && (dots === '.' || name.includes('.'))) modules.push([name, file]);
    }
    return modules;
  }
}

/** A cell of the same notebook writes it. */
function writtenBefore(path: string, { writtenModules = [] }: Importer): string | undefined {
  const file = writtenModules.find((each) => each === `${path}.py` || each === `${path}/__init__.py`);
  return file === undefined ? undefined : `an earlier cell writes ${file}`;
}

function generated(path: string): string | undefined {
  const name = path.split('/').find(isGeneratedName);
  return name === undefined ? undefined : `${name} is a name that only a compiler gives`;
}
