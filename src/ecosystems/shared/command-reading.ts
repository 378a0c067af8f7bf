import type { CommandReading, CommandWord, InnerCommand } from '../../model/command.ts';
import type { EcosystemId } from '../../model/package.ts';
import type { ImportTarget, ParsedImport, SourceLine } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { spanOfWord } from '../../shell/word.ts';

/** What a command has installed, while its words are read. */
export class ReadingBuilder implements CommandReading {
  readonly imports: ParsedImport[] = [];
  readonly extra: string[] = [];
  readonly inner: InnerCommand[] = [];
  index: string | null = null;
  noIndex = false;
  readonly #ecosystem: EcosystemId;

  constructor(ecosystem: EcosystemId) {
    this.#ecosystem = ecosystem;
  }

  /** @returns undefined where nothing was read. */
  reading(): CommandReading | undefined {
    const { imports, extra, inner, index, noIndex } = this;
    const isEmpty = imports.length + extra.length + inner.length === 0 && index === null && !noIndex;
    return isEmpty ? undefined : { imports, extra, inner, index, noIndex };
  }

  /**
   * @param name As written.
   * @param alternatives The other packages that may be meant.
   */
  addPackage(name: string, span: Span, alternatives: readonly string[] = []): void {
    const target = { kind: 'package', ecosystem: this.#ecosystem, name } as const;
    this.#add(alternatives.length === 0 ? target : { ...target, alternatives }, span);
  }

  addProgram(name: string, span: Span, isAsked: boolean): void {
    this.#add({ kind: 'program', ecosystem: this.#ecosystem, name, isAsked }, span);
  }

  /** Adds what only a run can tell, or what is taken from elsewhere. */
  addUnclear(word: CommandWord, line?: SourceLine): void {
    const target = { kind: 'unclear', expression: word.text, ...(line !== undefined && { line }) } as const;
    this.#add(target, spanOfWord(word));
  }

  #add(target: ImportTarget, span: Span): void {
    this.imports.push({ kind: 'install', target, span, optional: false });
  }
}
