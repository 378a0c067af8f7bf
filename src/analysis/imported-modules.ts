import type { Change } from '../model/snapshot.ts';
import type { AnalysisContext } from './file-analysis.ts';
import { readReferences } from './parse-references.ts';
import { contentsOf, kindOf, programText } from './source-kinds.ts';

/** The files of the project that the imports of a change lead to, whatever is approved. Each program is read once. */
export class ImportedModules {
  readonly #changes: readonly Change[];
  readonly #context: AnalysisContext;
  readonly #texts = new Map<string, Promise<string | undefined>>();
  readonly #modules = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(changes: readonly Change[], context: AnalysisContext) {
    this.#changes = changes;
    this.#context = context;
  }

  /**
   * @param specifier By which programs import the file; only those that mention its last part are parsed.
   * @returns Whether another program of the change imports the file.
   */
  async include(file: string, specifier: string): Promise<boolean> {
    const word = specifier.slice(specifier.lastIndexOf('.') + 1);
    for (const { path } of this.#changes) {
      if (path === file) continue;
      const text = await this.#text(path);
      if (text?.includes(word) && (await this.#modulesOf(path, text)).has(file)) return true;
    }
    return false;
  }

  #text(path: string): Promise<string | undefined> {
    const text = this.#texts.get(path) ?? this.#read(path);
    this.#texts.set(path, text);
    return text;
  }

  async #read(path: string): Promise<string | undefined> {
    const { kinds, next } = this.#context;
    const kind = kindOf(path, kinds);
    if (kind === undefined) return undefined;
    const read = await next.snapshot.read(path);
    return read.kind === 'bytes' ? programText(read.bytes, kind, kinds) : undefined;
  }

  #modulesOf(path: string, text: string): Promise<ReadonlySet<string>> {
    const modules = this.#modules.get(path) ?? this.#resolve(path, text);
    this.#modules.set(path, modules);
    return modules;
  }

  async #resolve(path: string, text: string): Promise<ReadonlySet<string>> {
    const { kinds, next } = this.#context;
    const kind = kindOf(path, kinds);
    if (kind === undefined) return new Set();
    const { segments } = await contentsOf(text, kind, kinds);
    const { references } = await readReferences({ path, text, segments }, next.reader);
    return new Set(references.flatMap(({ origin }) => (origin.kind === 'local' ? (origin.file ?? []) : [])));
  }
}
