import { replacementOf, type Replacement } from '../../../ecosystems/golang/mod-file.ts';
import type { Files } from '../../../model/language.ts';
import type { Step } from '../../../model/reference.ts';
import { folderOf, foldersAbove, inFolder, joinPath } from '../../../text/paths.ts';
import { lineOf, locatedModFile, type LocatedModFile } from './module-file.ts';

/** The module that an import path lies in, by the path of whatever takes its place, and what tells it. */
export interface Provider {
  readonly module: string;
  /** Its source is in the project. */
  readonly isOwn: boolean;
  readonly step: Step;
}

/** The modules that the files of one module can import, by the paths that they import them by. */
type Providers = ReadonlyMap<string, Provider>;

/** The modules of a project, as its go.mod and go.work files name them. */
export class Modules {
  readonly #files: Files;
  readonly #readFiles = new Map<string, Promise<LocatedModFile | null>>();
  /** The nearest go.mod of a folder. */
  readonly #nearest = new Map<string, Promise<LocatedModFile | null>>();
  readonly #providers = new Map<string, Promise<Providers>>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** @returns The go.mod of the module that a file is a part of; null where there is none above it. */
  nearest(file: string): Promise<LocatedModFile | null> {
    const folder = folderOf(file);
    const nearest = this.#nearest.get(folder) ?? this.#firstAbove(folder, 'go.mod');
    this.#nearest.set(folder, nearest);
    return nearest;
  }

  /** @returns The module with the longest path that an import begins with; null where none is named. */
  async providing(specifier: string, file: string): Promise<Provider | null> {
    const nearest = await this.nearest(file);
    if (nearest === null) return null;
    const providers = this.#providers.get(nearest.path) ?? this.#providersOf(nearest);
    this.#providers.set(nearest.path, providers);
    const modules = await providers;
    for (let end = specifier.length; end > 0; end = specifier.lastIndexOf('/', end - 1)) {
      const provider = modules.get(specifier.slice(0, end));
      if (provider !== undefined) return provider;
    }
    return null;
  }

  /**
   * Declared is a module itself, what it requires, and in a workspace each member and what that requires. A line that replaces,
   * excludes or names a tool declares nothing.
   */
  async #providersOf(main: LocatedModFile): Promise<Providers> {
    const workspace = await this.#workspaceOf(main);
    const members = workspace === null ? [main] : [main, ...(await this.#members(workspace))];
    const replacing = workspace === null ? [main] : [workspace, ...members];
    const providers = new Map<string, Provider>();
    for (const member of members) await this.#addRequirements(providers, member, replacing);
    // A member's own source is preferred to what is required of it.
    for (const { module, ...member } of members.toReversed()) {
      if (module === null) continue;
      const line = lineOf({ module, ...member }, module.span.start);
      const text =
        member.path === main.path
          ? 'it lies in the module itself'
          : `${workspace?.path ?? ''} has the module`;
      providers.set(module.text, {
        module: module.text,
        isOwn: true,
        step: { text, file: member.path, line },
      });
    }
    return providers;
  }

  async #addRequirements(
    providers: Map<string, Provider>,
    member: LocatedModFile,
    replacing: readonly LocatedModFile[],
  ): Promise<void> {
    for (const requirement of member.requirements) {
      const path = requirement.path.text;
      if (providers.has(path)) continue;
      for (const file of replacing) {
        const replacement = replacementOf(requirement, file);
        if (replacement === undefined) continue;
        providers.set(path, await this.#replaced(path, replacement, file));
        break;
      }
      if (providers.has(path)) continue;
      const mark = requirement.isIndirect ? ' // indirect' : '';
      const text = `${member.path} requires ${path} ${requirement.version}${mark}`;
      const line = lineOf(member, requirement.path.span.start);
      providers.set(path, { module: path, isOwn: false, step: { text, file: member.path, line } });
    }
  }

  /** What takes the place of a module is own code where the project has that folder as a module. */
  async #replaced(
    path: string,
    { target, targetVersion, path: word }: Replacement,
    file: LocatedModFile,
  ): Promise<Provider> {
    const line = lineOf(file, word.span.start);
    const step = { text: `${file.path} replaces ${path} with ${target.text}`, file: file.path, line };
    if (targetVersion !== null) return { module: target.text, isOwn: false, step };
    const goMod = joinPath(file.folder, inFolder(target.text, 'go.mod'));
    const isOwn =
      goMod !== undefined && !target.text.startsWith('/') && (await this.#files.existing([goMod])).size > 0;
    return { module: path, isOwn, step };
  }

  /** The nearest go.work counts for the modules that it names; others are built without it. */
  async #workspaceOf(main: LocatedModFile): Promise<LocatedModFile | null> {
    const workspace = await this.#firstAbove(main.folder, 'go.work');
    return workspace !== null && memberFolders(workspace).includes(main.folder) ? workspace : null;
  }

  async #members(workspace: LocatedModFile): Promise<readonly LocatedModFile[]> {
    const paths = memberFolders(workspace).map((folder) => inFolder(folder, 'go.mod'));
    const members = await Promise.all(paths.map((path) => this.#read(path, 'go.mod')));
    return members.flatMap((member) => member ?? []);
  }

  async #firstAbove(folder: string, kind: 'go.mod' | 'go.work'): Promise<LocatedModFile | null> {
    const paths = foldersAbove(inFolder(folder, kind)).map((parent) => inFolder(parent, kind));
    const existing = await this.#files.existing(paths);
    const path = paths.find((candidate) => existing.has(candidate));
    return path === undefined ? null : this.#read(path, kind);
  }

  #read(path: string, kind: 'go.mod' | 'go.work'): Promise<LocatedModFile | null> {
    const read =
      this.#readFiles.get(path) ??
      this.#files.text(path).then((text) => (text === undefined ? null : locatedModFile(path, text, kind)));
    this.#readFiles.set(path, read);
    return read;
  }
}

/** The folders of a workspace's members, from the root; what lies outside of the repository is none of its own. */
function memberFolders({ uses, folder }: LocatedModFile): readonly string[] {
  return uses.flatMap(({ text }) => (text.startsWith('/') ? [] : (joinPath(folder, text) ?? [])));
}
