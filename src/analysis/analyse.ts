import { mapWithin } from '../text/map-within.ts';
import type { ProjectNames } from '../model/lookup.ts';
import type { CommandsSetting } from '../model/commands-setting.ts';
import type { Elsewhere, ForeignSource, Hint, MissingReference, OpenSource } from '../model/finding.ts';
import type { Language, ResolveRequest } from '../model/language.ts';
import type { Package } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Origin, Step } from '../model/reference.ts';
import type { Change, Scope, Snapshot } from '../model/snapshot.ts';
import type { ApprovalStatus, UseWithStatus, ReferenceWithStatus } from '../model/status.ts';
import type { Substitute } from '../model/substitute.ts';
import type { Policy, PolicyOptions } from '../policy/policy.ts';
import { Declarations } from '../declarations/declarations.ts';
import type { ApprovalSources } from '../policy/status.ts';
import { formatOf, type ManifestFormats } from '../declarations/read.ts';
import { isWellKnown } from '../policy/well-known.ts';
import { scanFile } from './scan-file.ts';
import { contextOf } from './analysis-context.ts';
import { cleanFile, emptyAnalysis, type FileAnalysis, type AnalysisContext } from './file-analysis.ts';
import type { SourceKinds } from './source-kinds.ts';
import type { ReferenceParser } from './parse-references.ts';
import type { ProgramSources } from './program-sources.ts';
import { hasSourceLine } from './source-line.ts';
import type { UsesWithNotes } from './in-use.ts';
import { needsReport, judgeOrigin, judgeReference } from './status-of-origin.ts';
import { settingsIn, type SettingsChanges } from './settings.ts';
import type { GeneratedChanges } from './generated-manifests.ts';
import { shadowsIn } from './shadowing.ts';
import { faultsOnce, combined, settledFile, shared, type ScopeReferences } from './scope-references.ts';
import type { ResolvedLead } from './follow-specifier.ts';
import { ChangedManifests } from './changed-manifests.ts';
import { ScopeFiles } from './scope-files.ts';
import { ProgramDeclarations } from './program-declarations.ts';
import { ProjectStates } from './project-states.ts';
import { isScopePattern } from '../whitelist/key.ts';

/** Files under way at once: enough to keep git's pipe full, few enough to keep memory flat. */
const FILES_AT_ONCE = 16;

/** What the references of a scope are read and judged with. */
export interface AnalysisOptions {
  readonly kinds: SourceKinds;
  /** The same where a config says this of commands: a change lowers nothing for itself. */
  readonly kindsAt: (setting: CommandsSetting) => SourceKinds;
  readonly manifests: ManifestFormats;
  readonly policy: Policy;
  readonly parse: ReferenceParser['parse'];
  /** How the policy of another state is read. */
  readonly policyOptions: PolicyOptions;
  /** The run happens in the environment of a coding assistant: it hears of no way past a check. */
  readonly inAssistant: boolean;
  /** Hears how many of the scope's files are done. */
  readonly onProgress?: (finished: number, total: number) => void;
}

/** Could what nobody can read have settled a reference? It leads to a package, or nobody knows where. */
function isInDoubt({ judged: packageStatus, reference: { origin } }: ReferenceWithStatus): boolean {
  return packageStatus !== null || origin.kind === 'unknown';
}

/** Of the references of a file, of which `position` tells the place among all files, those that are kept. */
type KeepReferences = (
  file: string,
  position: number,
  references: readonly ReferenceWithStatus[],
) => readonly ReferenceWithStatus[];

/** The states of a scope, with everything that is read once and asked often. */
export class Analysis {
  readonly #scope: Scope;
  readonly #options: AnalysisOptions;
  readonly #states: ProjectStates;
  readonly #records: ApprovalSources;
  readonly #programs: readonly ProgramDeclarations[];
  readonly #own: Declarations;
  readonly #manifests: ChangedManifests;
  readonly #declarationsOf = new Map<Snapshot, Declarations>();
  readonly #inspection: AnalysisContext;
  readonly #files: ScopeFiles;
  #settingsChanges: Promise<SettingsChanges> | undefined;

