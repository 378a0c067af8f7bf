import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { UntrackedFiles } from '../../shared/untracked-files.ts';
import { isOfEveryModule } from './bound-names.ts';
import { AbsenceReasons } from './absence-reasons.ts';
import type { ProjectHosts } from './hosts.ts';
import { relativePath, sourcePaths } from './module-paths.ts';
import { ModuleTree } from './module-tree.ts';
import { mayHaveNames } from './relative.ts';
import { join } from './roots.ts';
import type { Root } from './roots.ts';
import type { States } from './trust.ts';

/** An import of the project's own modules, with one of the names that it takes. */
interface OwnImport {
  readonly file: string;
  readonly specifier: string;
  readonly name?: string | undefined;
  readonly writtenModules?: readonly string[] | undefined;
}

/** What became of an import, and why, for `explain`. */
interface Verdict {
  readonly origin: Origin;
  readonly why: string;
}

/**
 * Tells of modules of the project that are not there: where a look at the likely places found nothing, all others are looked
 * at, and what may make the module without a file that git tracks.
 */
export class MissingModules {
  readonly #states: States;
  readonly #tree: ModuleTree;
  readonly #reasons: AbsenceReasons;
  readonly #isJudged: boolean;

  constructor(
    project: Project,
    { states, hosts }: { readonly states: States; readonly hosts: ProjectHosts },
  ) {
    this.#states = states;
    this.#tree = new ModuleTree(states, project.files);
    this.#reasons = new AbsenceReasons(this.#tree, {
      project,
      states,
      hosts,
      untracked: new UntrackedFiles(project.trusted),
    });
    // Where no state's word counts, nothing can say that a module is made elsewhere.
    this.#isJudged = project.trusted.length > 0;
  }

  /** @returns What a relative import leads to. */
  async ofRelative(question: OwnImport): Promise<Verdict> {
    const { file, specifier, name } = question;
    const target = relativePath(file, specifier);
    if (target === undefined) return local('it leads out of the repository');
    if (!this.#isJudged) return local('nothing is judged');
    const { path, isFolder } = target;
    const kind = isFolder ? await this.#tree.kindOfFolder(path) : await this.#tree.kindOf(path);
    if (kind === undefined) return this.#verdict(path, question);
    if (name === undefined || kind === 'module' || isOfEveryModule(name)) return local('the module is there');
    const full = join(path, name);
    if ((await this.#tree.kindOf(full)) !== undefined) return local('the module is there');
    if (kind === 'package' && (await this.#hasName(path, name)))
      return local('the package may have the name');
    const isPortion = kind === 'namespace' && (await this.#tree.hasPortion(path, name));
    return isPortion ? local('another folder of the namespace has it') : this.#verdict(full, question);
  }

  /** @returns What an absolute import leads to of which only a package above it is there. */
  async ofAbsolute(
    question: OwnImport,
    { gap, root }: { readonly gap: string; readonly root: Root },
  ): Promise<Verdict> {
    if (!this.#isJudged) return local('nothing is judged');
    const { specifier, name } = question;
    const kind = await this.#tree.kindOf(gap);
    // Below a package, a folder without a file of its own is a namespace, out of which modules alone are taken.
    const isTaken =
      kind !== undefined && (name === undefined || gap.endsWith(`/${name}`) || isOfEveryModule(name));
    if (isTaken || kind === 'module' || kind === 'package') return local('the module is there');
    const path = kind === 'namespace' && name !== undefined ? join(gap, name) : gap;
    if (path !== gap && (await this.#tree.kindOf(path)) !== undefined) return local('the module is there');
    const full = name === undefined ? specifier : `${specifier}.${name}`;
    if (await this.#tree.isAnywhere(full.replaceAll('.', '/'))) return local('another folder has it');
    if (await this.#tree.isModuleAnywhere(specifier.replaceAll('.', '/')))
      return local('another folder has it');
    return this.#verdict(path, question, root);
  }

  async #verdict(path: string, question: OwnImport, root?: Root): Promise<Verdict> {
    const reason = await this.#reasons.of(path, question);
    if (reason !== undefined) return local(reason);
    const nearest = await this.#tree.nearest(path, { ...question, root });
    const module = { path, otherCase: null, nearest };
    return { origin: { kind: 'missing', module }, why: `no file of the project is ${path}` };
  }

  async #hasName(folder: string, name: string): Promise<boolean> {
    const file = sourcePaths(folder)[0] ?? '';
    const text = await this.#states.own.text(file);
    return text === undefined || mayHaveNames([name], { file, text }, this.#states.own);
  }
}

function local(why: string): Verdict {
  return { origin: { kind: 'local', file: null }, why };
}
