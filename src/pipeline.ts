import type { Fault } from './model/fault.ts';
import type { ForeignSource, Hint, OutsideKnowledge, RuleContext, Subject } from './model/finding.ts';
import type { Files } from './model/language.ts';
import type { ManifestFormat } from './model/manifest.ts';
import type { Reference } from './model/reference.ts';
import type { Report } from './model/report.ts';
import type { Change, Scope } from './model/snapshot.ts';
import { mapWithin } from './concurrency.ts';
import { judgeSubjects } from './findings/judge.ts';
import { usesOf, unclearOf, type FoundUse, type JudgedReference } from './findings/group.ts';
import { approvalsIn, hintsFor } from './findings/hints.ts';
import { policyChanges } from './policy/changes.ts';
import type { Policy } from './policy/policy.ts';
import { workshopOf, type Workshop } from './project/workshop.ts';
import { inspect, type Inspection } from './references/inspect.ts';
import type { TextKinds } from './references/kinds.ts';
import { inspectManifest, type ManifestInspection } from './references/manifests.ts';
import type { Reader } from './references/read.ts';
import { filesOf } from './snapshots/files.ts';
import { Declarations } from './standing/declarations.ts';
import { isSettled, settle, type Records } from './standing/judge.ts';
import type { RuleId } from '../rules/index.ts';

/** Files under way at once: enough to keep git's pipe full, few enough to keep memory flat. */
const FILES_AT_ONCE = 32;

/** What names and registries say of packages that nobody approved. The answer has one item for each use. */
export type Ask = (uses: readonly FoundUse[]) => Promise<{
  readonly knowledge: readonly OutsideKnowledge[];
  readonly lookups: Report['lookups'];
}>;

/** What `check` needs besides the scope. */
export interface CheckOptions {
  readonly kinds: TextKinds;
  readonly manifests: readonly ManifestFormat[];
  readonly policy: Policy;
  readonly parse: Reader['parse'];
  readonly ask: Ask;
  readonly assistantAsks: boolean;
  /** How to start this tool here: `npx vetted-imports`. Asked only when there is something to say. */
  readonly command: () => Promise<string>;
}

/**
 * scope → references → origins → standings → findings → report.
 *
 * @returns Everything there is to say about the scope. Faults of the policy are part of it: a file that
 * can't be checked against a policy that can't be read is not clean.
 */
export async function check(scope: Scope, options: CheckOptions): Promise<Report<RuleId>> {
  const run = new Run(scope, options);
  const found = await run.references();
  const changes = await policyChanges(scope, options.policy);
  const uses = usesOf(found.judged);
  const { knowledge, lookups } = await outside(uses, options.ask);
  const hints = await run.hints(uses);
  const subjects: Subject[] = [
    ...uses.map(
      ({ use, standing }, at) =>
        ({ kind: 'use', use, standing, outside: knowledge[at] ?? silent, hints: hints[at] ?? [] }) as const,
    ),
    ...unclearOf(found.judged).map((unclear) => ({ kind: 'unclear', ...unclear }) as const),
    ...found.sources.map((source) => ({ kind: 'source', source }) as const),
    ...changes.map((change) => ({ kind: 'policy', change }) as const),
  ];
  return {
    scope: scope.name,
    files: found.files,
    lookups,
    findings:
      subjects.length > 0
        ? judgeSubjects(subjects, await contextOf(scope, options), options.policy.config.rules)
        : [],
    policyChanges: changes,
    faults: [...scope.faults, ...options.policy.faults, ...found.faults],
    notes: [...options.policy.warnings, ...found.notes],
  };
}

const silent: OutsideKnowledge = { grade: 'not-asked', evidence: [], suggestions: [] };

async function outside(uses: readonly FoundUse[], ask: Ask): ReturnType<Ask> {
  if (!uses.some(({ standing }) => standing.kind === 'unapproved')) return { knowledge: [], lookups: 'none' };
  return ask(uses);
}

async function contextOf(
  scope: Scope,
  { policy, assistantAsks, command }: CheckOptions,
): Promise<RuleContext> {
  return { scope: scope.name, whitelistFile: policy.whitelistFile, assistantAsks, command: await command() };
}

interface Found {
  readonly judged: readonly JudgedReference[];
  readonly sources: readonly ForeignSource[];
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
  readonly files: number;
}

/** The states of one run, with everything that is read once and asked often. */
class Run {
  readonly #scope: Scope;
  readonly #options: CheckOptions;
  readonly #fileSets = new Map<Scope['next'], Files>();
  readonly #next: Workshop;
  readonly #bases: readonly Workshop[];
  readonly #records: Records;

