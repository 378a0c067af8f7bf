import type { Declarations } from '../declarations/declarations.ts';
import { formatOf, hasManifestName, mayBeManifest, type ManifestFormats } from '../declarations/read.ts';
import type { ForeignSource } from '../model/finding.ts';
import type { Files } from '../model/language.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import type { Change, Scope } from '../model/snapshot.ts';
import type { ScopeFiles } from './scope-files.ts';
import type { Policy } from '../policy/policy.ts';
import type { ApprovalSources } from '../policy/status.ts';
import type { InspectedManifest } from './changed-manifest.ts';
import type { DependencyReference } from './dependency-reference.ts';
import type { GeneratedChanges } from './generated-manifests.ts';
import { touchedManifests } from './relevant-path.ts';
import type { TakenIn } from './taken-in.ts';

/** What the manifests of a change are read and judged with. */
export interface ManifestStates {
  /** The manifests of the state that is judged. */
  readonly head: Declarations;
  readonly records: ApprovalSources;
  /** The manifests of the states that it is compared with. */
  readonly bases: readonly Declarations[];
  /** The texts of the judged state. */
  readonly files: Files;
  readonly scopeFiles: ScopeFiles;
  readonly options: {
    readonly manifests: ManifestFormats;
    readonly policy: Policy;
    readonly inAssistant: boolean;
  };
}

/** What a scope does to manifests: each question loads what answers it, and most scopes touch none. */
export class ChangedManifests {
  readonly #scope: Scope;
  readonly #states: ManifestStates;
  #touchedPaths: Promise<readonly string[]> | undefined;

  constructor(scope: Scope, states: ManifestStates) {
    this.#scope = scope;
    this.#states = states;
  }

  /** @returns Whether a file may be a manifest, as its name tells: nothing is awaited for most files of a change. */
  mayBeOne(path: string): boolean {
    return mayBeManifest(path, this.#states.options.manifests);
  }

  /** @returns What one file newly asks for; null where it is no manifest. */
  async inspect(change: Change): Promise<InspectedManifest | null> {
    if (!this.mayBeOne(change.path)) return null;
    const { head, records, options } = this.#states;
    const format = (await head.formatAt(change.path)) ?? (await this.#formerFormat(change));
    if (!format) return null;
    const { inspectManifest } = await import('./changed-manifest.ts');
    return inspectManifest(change, format, {
      next: this.#scope.head,
      bases: this.#scope.bases,
      trusted: records.declarations,
      everything: this.#scope.bases.length === 0,
      own: head,
      decide: records.decide,
      folders: { formats: options.manifests.formats, ignores: options.policy.ignores },
      isChecked: (path) => this.#isChecked(path),
      registries: options.policy.config.registries,
      inAssistant: options.inAssistant,
    });
  }

  /** A manifest that is still taken in, or still looks like one, does not pass for another file once a line of it is broken. */
  async #formerFormat({ path, previous }: Change): Promise<ManifestFormat | undefined> {
    const { head, bases, options } = this.#states;
    if (!options.manifests.mayBeNamed(path)) return undefined;
    for (const [at, base] of bases.entries()) {
      for (const old of previous[at] ?? []) {
        const format = await base.formatAt(old);
        if (format === undefined) continue;
        const isTold = options.manifests.content.some((content) => content.format === format);
        return (await head.formatOfList(path)) ?? (isTold ? format : undefined);
      }
    }
    return undefined;
  }

  /** @returns Lists that the change leaves alone, and has a manifest take in. */
  async takenIn(): Promise<readonly TakenIn[]> {
    if (this.#scope.bases.length === 0) return [];
    const { head, records, files, scopeFiles, options } = this.#states;
    const { changes: all } = await scopeFiles.all();
    const { formats, naming } = options.manifests;
    const open = all.filter(
      ({ path }) => this.mayBeOne(path) || hasManifestName(path, formats) || naming.mayName(path),
    );
    const isTaking = await Promise.all(open.map(({ path }) => this.#mayTakeIn(path)));
    const changes = open.filter((_, at) => isTaking[at]);
    if (changes.length === 0) return [];
    const { takenIn } = await import('./taken-in.ts');
    return takenIn(changes, {
      head,
      bases: records.declarations,
      naming: options.manifests.naming,
      text: (path) => files.text(path),
    });
  }

  /** Told without reading what a file names: programs take in no list, and few other files do. */
  async #mayTakeIn(path: string): Promise<boolean> {
    const { formats, lists, content, mayBeNamed, naming } = this.#states.options.manifests;
    if (hasManifestName(path, formats) || lists.matches(path)) return true;
    const mayName = naming.mayName(path);
    const text = mayName || mayBeNamed(path) ? await this.#states.files.text(path) : undefined;
    if (text === undefined) return false;
    if (mayName && naming.words.some((word) => text.includes(word))) return true;
    return (
      naming.mayBeList(path, text) || content.some((format) => format.matches(path) && format.mayHold(text))
    );
  }

  /** @returns What the scope does to manifests that programs write from others. */
  async generated(): Promise<GeneratedChanges> {
    const { head, records, bases, scopeFiles } = this.#states;
    const { changes } = scopeFiles;
    const manifests = new Set(await this.#touched());
    const isManifest = (path: string) => manifests.has(path);
    if (bases.length === 0 || !changes.some(({ path }) => isManifest(path)))
      return { changes: [], claims: [] };
    const { generatedManifests } = await import('./generated-manifests.ts');
    return generatedManifests({
      head,
      bases,
      trusted: records.declarations,
      changes,
      touched: this.#scope.touched,
      isManifest,
      decide: records.decide,
    });
  }

  /** @returns Where packages come from now, whose registry or index a line of the base named and this change takes away. */
  async sourcesTakenAway(): Promise<readonly ForeignSource[]> {
    const touched = await this.#touched();
    if (touched.length === 0) return [];
    const { takenAway } = await import('./taken-away.ts');
    return takenAway(touched, this.#compared(), this.#states.options.policy.ignores);
  }

  /** @returns Lines that the change leaves alone and that ask the registry for what was linked before. */
  async unlinkedLines(): Promise<
    readonly { readonly path: string; readonly reference: DependencyReference }[]
  > {
    const { manifests, policy } = this.#states.options;
    const touched = await this.#touched();
    if (touched.length === 0) return [];
    const { linksTakenAway } = await import('./links-taken-away.ts');
    return linksTakenAway(touched, { ...this.#compared(), formats: manifests.formats }, policy.ignores);
  }

  #touched(): Promise<readonly string[]> {
    return (this.#touchedPaths ??= this.#findTouched());
  }

  async #findTouched(): Promise<readonly string[]> {
    const { head, records, options, scopeFiles } = this.#states;
    const linkedPaths = await scopeFiles.linkedPaths();
    const states = [head, ...records.declarations];
    return touchedManifests(this.#scope, { linkedPaths, manifests: options.manifests, states });
  }

  #compared() {
    const { head, records, files } = this.#states;
    return { head, bases: records.declarations, files };
  }

  /** Changes of other files than these nobody looks at as at a list. */
  #isChecked(path: string): boolean {
    const { manifests, policy } = this.#states.options;
    const { formats, included, constrained, mayHoldLines } = manifests;
    const format = formatOf(path, formats);
    const isRead = format === undefined ? mayHoldLines(path) : format === included || format === constrained;
    return isRead && !policy.ignores(path);
  }
}
