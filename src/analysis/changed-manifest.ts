import { packageOf } from '../ecosystems/index.ts';
import type { Fault } from '../model/fault.ts';
import type { ForeignSource } from '../model/finding.ts';
import type {
  Dependency,
  FurtherFile,
  Inclusion,
  ManifestContents,
  ManifestFormat,
  RegistryLine,
} from '../model/manifest.ts';
import type { EcosystemId, Package } from '../model/package.ts';
import type { Change, Snapshot } from '../model/snapshot.ts';
import type { Declarations } from '../declarations/declarations.ts';
import { targetOf, type DeclaredDependency } from '../declarations/read.ts';
import { asksRegistry, isFromIndex, nameKey } from '../declarations/dependency-line.ts';
import { isDescribed } from '../declarations/own-packages.ts';
import type { Policy } from '../policy/policy.ts';
import { isListedRegistry } from '../policy/foreign-source.ts';
import { leadsToOwnFolder, meansOwnFile, type OwnFolders } from '../declarations/own-folders.ts';
import { decodeText } from '../text/decode.ts';
import { LineIndex } from '../text/lines.ts';
import { hasPlaceholder } from '../text/placeholder.ts';
import { unreadManifestFaults } from './faults.ts';
import { isKnownContent } from './known-content.ts';
import { exemption } from './syntax-errors.ts';
import { JudgedLocks } from './locked-lines.ts';
import { dependencyReference, type DependencyReference } from './dependency-reference.ts';
import { wasLinked } from './links-taken-away.ts';
import { foreignDependency, foreignRegistry, placeOf, type RegistryContext } from './foreign-sources.ts';

/** What the inspection of a manifest needs to know. */
export interface ManifestInspection {
  readonly next: Snapshot;
  readonly bases: readonly Snapshot[];
  /** The manifests of the states that count as decided before. */
  readonly trusted: readonly Declarations[];
  /** Everything counts as new: there is no state before. */
  readonly everything: boolean;
  /** The manifests of the state that is judged. */
  readonly own: Declarations;
  /** What people decided about a package: a denied one is found in whatever file. */
  readonly decide: Policy['decide'];
  /** How a folder of that state is told that makes a package. */
  readonly folders: Omit<OwnFolders, 'existing'>;
  /** Whether changes of a file are looked at. */
  readonly isChecked: (path: string) => boolean;
  /** `registries` of the config. */
  readonly registries: ReadonlyMap<EcosystemId, readonly string[]>;
  /** Whoever reads a fault is a coding assistant. */
  readonly inAssistant: boolean;
}

/** What a changed manifest newly asks for. */
export interface InspectedManifest {
  readonly references: readonly DependencyReference[];
  readonly sources: readonly ForeignSource[];
  readonly faults: readonly Fault[];
}

/**
 * Reads the dependency lines of one changed manifest. A line is new when no manifest of a base takes the
 * same package from the same source: a version bump is nothing.
 */
export async function inspectManifest(
  change: Change,
  format: ManifestFormat,
  inspection: ManifestInspection,
): Promise<InspectedManifest> {
  const read = await inspection.next.read(change.path);
  if (read.kind !== 'bytes') {
    const wasRead = (old: string) => !inspection.folders.ignores(old) && format.matches(old);
    const isKnown = await isKnownContent(change, inspection, wasRead);
    return { references: [], sources: [], faults: isKnown ? [] : unreadManifestFaults(change.path, read) };
  }
  const text = decodeText(read.bytes);
  const fileContents = await format.read(change.path, text);
  const contents = {
    ...fileContents,
    dependencies: await inspection.own.boundLines(change.path, fileContents),
  };
  const reader = new ManifestReader({ path: change.path, text, format }, inspection);
  const [references, sources] = [await reader.references(contents), await reader.sources(contents)];
  return { references, sources, faults: await faultsOf(change, { text, contents, format }, inspection) };
}

class ManifestReader {
  readonly #file: { readonly path: string; readonly format: ManifestFormat };
  readonly #inspection: ManifestInspection;
  readonly #lines: LineIndex;
  readonly #locks: JudgedLocks;
  /** Does a line ask for something that no base has in this file, or in another version? */
  #isAskingAnew: Promise<boolean> | undefined;

  constructor(file: { path: string; text: string; format: ManifestFormat }, inspection: ManifestInspection) {
    this.#file = file;
    this.#inspection = inspection;
    this.#lines = new LineIndex(file.text);
    this.#locks = new JudgedLocks(file.path, { head: inspection.own, trusted: inspection.trusted });
  }

