import { DeclaredLines } from '../declarations/declared-lines.ts';
import { isKnownRegistry, registryKeys } from '../declarations/dependency-line.ts';
import type { DeclaredDependency } from '../declarations/read.ts';
import type { ProgramManifest, Segment } from '../model/language.ts';
import type { Dependency, RegistryLine } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { DeclarationPlace } from '../model/status.ts';
import { LineIndex } from '../text/lines.ts';
import { spanInFile } from '../text/segment-span.ts';
import { contentsOf, kindOf, programText, type SourceKinds } from './source-kinds.ts';

/** What one program declares. */
interface DeclaringProgram {
  readonly lines: DeclaredLines;
  readonly registries: readonly RegistryLine[];
}

/**
 * What the programs of a state declare for themselves
 * (https://packaging.python.org/en/latest/specifications/inline-script-metadata/): each is the manifest of its own file, and
 * of no other. A program is read when nothing else settles what it imports.
 */
export class ProgramDeclarations {
  readonly #snapshot: Snapshot;
  readonly #kinds: SourceKinds;
  readonly #programs = new Map<string, Promise<DeclaringProgram>>();

  constructor(snapshot: Snapshot, kinds: SourceKinds) {
    this.#snapshot = snapshot;
    this.#kinds = kinds;
  }

  /** @returns Where the program at a path declares a package; null where it does not, or there is none. */
  async find(target: Package, path: string): Promise<DeclarationPlace | null> {
    return (await this.#programAt(path)).lines.declaring(target)?.at ?? null;
  }

  /** @returns Whether the program at a path takes the same package from the same source. */
  async hasLine(dependency: Dependency, path: string): Promise<boolean> {
    return (await this.#programAt(path)).lines.like(dependency) !== undefined;
  }

  /** @returns Whether the program at a path names the same registry for as much. */
  async hasRegistry(line: RegistryLine, path: string): Promise<boolean> {
    const { registries } = await this.#programAt(path);
    return isKnownRegistry(line, new Set(registries.flatMap(registryKeys)));
  }

  #programAt(path: string): Promise<DeclaringProgram> {
    const program = this.#programs.get(path) ?? this.#read(path);
    this.#programs.set(path, program);
    return program;
  }

  async #read(path: string): Promise<DeclaringProgram> {
    const kind = kindOf(path, this.#kinds);
    const read = kind === undefined ? undefined : await this.#snapshot.read(path);
    if (kind === undefined || read?.kind !== 'bytes') return { lines: new DeclaredLines([]), registries: [] };
    const text = programText(read.bytes, kind, this.#kinds);
    const { segments } = await contentsOf(text, kind, this.#kinds);
    const manifests = await Promise.all(
      segments.map(async (segment) => ({ segment, manifest: await this.#manifestOf(segment) })),
    );
    const declared = manifests.flatMap(({ segment, manifest: { dependencies } }) =>
      dependencies.length === 0 ? [] : withPlaces(dependencies, segment, { path, text }),
    );
    const registries = manifests.flatMap(({ manifest }) => manifest.registries);
    return { lines: new DeclaredLines(declared), registries };
  }

  async #manifestOf(segment: Segment): Promise<ProgramManifest> {
    const language = this.#kinds.languages.find(({ id }) => id === segment.language);
    return (await language?.declares?.(segment)) ?? { dependencies: [], registries: [] };
  }
}

function withPlaces(
  dependencies: readonly Dependency[],
  { at, text }: Segment,
  file: { readonly path: string; readonly text: string },
): readonly DeclaredDependency[] {
  const lines = new LineIndex(at.kind === 'cell' ? text : file.text);
  return dependencies.map((dependency) => {
    const { line } = lines.locate(spanInFile(at, dependency.span).start);
    return { dependency, at: { file: file.path, line } };
  });
}