  constructor(scope: Scope, options: CheckOptions) {
    this.#scope = scope;
    this.#options = options;
    const { trust, decide } = options.policy;
    this.#next = this.#workshop(scope.next);
    this.#bases = scope.bases.map((base) => this.#workshop(base));
    const declarations = scope.trust.map(
      (snapshot) => new Declarations(this.#files(snapshot), options.manifests),
    );
    this.#records = { trust, decide, declarations };
  }

  async references(): Promise<Found> {
    const { ignores } = this.#options.policy;
    const changes = this.#scope.changes.filter(({ path }) => !ignores(path));
    const found = await mapWithin(FILES_AT_ONCE, changes, (change) => this.#inspect(change));
    return {
      judged: found.flatMap(({ judged }) => judged),
      sources: found.flatMap(({ sources }) => sources),
      faults: found.flatMap(({ faults }) => faults),
      notes: found.flatMap(({ notes }) => notes),
      files: found.reduce((sum, { files }) => sum + files, 0),
    };
  }

  /** For each use, what the work tree has and the judged state lacks. */
  async hints(uses: readonly FoundUse[]): Promise<readonly (readonly Hint[])[]> {
    const { workTree } = this.#scope;
    if (!workTree || uses.length === 0) return [];
    const { policy, kinds } = this.#options;
    const workshop = this.#workshop(workTree);
    const approves = await approvalsIn(workshop.files, policy);
    const language = (id: string) => kinds.languages.find((candidate) => candidate.id === id);
    return Promise.all(uses.map((found) => hintsFor(found, { policy, approves, workshop, language })));
  }

  #workshop(snapshot: Scope['next']): Workshop {
    const { config, imports } = this.#options.policy;
    return workshopOf(snapshot, this.#files(snapshot), {
      localModules: config.localModules,
      ambient: config.ambient,
      imports,
    });
  }

  #files(snapshot: Scope['next']): Files {
    const known = this.#fileSets.get(snapshot) ?? filesOf(snapshot);
    this.#fileSets.set(snapshot, known);
    return known;
  }

  async #inspect(change: Change): Promise<Found> {
    const format = this.#options.manifests.find((candidate) => candidate.claims(change.path));
    const text = await inspect(change, this.#inspection());
    const manifest = format ? await inspectManifest(change, format, this.#manifestInspection()) : null;
    const references = [...text.references, ...(manifest?.references ?? [])];
    const judged = await Promise.all(references.map((reference) => this.#judge(change.path, reference)));
    return {
      judged: manifest ? judged.filter((item) => this.#isOpen(item)) : judged,
      sources: manifest?.sources ?? [],
      faults: [...text.faults, ...(manifest?.faults ?? [])],
      notes: text.notes,
      files: text.read || manifest ? 1 : 0,
    };
  }

  async #judge(
    file: string,
    { language, ...reference }: Reference & { readonly language: string },
  ): Promise<JudgedReference> {
    const { origin } = reference;
    const judged = origin.kind === 'package' ? await settle(origin, this.#records, file) : null;
    return { file, language, reference, judged };
  }

  #isOpen({ judged }: JudgedReference): boolean {
    return !judged || !isSettled(judged.standing, this.#records.trust);
  }

  #inspection(): Inspection {
    const { kinds } = this.#options;
    const side = (workshop: Workshop) => ({ snapshot: workshop.snapshot, reader: this.#reader(workshop) });
    return {
      kinds,
      next: side(this.#next),
      bases: this.#bases.map(side),
      settlesSpecifier: async (language, specifier, file) => {
        const resolved = await this.#next
          .resolver(language)
          .resolve({ file, specifier, names: null, kind: null });
        const settled = await Promise.all(resolved.map(({ origin }) => this.#settles(origin, file)));
        return !settled.includes(false);
      },
      settlesReference: ({ origin }, file) => this.#settles(origin, file),
      useKey: async ({ origin, specifier }, file) => {
        if (origin.kind === 'unknown') return `unknown ${specifier}`;
        if (origin.kind !== 'package') return 'settled';
        const { package: used } = await settle(origin, this.#records, file);
        return `${used.ecosystem}:${used.name}`;
      },
    };
  }

  async #settles(origin: Reference['origin'], file: string): Promise<boolean> {
    if (origin.kind !== 'package') return origin.kind !== 'unknown';
    return isSettled((await settle(origin, this.#records, file)).standing, this.#records.trust);
  }

  #reader(workshop: Workshop): Reader {
    const { kinds, parse } = this.#options;
    return { languages: kinds.languages, resolver: workshop.resolver, parse };
  }

  #manifestInspection(): ManifestInspection {
    return {
      next: this.#scope.next,
      bases: this.#scope.bases,
      trusted: this.#records.declarations,
      everything: this.#scope.bases.length === 0,
      owns: async ({ ecosystem, specifier }, file) => {
        const language = this.#options.kinds.languages.find((candidate) => candidate.ecosystem === ecosystem);
        return language ? this.#next.resolver(language).owns(specifier, file) : false;
      },
    };
  }
}