  /** Lines that ask a registry for a package. What comes from elsewhere is not the registry's package. */
  async references({ dependencies }: ManifestContents): Promise<InspectedManifest['references']> {
    const references: DependencyReference[] = [];
    const file = { format: this.#file.format, lines: this.#lines };
    for (const dependency of dependencies) {
      if (dependency.isOfExtra || (!asksRegistry(dependency) && !this.#isListed(dependency))) continue;
      if (!this.#inspection.everything && !(await this.#isNew(dependency))) continue;
      if (await meansOwnFile(dependency, this.#file.path, this.#ownFiles())) continue;
      const target = packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier);
      if (await this.#isOwn(target, dependency)) continue;
      if (this.#inspection.decide(target).kind !== 'denied' && (await this.#locks.holds(dependency)))
        continue;
      if (dependency.isIndirect === true && (await this.#isBrought(target, dependencies))) continue;
      const isFirstAsked = !(await this.#wasAsked(target));
      references.push(dependencyReference(dependency, target, { ...file, isFirstAsked }));
    }
    return references;
  }

  /**
   * What only other packages need comes and goes with these: with another line that is new, or takes another version. One that
   * is added alone was brought by nothing.
   */
  async #isBrought(target: Package, lines: readonly Dependency[]): Promise<boolean> {
    const { everything, decide } = this.#inspection;
    if (decide(target).kind === 'denied') return false;
    if (everything) return true;
    this.#isAskingAnew ??= some(
      lines.filter((line) => line.isIndirect !== true && asksRegistry(line)),
      (line) => this.#isOtherVersion(line),
    );
    return this.#isAskingAnew;
  }

  /** Each base has to agree: in a merge, what one parent has is known there. */
  async #isOtherVersion(line: Dependency): Promise<boolean> {
    const isAtBase = await some(this.#inspection.trusted, async (base) =>
      (await base.linesIn(this.#file.path)).some(
        ({ dependency }) => nameKey(dependency) === nameKey(line) && dependency.version === line.version,
      ),
    );
    return !isAtBase;
  }

  /** What the config's own indexes serve is approved by name, as of the usual one. */
  #isListed({ ecosystem, source }: Dependency): boolean {
    const registries = this.#inspection.registries.get(ecosystem);
    return source.kind === 'foreign' && source.isIndex === true && isListedRegistry(source.value, registries);
  }

  async sources({ dependencies, registries, ...lists }: ManifestContents): Promise<ForeignSource[]> {
    const file = { ...this.#file, lines: this.#lines };
    const { ecosystem } = this.#file.format;
    const sources: ForeignSource[] = [];
    for (const dependency of dependencies) {
      const source = foreignDependency(dependency, placeOf(dependency.span, file));
      if (!source || !(await this.#isNew(dependency))) continue;
      if (!(await this.#leadsToOwnFolder(dependency))) sources.push(source);
    }
    for (const line of registries) {
      if (await this.#isKnown(line)) continue;
      const context = await this.#registryContext(line, dependencies);
      if (context !== null)
        sources.push(foreignRegistry(line, placeOf(line.span, file), { ...context, ecosystem }));
    }
    for (const line of [
      ...(await this.#unseenLists(lists.includes, false)),
      ...(await this.#unseenLists(lists.constraints, true)),
      ...(await this.#unseenMaps(lists.further)),
    ])
      sources.push(
        foreignRegistry(line, placeOf(line.span, file), { served: [], wasBound: false, ecosystem }),
      );
    return sources;
  }

  /** New lines that take in a list which nobody sees here, or whose changes nobody looks at: it may say anything. */
  async #unseenLists(inclusions: readonly Inclusion[], isConstraint: boolean): Promise<RegistryLine[]> {
    const lines: RegistryLine[] = [];
    for (const inclusion of inclusions) {
      if (inclusion.isPossible === true || hasPlaceholder(inclusion.path)) continue;
      const target = targetOf(this.#file.path, inclusion);
      const flaw = await this.#flawOf(target);
      const named = { path: target ?? inclusion.path, isConstraint };
      if (flaw === null || (await some(this.#inspection.trusted, (base) => base.hasInclusion(named))))
        continue;
      const what = `a list of ${isConstraint ? 'constraints' : 'requirements'} ${flaw}`;
      lines.push({ what, value: inclusion.path, span: inclusion.span });
    }
    return lines;
  }

  /** New lines that name an import map which stands elsewhere: what names mean there, nobody sees here. */
  async #unseenMaps(further: readonly FurtherFile[] = []): Promise<RegistryLine[]> {
    const lines: RegistryLine[] = [];
    for (const { kind, path, span } of further) {
      if (kind !== 'importMap' || targetOf(this.#file.path, { path }) !== undefined) continue;
      if (await some(this.#inspection.trusted, (base) => base.hasInclusion({ path, isConstraint: false })))
        continue;
      lines.push({ what: 'an import map outside of the repository', value: path, span });
    }
    return lines;
  }

  async #flawOf(target: string | undefined): Promise<string | null> {
    const { next, isChecked } = this.#inspection;
    if (target === undefined) return 'outside of the repository';
    if (!(await next.having([target])).has(target)) return 'that is not in the repository';
    return isChecked(target) ? null : 'that is not checked';
  }

  #isKnown(line: RegistryLine): Promise<boolean> {
    return some(this.#inspection.trusted, (base) => base.hasRegistry(line, this.#file.path));
  }

  /** @returns null for an index that nothing is bound to: it serves nothing. */
  async #registryContext(
    line: RegistryLine,
    dependencies: readonly Dependency[],
  ): Promise<Omit<RegistryContext, 'ecosystem'> | null> {
    const { registry } = line;
    if (registry?.use.kind === 'scope') {
      const { servedScope } = await import('./served-packages.ts');
      return { served: await servedScope(registry.use.scope, this.#inspection.own), wasBound: false };
    }
    if (registry?.use.kind !== 'bound') {
      const { wasBound } = await import('./served-packages.ts');
      return { served: [], wasBound: await some(this.#inspection.trusted, (base) => wasBound(line, base)) };
    }
    const { servedByIndex } = await import('./served-packages.ts');
    const served = await servedByIndex(line, dependencies, this.#inspection.own);
    return served === null ? null : { served, wasBound: false };
  }

  /** Manifests whose names say nothing are looked for where a line would be told of without them. */
  async #isNew(dependency: Dependency): Promise<boolean> {
    const { trusted, decide } = this.#inspection;
    const target = packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier);
    const isSettled = asksRegistry(dependency) && decide(target).kind === 'approved';
    return !(await some(trusted, (base) =>
      isSettled ? base.hasNamedLine(dependency, this.#file.path) : base.hasLine(dependency, this.#file.path),
    ));
  }

  #leadsToOwnFolder(dependency: Dependency): Promise<boolean> {
    return leadsToOwnFolder(dependency, this.#file.path, this.#ownFiles());
  }

  #ownFiles(): OwnFolders {
    const { next, folders } = this.#inspection;
    return { ...folders, existing: (paths) => next.having(paths) };
  }

  /** A line that led to a folder of the project, and asks the registry now, asks for whatever somebody serves there. */
  async #isOwn(target: Package, dependency: Dependency): Promise<boolean> {
    const { trusted, own: proposed } = this.#inspection;
    const question = { subject: target, file: this.#file.path };
    if ((await proposed.links(target, question.file)) && (await this.#takesMember(target, dependency)))
      return true;
    return (
      (await isDescribed(question, { trusted, proposed })) && !(await this.#wasLinked(target, dependency))
    );
  }

  async #takesMember(target: Package, dependency: Dependency): Promise<boolean> {
    if (dependency.range === undefined) return true;
    const { takesMember } = await import('../declarations/workspace-ranges.ts');
    return takesMember(target, dependency, await this.#inspection.own.allManifests());
  }

  async #wasLinked(target: Package, dependency: Dependency): Promise<boolean> {
    if (dependency.source.kind !== 'registry') return false;
    const { formats } = this.#inspection.folders;
    return some(this.#inspection.trusted, (base) => wasLinked(target, this.#file.path, { base, formats }));
  }

  /** What a base takes from elsewhere is another package than the one that the registry has under the same name. */
  async #wasAsked(target: Package): Promise<boolean> {
    const { trusted, decide } = this.#inspection;
    const isAsking = ({ dependency }: DeclaredDependency) =>
      dependency.ecosystem === target.ecosystem &&
      dependency.name === target.name &&
      (asksRegistry(dependency) || isFromIndex(dependency));
    if (await some(trusted, async (base) => (await base.namedLines()).some(isAsking))) return true;
    if (decide(target).kind === 'approved') return false;
    return some(trusted, async (base) => (await base.lines()).some(isAsking));
  }
}

/** A manifest that could not be read before is something that the project lives with. */
async function faultsOf(
  change: Change,
  manifest: { text: string; contents: ManifestContents; format: ManifestFormat },
  inspection: ManifestInspection,
): Promise<Fault[]> {
  const [broken] = manifest.contents.broken;
  if (!broken) return [];
  // UTF-16 with a byte order mark was decoded as such.
  const isNoText = manifest.text.includes('\0');
  const unread = manifest.contents.broken.find(({ isUnread }) => isUnread);
  if (unread === undefined && (await wasBroken(change, manifest.format, inspection))) return [];
  const { offset, message, next } = unread ?? (isNoText ? { ...broken, ...nullBytes } : broken);
  return [
    {
      kind: 'manifest',
      file: change.path,
      ...new LineIndex(manifest.text).locate(offset),
      message: `the manifest can’t be read: ${message}`,
      next: `${next ?? 'Fix the syntax'}${exemption(inspection.inAssistant)}. The lines that could be read were checked.`,
    },
  ];
}

/** What is no text shows no lines. */
const nullBytes = { message: 'it holds null bytes, as UTF-16 does', next: 'Save it as UTF-8' };

async function wasBroken(
  change: Change,
  format: ManifestFormat,
  { bases }: ManifestInspection,
): Promise<boolean> {
  for (const [at, base] of bases.entries()) {
    for (const path of change.previous[at] ?? []) {
      const read = await base.read(path);
      if (read.kind !== 'bytes') continue;
      if ((await format.read(path, decodeText(read.bytes))).broken.length > 0) return true;
    }
  }
  return false;
}

async function some<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<boolean> {
  for (const item of items) if (await holds(item)) return true;
  return false;
}