  constructor(scope: Scope, options: AnalysisOptions) {
    this.#scope = scope;
    this.#options = options;
    const { trustIn, decide, ignores } = options.policy;
    this.#states = new ProjectStates(scope, options.policy);
    this.#own = this.#declarations(scope.head);
    this.#files = new ScopeFiles(scope, this.#own, { ...options, ignores });
    this.#programs = scope.trustedBases.map((base) => new ProgramDeclarations(base, options.kinds));
    this.#records = {
      trustIn,
      decide,
      declarations: scope.trustedBases.map((base) => this.#declarations(base)),
      programs: this.#programs,
      proposed: this.#own,
    };
    this.#inspection = contextOf(this.#states, this.#records, {
      ...options,
      headJudges: scope.policy === scope.head,
    });
    this.#manifests = new ChangedManifests(scope, {
      head: this.#own,
      records: this.#records,
      bases: scope.bases.map((base) => this.#declarations(base)),
      files: this.#states.files(scope.head),
      scopeFiles: this.#files,
      options,
    });
  }

  /** @returns What the scope newly refers to and nobody has settled. */
  async newReferences(): Promise<ScopeReferences> {
    const { judged: mapped, importers, notes } = await this.#settings();
    const takenIn = await this.#manifests.takenIn();
    const untouched = [...importers, ...takenIn.map(({ change }) => change)];
    const read = await this.#collectAll(untouched, (change) => this.#inspect(change));
    const references = [...read.judged, ...mapped, ...(await this.#unlinked())];
    const open = new Set([...read.judged, ...read.sources].map(({ file }) => file));
    const reasons = takenIn.flatMap(({ change, note }) => (open.has(change.path) ? [note] : []));
    const links = await this.#files.approvingLinks(this.#records);
    return { ...read, judged: references, notes: [...read.notes, ...notes, ...reasons, ...links] };
  }

  /**
   * @param keep Hears of the references of each file, and says which of them are kept. Left out: all.
   * @returns Every reference of the scope's files that is kept, settled or not.
   */
  allReferences(keep: KeepReferences = (_, __, references) => references): Promise<ScopeReferences> {
    return this.#collectAll([], (change) => this.#readAll(change), keep);
  }

  /** @param importers Files that the scope does not change. */
  async #collectAll(
    importers: readonly Change[],
    readOne: (change: Change) => Promise<ScopeReferences>,
    keep?: KeepReferences,
  ): Promise<ScopeReferences> {
    const { changes, notes } = await this.#files.all();
    const read = await this.#collect([...changes, ...importers], readOne, keep);
    return { ...read, notes: [...read.notes, ...notes] };
  }

  /**
   * Asks the trusted bases about packages that nobody decided about; nothing is read where there are none.
   *
   * @param isStopped Packages that count as new, whatever the bases use.
   * @returns The same uses in their order, what every trusted base uses already as `in-use`; with notes about bases that
   *   could not be searched.
   */
  async withUsage(
    uses: readonly UseWithStatus[],
    isStopped: (subject: Package) => boolean = () => false,
  ): Promise<UsesWithNotes> {
    const isOpen = ({ use, status }: UseWithStatus) =>
      status.kind === 'unapproved' &&
      status.provides === undefined &&
      status.approvedElsewhere === undefined &&
      !isStopped(use.package);
    if (!uses.some(isOpen)) return { uses, notes: [] };
    const { withUsage } = await import('./in-use.ts');
    const { declarations } = this.#records;
    return withUsage(uses, isOpen, {
      ...this.#options,
      trustedBases: this.#scope.trustedBases,
      declarations,
    });
  }

  /**
   * @param references The files of the project that imports of the scope lead to, and the modules that its programs write.
   * @returns The files of the scope that newly stand in the place of a package which people think they know.
   */
  async shadows({
    modules,
    writtenModules,
  }: Pick<ScopeReferences, 'modules' | 'writtenModules'>): Promise<readonly PolicyChange[]> {
    const shadows = await shadowsIn(this.#files.changes, {
      links: this.#scope.links.filter((path) => !this.#options.policy.ignores(path)),
      next: this.#states.head,
      bases: this.#states.bases,
      modules: new Set(modules),
      context: this.#inspection,
      writtenModules,
      definedBy: (path) => this.#own.definedBy(path),
      isWellKnown: (subject, file) => isWellKnown(subject, this.#records, file),
    });
    const all = [...(await this.#settings()).shadows, ...shadows];
    return [...new Map(all.map((change) => [change.subject, change])).values()];
  }

  /** @returns The packages that the scope newly declares and that are approved as part of an npm scope. */
  async scopeMembers(): Promise<readonly PolicyChange[]> {
    const { policy, manifests } = this.#options;
    const hasScopes = policy.whitelist.entries.some(
      ({ kind, name }) => kind === 'approved' && isScopePattern(name),
    );
    if (this.#scope.bases.length === 0 || !hasScopes) return [];
    const read = await this.#files.read();
    if (!read.some(({ path }) => formatOf(path, manifests.formats) !== undefined)) return [];
    const { newScopeMembers } = await import('./scope-members.ts');
    const bases = this.#scope.bases.map((base) => this.#declarations(base));
    return newScopeMembers({ head: this.#own, bases }, policy);
  }

  /** @returns What the scope does to manifests that programs write from others. */
  generatedManifests(): Promise<GeneratedChanges> {
    return this.#manifests.generated();
  }

  /** @returns Where packages come from now, whose registry or index a line of the base named and this change takes away. */
  async sourcesTakenAway(): Promise<readonly OpenSource[]> {
    return this.#openSources(await this.#manifests.sourcesTakenAway());
  }

  /** Lines that the change leaves alone and that ask the registry for what was linked before. */
  async #unlinked(): Promise<readonly ReferenceWithStatus[]> {
    const unlinkedLines = await this.#manifests.unlinkedLines();
    const references = await Promise.all(
      unlinkedLines.map(({ path, reference }) => judgeReference(path, reference, this.#records)),
    );
    return references.filter((item) => needsReport(item, this.#records));
  }

  /** What edited settings do to files that nobody edits; most changes edit none. */
  #settings(): Promise<SettingsChanges> {
    const [scope, records, declarations] = [this.#scope, this.#records, this.#own];
    const linked = () => this.#files.linkedSettings();
    const project = { scope, records, declarations, linked, states: this.#states };
    return (this.#settingsChanges ??= settingsIn({ ...this.#options, ...project }));
  }

  async #collect(
    changes: readonly Change[],
    read: (change: Change) => Promise<ScopeReferences>,
    keep?: KeepReferences,
  ): Promise<ScopeReferences> {
    let finished = 0;
    const open: (readonly ReferenceWithStatus[])[] = [];
    const results = await mapWithin(FILES_AT_ONCE, changes, async (change, at) => {
      const result = await read(change);
      this.#options.onProgress?.(++finished, changes.length);
      if (result.judged.length === 0) return shared(result);
      const doubtful = result.judged.filter((item) => isInDoubt(item) && needsReport(item, this.#records));
      if (doubtful.length > 0) open[at] = doubtful;
      return keep === undefined
        ? result
        : shared({ ...result, judged: keep(change.path, at, result.judged) });
    });
    const all = combined(results);
    const faultyFiles = new Set(all.faults.map(({ file }) => file));
    const unread = await this.#unread(open.flat());
    return {
      ...all,
      faults: [...all.faults, ...unread.faults.filter(({ file }) => !faultyFiles.has(file))],
      notes: [...all.notes, ...unread.notes],
    };
  }

  /**
   * Follows one specifier, whether a file holds it or not.
   *
   * @param tell Receives the steps of its resolution.
   */
  async follow(
    language: Language,
    request: ResolveRequest,
    tell?: (step: Step) => void,
  ): Promise<readonly ResolvedLead[]> {
    const { followSpecifier } = await import('./follow-specifier.ts');
    return followSpecifier(this.#states.head.resolver(language), request, { records: this.#records, tell });
  }

  /** @returns A package that a command of a file names, with what was decided about it. */
  async installed(subject: Package, file: string): Promise<ResolvedLead> {
    const origin: Origin = { kind: 'package', package: subject, alternatives: [] };
    return { origin, judged: await judgeOrigin(origin, this.#records, file) };
  }

  /** For each use, what the work tree has and the judged state lacks, and which manifest bears its name. */
  async hints(uses: readonly UseWithStatus[]): Promise<readonly (readonly Hint[])[]> {
    if (!uses.some(({ status }) => status.kind === 'unapproved')) return [];
    const { hintsOf } = await import('./hints.ts');
    const { policy, kinds } = this.#options;
    return hintsOf(uses, { scope: this.#scope, states: this.#states, head: this.#own, policy, kinds });
  }

  /** @returns By their order, that the work tree approves sources which the whitelist that judges does not. */
  async unstagedSourceApprovals(sources: readonly OpenSource[]): Promise<readonly (Elsewhere | null)[]> {
    if (sources.length === 0) return [];
    const { unstagedSourceApprovals } = await import('./unstaged-sources.ts');
    return unstagedSourceApprovals(sources, {
      scope: this.#scope,
      states: this.#states,
      policy: this.#options.policy,
    });
  }

  /** @returns The references of the scope to modules of the project that are not there, one for each module and file. */
  async missingModules(references: readonly ReferenceWithStatus[]): Promise<readonly MissingReference[]> {
    if (!references.some(({ reference }) => reference.origin.kind === 'missing')) return [];
    const { missingModules } = await import('./missing-modules.ts');
    return missingModules(references, this.#scope);
  }

  /**
   * @param file The file that uses the package of this status.
   * @returns What a denial names to be used instead; null where the status is none, or names nothing.
   */
  async substituteOf(status: ApprovalStatus, file: string): Promise<Substitute | null> {
    if (status.kind !== 'denied' || status.entry.use === null) return null;
    const { substituteOf } = await import('./substitutes.ts');
    const { languages } = this.#options.kinds;
    return substituteOf(status, file, {
      records: this.#records,
      languages,
      resolver: this.#states.head.resolver,
    });
  }

  /** @returns What the manifests of a state declare. */
  declaredIn(snapshot: Snapshot): Promise<readonly Package[]> {
    return this.#declarations(snapshot).declared();
  }

  /** Reads every manifest: for questions that only an unapproved package raises. */
  async projectNames(): Promise<ProjectNames> {
    const { head, trustedBases } = this.#scope;
    const { kinds, manifests, policy, policyOptions } = this.#options;
    const stateOf = (snapshot: Snapshot, declarations: Declarations) => {
      return { declarations, files: this.#states.files(snapshot) };
    };
    const { projectNamesOf } = await import('./project-names.ts');
    return projectNamesOf({
      head: stateOf(head, this.#own),
      trusted: trustedBases.map((base) => stateOf(base, this.#declarations(base))),
      formats: manifests.formats,
      kinds,
      ignores: policy.ignores,
      policyOptions,
    });
  }

  #declarations(snapshot: Snapshot): Declarations {
    const { manifests, policy } = this.#options;
    const declarations =
      this.#declarationsOf.get(snapshot) ??
      new Declarations(this.#states.files(snapshot), manifests, policy.ignores);
    this.#declarationsOf.set(snapshot, declarations);
    return declarations;
  }

  async #inspect(change: Change): Promise<ScopeReferences> {
    // In a folder that nobody reads, the lines of a manifest count, and no program.
    const isIgnored = this.#options.policy.ignores(change.path);
    const scanned = isIgnored ? emptyAnalysis : await scanFile(change, this.#inspection);
    if (scanned === cleanFile && !this.#manifests.mayBeOne(change.path)) return settledFile;
    const { references, sources } = await this.#withSources(change, scanned);
    const text = references === scanned.references ? scanned : { ...scanned, references };
    const { manifest, referencesWithStatus } = await this.#judged(change, text);
    if (text === cleanFile && !manifest) return settledFile;
    return {
      judged: manifest
        ? referencesWithStatus.filter((item) => needsReport(item, this.#records))
        : referencesWithStatus,
      sources: await this.#openSources([...(manifest?.sources ?? []), ...sources]),
      faults: faultsOnce(text.faults, manifest?.faults ?? []),
      notes: text.notes,
      modules: text.modules,
      writtenModules: text.writtenModules,
      changes: text.changes,
      files: text.read || manifest ? 1 : 0,
    };
  }

  /** What a program says of where packages come from is told apart from what it imports. */
  async #withSources({ path }: Change, { references }: FileAnalysis): Promise<ProgramSources> {
    if (!references.some(hasSourceLine)) return { references, sources: [] };
    const { programSources } = await import('./program-sources.ts');
    const { policy, manifests } = this.#options;
    return programSources(path, references, {
      trusted: [...this.#records.declarations, ...this.#programs],
      head: this.#scope.head,
      formats: manifests.formats,
      policy,
    });
  }

  async #readAll(change: Change): Promise<ScopeReferences> {
    const { readAllReferences } = await import('./read-all.ts');
    const text = await readAllReferences(change.path, this.#inspection);
    const { manifest, referencesWithStatus } = await this.#judged(change, text);
    return {
      judged: referencesWithStatus,
      sources: (manifest?.sources ?? []).map((source) => ({ ...source, approvals: [] })),
      faults: faultsOnce(text.faults, manifest?.faults ?? []),
      notes: text.notes,
      modules: [],
      writtenModules: [],
      changes: [],
      files: text.read || manifest ? 1 : 0,
    };
  }

  /** What a file says as a program and as a manifest, of which it is mostly one. */
  async #judged(change: Change, text: FileAnalysis) {
    const manifest = await this.#manifests.inspect(change);
    const references = [...text.references, ...(manifest?.references ?? [])];
    const referencesWithStatus = await Promise.all(
      references.map((reference) => judgeReference(change.path, reference, this.#records)),
    );
    return { manifest, referencesWithStatus };
  }

  async #unread(open: readonly ReferenceWithStatus[]): Promise<Pick<ScopeReferences, 'faults' | 'notes'>> {
    if (open.length === 0) return { faults: [], notes: [] };
    const { unreadFiles } = await import('./unread-files.ts');
    const trusted = this.#scope.trustedBases.map((base) => [base.label, this.#declarations(base)] as const);
    return unreadFiles(open, { trusted, states: this.#states, languages: this.#options.kinds.languages });
  }

  async #openSources(sources: readonly ForeignSource[]): Promise<readonly OpenSource[]> {
    if (sources.length === 0) return [];
    const { openSources } = await import('../policy/foreign-source.ts');
    const { registries } = this.#options.policy.config;
    return openSources(sources, { decide: this.#records.decide, registries });
  }
}
