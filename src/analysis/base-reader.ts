import type { Files, Segment } from '../model/language.ts';
import type { Reference } from '../model/reference.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Policy } from '../policy/policy.ts';
import { readReferences, type ReferenceParser } from './parse-references.ts';
import { resolversFor, settledState } from './resolvers.ts';
import { contentsOf, kindOf, programText, type SourceKinds } from './source-kinds.ts';

/** A base with its own settings. */
interface BaseState {
  readonly base: Snapshot;
  readonly files: Files;
  readonly policy: Policy;
}

/** A program of a base, as a quick look sees it. */
interface Program {
  readonly path: string;
  readonly text: string;
  readonly segments: readonly ScannedSegment[];
}

interface ScannedSegment {
  readonly segment: Segment;
  /** null where only a parser tells. */
  readonly specifiers: readonly string[] | null;
}

/** Enough to keep git's pipe full, few enough to read little in vain. */
const PROGRAMS_AT_ONCE = 32;

/** Reads programs of one base as that base would. */
export class BaseReader {
  readonly #base: Snapshot;
  readonly #policy: Policy;
  readonly #kinds: SourceKinds;
  readonly #parser: ReferenceParser;

  constructor(
    { base, files, policy }: BaseState,
    { kinds, parse }: { readonly kinds: SourceKinds; readonly parse: ReferenceParser['parse'] },
  ) {
    const { config, claims } = policy;
    const settings = { localModules: config.localModules, ambient: config.ambient, claims };
    const { resolver } = resolversFor(settledState(base, files), settings);
    this.#base = base;
    this.#policy = policy;
    this.#kinds = kinds;
    this.#parser = { languages: kinds.languages, resolver, parse };
  }

  /**
   * @param paths Those of any files.
   * @returns The programs among them that can be read and are not ignored, in the same order.
   */
  async *programs(paths: readonly string[]): AsyncGenerator<Program, void> {
    const programPaths = paths.filter(
      (path) => kindOf(path, this.#kinds) !== undefined && !this.#policy.ignores(path),
    );
    for (let at = 0; at < programPaths.length; at += PROGRAMS_AT_ONCE) {
      const read = programPaths.slice(at, at + PROGRAMS_AT_ONCE).map((path) => this.#program(path));
      for (const program of await Promise.all(read)) if (program !== undefined) yield program;
    }
  }

  async #program(path: string): Promise<Program | undefined> {
    const kind = kindOf(path, this.#kinds);
    const read = await this.#base.read(path);
    if (kind === undefined || read.kind !== 'bytes') return undefined;
    const text = programText(read.bytes, kind, this.#kinds);
    const { segments } = await contentsOf(text, kind, this.#kinds);
    const scanned = await Promise.all(segments.map((segment) => this.#scanned(segment)));
    return { path, text, segments: scanned.flatMap((segment) => segment ?? []) };
  }

  async #scanned(segment: Segment): Promise<ScannedSegment | undefined> {
    const scan = await this.#kinds.languages.find(({ id }) => id === segment.language)?.scan(segment);
    return scan && { segment, specifiers: scan.kind === 'unsure' ? null : [...scan.specifiers] };
  }

  /** @returns The references of a program; none where a quick look sees none of the words. */
  async references(
    { path, text, segments }: Program,
    words: ReadonlySet<string>,
  ): Promise<readonly Reference[]> {
    const mentioning = segments.flatMap(({ segment, specifiers }) =>
      specifiers === null || specifiers.some((specifier) => mentions(specifier, words)) ? [segment] : [],
    );
    if (mentioning.length === 0) return [];
    return (await readReferences({ path, text, segments: mentioning }, this.#parser)).references;
  }
}

/** Does one of the words stand in a specifier as git finds it in a file: with neither a letter, a digit nor `_` beside it? */
function mentions(specifier: string, words: ReadonlySet<string>): boolean {
  for (const word of words)
    for (let at = specifier.indexOf(word); at >= 0; at = specifier.indexOf(word, at + 1))
      if (!isWordCharacter(specifier.charAt(at - 1)) && !isWordCharacter(specifier.charAt(at + word.length)))
        return true;
  return false;
}

function isWordCharacter(character: string): boolean {
  return /^\w$/.test(character);
}
