import { readModLines, type ModBlock, type ModFlaw, type ModLine, type Word } from './mod-lines.ts';

/** `require path version` */
export interface Requirement {
  readonly path: Word;
  readonly version: string;
  /** Nothing of the module itself imports it (https://go.dev/ref/mod#go-mod-file-require). */
  readonly isIndirect: boolean;
  readonly line: ModLine;
}

/** `replace path [version] => target [version]`; a target without a version is a folder. */
export interface Replacement {
  readonly path: Word;
  /** null where every version is replaced. */
  readonly version: string | null;
  readonly target: Word;
  readonly targetVersion: string | null;
  readonly line: ModLine;
}

/** What go.mod or go.work says of modules. What they exclude or retract, and the versions of Go, say nothing of that. */
export interface ModFile {
  /** The path of the module itself; null in go.work. */
  readonly module: Word | null;
  readonly requirements: readonly Requirement[];
  readonly replacements: readonly Replacement[];
  /** By the path of the module that is replaced. */
  readonly replacementsByPath: ReadonlyMap<string, readonly Replacement[]>;
  /** Packages with programs that `go tool` runs. */
  readonly tools: readonly Word[];
  /** Folders of the members of a workspace, as written. */
  readonly uses: readonly Word[];
  readonly blocks: readonly ModBlock[];
  readonly lines: readonly ModLine[];
  readonly flaws: readonly ModFlaw[];
}

/** Which file of the two it is: each has verbs that the other has not. */
export type ModKind = 'go.mod' | 'go.work';

/** https://go.dev/ref/mod#go-mod-file-grammar, https://go.dev/ref/mod#go-work-file: what else there is says nothing of modules. */
const OTHER_VERBS: Readonly<Record<ModKind, ReadonlySet<string>>> = {
  'go.mod': new Set(['go', 'toolchain', 'godebug', 'exclude', 'retract', 'ignore']),
  'go.work': new Set(['go', 'toolchain', 'godebug']),
};

/** Reads what a file says. A line that Go rejects is left out, and told as a flaw. */
export function readModFile(text: string, kind: ModKind): ModFile {
  const { lines, blocks, flaws: lexical } = readModLines(text);
  const draft = new ModDraft();
  const further: ModFlaw[] = [];
  for (const line of lines) {
    const { verb } = line;
    if (OTHER_VERBS[kind].has(verb.text)) continue;
    const message = kind === 'go.mod' ? draft.addToModule(line) : draft.addToWorkspace(line);
    if (message !== null) further.push({ message, offset: verb.span.start });
  }
  const flaws = [...lexical, ...further].sort((left, right) => left.offset - right.offset);
  const { module, requirements, replacements, tools, uses } = draft;
  const replacementsByPath = byPath(replacements);
  return { module, requirements, replacements, replacementsByPath, tools, uses, blocks, lines, flaws };
}

/** What was read so far. Each addition returns what is wrong with its line, or null. */
class ModDraft {
  module: Word | null = null;
  readonly requirements: Requirement[] = [];
  readonly replacements: Replacement[] = [];
  readonly tools: Word[] = [];
  readonly uses: Word[] = [];

  addToModule(line: ModLine): string | null {
    switch (line.verb.text) {
      case 'module':
        return this.#addModule(line);
      case 'require':
        return this.#addRequirement(line);
      case 'replace':
        return this.#addReplacement(line);
      case 'tool':
        return this.#addWord(line, this.tools);
      default:
        return unknownVerb(line);
    }
  }

  addToWorkspace(line: ModLine): string | null {
    switch (line.verb.text) {
      case 'use':
        return this.#addWord(line, this.uses);
      case 'replace':
        return this.#addReplacement(line);
      default:
        return unknownVerb(line);
    }
  }

  #addModule({ words }: ModLine): string | null {
    const [path, ...more] = words;
    if (path === undefined || more.length > 0) return 'expected “module” and one path';
    if (this.module !== null) return 'there is more than one “module”';
    this.module = path;
    return null;
  }

  #addRequirement(line: ModLine): string | null {
    const [path, version, ...more] = line.words;
    if (path === undefined || version === undefined || more.length > 0)
      return 'expected “require”, a module path and a version';
    // `// indirect; why` counts too.
    const isIndirect = /^indirect(?:;|$)/.test(line.comment);
    this.requirements.push({ path, version: version.text, isIndirect, line });
    return null;
  }

  #addReplacement(line: ModLine): string | null {
    const arrow = line.words.findIndex(({ text }) => text === '=>');
    const [path, version, ...more] = arrow === -1 ? [] : line.words.slice(0, arrow);
    const [target, targetVersion, ...further] = line.words.slice(arrow + 1);
    const isComplete = path !== undefined && target !== undefined && more.length + further.length === 0;
    if (!isComplete) return 'expected “replace”, a module path, “=>” and what takes its place';
    const replacement = { path, version: version?.text ?? null, target, line };
    if (targetVersion === undefined && !isFolder(target.text))
      return 'a module that takes the place of another needs a version, and a folder begins with ./ or ../';
    this.replacements.push({ ...replacement, targetVersion: targetVersion?.text ?? null });
    return null;
  }

  #addWord({ verb, words }: ModLine, list: Word[]): string | null {
    const [word, ...more] = words;
    if (word === undefined || more.length > 0) return `expected “${verb.text}” and one path`;
    list.push(word);
    return null;
  }
}

function unknownVerb({ verb: { text } }: ModLine): string {
  return `Go knows no “${text.slice(0, 40)}” here`;
}

/** https://go.dev/ref/mod#go-mod-file-replace; with `\` or a drive on Windows. */
function isFolder(target: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|\/|\\|[A-Za-z]:[/\\])/.test(target);
}

function byPath(replacements: readonly Replacement[]): ReadonlyMap<string, readonly Replacement[]> {
  const groups = new Map<string, Replacement[]>();
  for (const replacement of replacements) {
    const group = groups.get(replacement.path.text);
    if (group === undefined) groups.set(replacement.path.text, [replacement]);
    else group.push(replacement);
  }
  return groups;
}

/** @returns The replacement that holds for a requirement; one with its version is preferred. */
export function replacementOf(
  { path, version }: Requirement,
  { replacementsByPath }: Pick<ModFile, 'replacementsByPath'>,
): Replacement | undefined {
  const ofPath = replacementsByPath.get(path.text) ?? [];
  return ofPath.find((each) => each.version === version) ?? ofPath.find((each) => each.version === null);
}
