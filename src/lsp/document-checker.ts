import { lazyLookups } from '../app/check.ts';
import { kinds } from '../app/components.ts';
import { parserPool } from '../app/parser-pool.ts';
import type { OpenedProject } from '../app/project.ts';
import type { ProcessContext } from '../app/process.ts';
import type { Fault } from '../model/fault.ts';
import type { Files, Source } from '../model/language.ts';
import type { PackageEvidence } from '../model/finding.ts';
import type { Package } from '../model/package.ts';
import type { Use } from '../model/reference.ts';
import type { ApprovalStatus, ReferenceWithStatus, UseWithStatus } from '../model/status.ts';
import type { Substitute } from '../model/substitute.ts';
import type { Lookup } from '../model/lookup.ts';
import { check } from '../pipeline.ts';
import { toolCommand } from '../tool-command/command.ts';
import { kindOf } from '../analysis/source-kinds.ts';
import { Analysis } from '../analysis/analyse.ts';
import type { Finding, Report } from '../../rules/index.ts';
import type { DecisionOffer } from './decision-offers.ts';
import { EvidenceMemory, respelled, type Clock } from './evidence-memory.ts';
import type { DocumentReport } from './checked-documents.ts';
import type { DocumentLocation } from './locate.ts';
import { OpenProjects, type DocumentProject, type OpenDocument } from './open-projects.ts';
import type { Replacement } from './replacements.ts';

/** How the server was started. */
export interface InspectorOptions {
  readonly context: ProcessContext;
  readonly offline: boolean;
  readonly config: string | undefined;
  /** That of the process, if left out. */
  readonly clock?: Clock;
}

/** UTF-16 code units of a text that this thread parses, which answers people: that takes some hundredths of a second. */
const SHORT = 64 * 1024;

/** So that one long text does not hold up the next one. */
const THREADS = 2;

function isShort({ text }: Source): boolean {
  return text.length <= SHORT;
}

/**
 * Checks open texts. What registries said when a text was saved is remembered, so that it still stands while
 * somebody types: typing itself never reaches the network.
 */
export class DocumentChecker {
  readonly #options: InspectorOptions;
  readonly #parse = parserPool({ size: THREADS, isParsedHere: isShort }).parse;
  readonly #projects: OpenProjects;
  readonly #memory: EvidenceMemory;

  constructor(options: InspectorOptions) {
    const { context, config, clock } = options;
    this.#options = options;
    this.#memory = new EvidenceMemory(clock);
    this.#projects = new OpenProjects(
      () => ({ context: { ...context, now: new Date() }, config }),
      this.#parse,
    );
  }

  /** Loads the parser of a file's language: who writes the first import that needs it does not wait for that. */
  async prepare(file: string): Promise<void> {
    const kind = kindOf(file, kinds);
    if (kind?.kind === 'language') await this.#parse(kind.language, { text: '', dialect: kind.dialect });
  }

  /**
   * @param outside `known`: nobody is asked. `ask`: registries are.
   * @param options `onlyNewImports`: what HEAD imports already is left out.
   */
  check(
    document: OpenDocument,
    outside: 'known' | 'ask',
    { onlyNewImports }: { readonly onlyNewImports: boolean },
  ): Promise<DocumentReport> {
    const task = async (opened: DocumentProject): Promise<DocumentReport> => {
      const { scope, policy, policyOptions, policyFiles, analysisOptions } = opened;
      const report = await check(scope, {
        ...analysisOptions,
        policyOptions,
        judgeReason: null,
        ...this.#lookups(opened, document, outside === 'ask' && !this.#options.offline),
        // An open text has no author but the person at the keyboard.
        authorOf: () => Promise.resolve(null),
        command: () => toolCommand(policyFiles, '', { environment: {}, inactive: null }),
      });
      const { record, head, policyStamps } = opened;
      const policyNames = [...policyStamps.keys()];
      return { report, basis: { document, record, head, ignores: policy.ignores, policyNames } };
    };
    const refuse = (fault: Fault) => ({ report: faulty(fault), basis: null });
    return this.#projects.use({ ...document, onlyNewImports }, task, refuse);
  }

  /** @returns Every reference of an open text, settled or not. */
  references(document: OpenDocument): Promise<readonly ReferenceWithStatus[]> {
    return this.#ask(
      document,
      async ({ scope, analysisOptions }) =>
        (await new Analysis(scope, analysisOptions).allReferences()).judged,
      [],
    );
  }

  /** @returns What may take the place of a finding’s package in an open text, with the edits that do it. */
  async replacements(document: OpenDocument, finding: Finding): Promise<readonly Replacement[]> {
    const { package: replaced, module } = finding;
    const { path, text, cells } = document;
    if (module !== undefined) {
      const { replacementOfModule } = await import('./replacements.ts');
      return replacementOfModule({ path, text, cells }, finding, module);
    }
    if (replaced === null) return [];
    if (finding.suggestions.length === 0 && finding.rule !== 'denied-package') return [];
    const { replacementsFor } = await import('./replacements.ts');
    const subject = { ...finding, package: replaced };
    return this.#ask(document, (opened) => replacementsFor({ path, text, cells }, subject, opened), []);
  }

  /** @returns What may be decided about the package of a finding, and what would refuse it. */
  async decisions(
    document: OpenDocument,
    { grade }: Finding,
    decided: Package,
  ): Promise<readonly DecisionOffer[]> {
    const { decisionOffers } = await import('./decision-offers.ts');
    const { location } = document;
    const context = { ...this.#options.context, cwd: location.root };
    return this.#ask(
      document,
      (project) => decisionOffers({ package: decided, grade }, { context, location, project }),
      [],
    );
  }

  /** @returns What the denial of a package names to be used instead; null for what is not denied. */
  async substituteOf(document: OpenDocument, status: ApprovalStatus): Promise<Substitute | null> {
    if (status.kind !== 'denied') return null;
    return this.#ask(
      document,
      ({ scope, analysisOptions }) =>
        new Analysis(scope, analysisOptions).substituteOf(status, document.path),
      null,
    );
  }

  /** @returns What registries said of a package when a text of this project was saved. */
  knowledge({ location }: DocumentLocation, used: Package): PackageEvidence | undefined {
    return this.#memory.get(location.root, used);
  }

  /** @returns The files of the project with the open texts in them; null where it can't be opened. */
  files(document: OpenDocument): Promise<Files | null> {
    return this.#ask<Files | null>(document, ({ policyFiles }) => Promise.resolve(policyFiles), null);
  }

  /** @param otherwise What comes back where the project can't be had. */
  #ask<T>(document: OpenDocument, task: (project: DocumentProject) => Promise<T>, otherwise: T): Promise<T> {
    return this.#projects.use(document, task, () => otherwise);
  }

  #lookups(
    { policy }: OpenedProject,
    { location }: OpenDocument,
    online: boolean,
  ): ReturnType<typeof lazyLookups> {
    const origin = { context: { ...this.#options.context, now: new Date() }, location } as const;
    const outside = lazyLookups(policy, { ...origin, offline: !online, caller: 'person' });
    const local = lazyLookups(policy, { ...origin, offline: true, caller: 'person' });
    const { root } = location;
    const ask: Lookup = async (uses, project, approvals) => {
      // Lockfiles are read anew for each check: that is for a text that was saved, as registries are.
      const names = online ? project : { ...project, dependentOf: () => Promise.resolve(null) };
      const isAsked = ({ use }: UseWithStatus) => online && !this.#memory.isSilent(root, use.package);
      const questions = uses.filter(isAsked);
      const answer = await outside.ask(questions, names, approvals);
      for (const [at, { use }] of questions.entries()) {
        const evidence = answer.knowledge[at];
        if (evidence) this.#memory.set(root, use.package, evidence);
      }
      const { knowledge } = await local.ask(uses, names, []);
      return { ...answer, knowledge: uses.map(({ use }, at) => this.#evidence(root, use, knowledge[at])) };
    };
    return { ask, askRequirements: this.#memory.requirementLookup(root, outside.askRequirements) };
  }

  #evidence(root: string, use: Use, local: PackageEvidence = noEvidence): PackageEvidence {
    const cached = this.#memory.get(root, use.package);
    return cached ? respelled(cached, local) : local;
  }
}

const noEvidence: PackageEvidence = { grade: 'not-asked', evidence: [], suggestions: [] };

/** @returns The report about a text that could not be checked. */
export function faulty(fault: Fault): Report {
  const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
  return { scope: 'stdin', ...nothing, faults: [fault] };
}
