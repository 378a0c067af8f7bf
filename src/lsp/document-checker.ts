import { lazyLookups } from '../app/check.ts';
import { gitFault } from '../app/git-fault.ts';
import { kinds } from '../app/components.ts';
import { openProject, type OpenedProject } from '../app/project.ts';
import type { ProcessContext } from '../app/process.ts';
import { GitError } from '../git/git.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { PackageEvidence } from '../model/finding.ts';
import { purl, type Package } from '../model/package.ts';
import type { ApprovalStatus, ReferenceWithStatus } from '../model/status.ts';
import type { Substitute } from '../model/substitute.ts';
import type { Lookup } from '../model/lookup.ts';
import { check } from '../pipeline.ts';
import { toolCommand } from '../tool-command/command.ts';
import { kindOf } from '../analysis/source-kinds.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';
import { Analysis } from '../analysis/analyse.ts';
import type { Finding, Report } from '../../rules/index.ts';
import type { DocumentLocation } from './locate.ts';
import type { Replacement } from './replacements.ts';

/** How the server was started. */
export interface InspectorOptions {
  readonly context: ProcessContext;
  readonly offline: boolean;
  readonly config: string | undefined;
}

/** An open text with the texts of its project that are open as well, by path. */
export interface OpenDocument extends DocumentLocation {
  readonly buffers: ReadonlyMap<string, string>;
}

/**
 * Checks open texts. What registries said when a text was saved is remembered, so that it still stands while
 * somebody types: typing itself never reaches the network.
 */
export class DocumentChecker {
  readonly #options: InspectorOptions;
  readonly #parse = parserHost();
  readonly #known = new Map<string, PackageEvidence>();

  constructor(options: InspectorOptions) {
    this.#options = options;
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
  async check(
    subject: OpenDocument,
    outside: 'known' | 'ask',
    { onlyNewImports }: { readonly onlyNewImports: boolean },
  ): Promise<Report> {
    const opened = await this.#open(subject, onlyNewImports);
    if (opened.kind === 'fault') return faulty(opened.fault);
    const { scope, policyOptions, policyFiles, analysisOptions, close } = opened;
    try {
      const { offline } = this.#options;
      return await check(scope, {
        ...analysisOptions,
        policyOptions,
        judgeReason: null,
        ...this.#lookups(opened, subject, outside === 'ask' && !offline),
        // An open text has no author but the person at the keyboard.
        authorOf: () => Promise.resolve(null),
        command: () => toolCommand(policyFiles, ''),
      });
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      return faulty(gitFault(error));
    } finally {
      close();
    }
  }

  /** @returns Every reference of an open text, settled or not. */
  async references(subject: OpenDocument): Promise<readonly ReferenceWithStatus[]> {
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return [];
    try {
      return (await new Analysis(opened.scope, opened.analysisOptions).allReferences()).judged;
    } finally {
      opened.close();
    }
  }

  /** @returns What may take the place of a finding’s package in an open text, with the edits that do it. */
  async replacements(subject: OpenDocument, finding: Finding): Promise<readonly Replacement[]> {
    const { package: replaced, module } = finding;
    const text = subject.buffers.get(subject.path);
    if (text === undefined) return [];
    if (module !== undefined) {
      const { replacementOfModule } = await import('./replacements.ts');
      return replacementOfModule(text, finding, module);
    }
    if (replaced === null) return [];
    if (finding.suggestions.length === 0 && finding.rule !== 'denied-package') return [];
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return [];
    try {
      const { replacementsFor } = await import('./replacements.ts');
      return await replacementsFor({ path: subject.path, text }, { ...finding, package: replaced }, opened);
    } finally {
      opened.close();
    }
  }

  /** @returns What the denial of a package names to be used instead; null for what is not denied. */
  async substituteOf(subject: OpenDocument, status: ApprovalStatus): Promise<Substitute | null> {
    if (status.kind !== 'denied') return null;
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return null;
    try {
      return await new Analysis(opened.scope, opened.analysisOptions).substituteOf(status, subject.path);
    } finally {
      opened.close();
    }
  }

  /** @returns What registries said of a package when a text of this project was saved. */
  knowledge({ location }: DocumentLocation, used: Parameters<typeof purl>[0]): PackageEvidence | undefined {
    return this.#known.get(`${location.root}\0${purl(used)}`);
  }

  /** @returns The files of the project with the open texts in them; null where it can't be opened. */
  async files(subject: OpenDocument): Promise<Files | null> {
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return null;
    opened.close();
    return opened.policyFiles;
  }

  async #open(
    subject: OpenDocument,
    newOnly = false,
  ): Promise<OpenedProject | { kind: 'fault'; fault: Fault }> {
    const { context, config } = this.#options;
    const { location, path, buffers } = subject;
    const request = { kind: 'stdin', path, newOnly, buffers } as const;
    try {
      const opened = await openProject(request, location, {
        context: { ...context, now: new Date() },
        config,
      });
      if (opened.kind === 'fault') return opened;
      return { ...opened, analysisOptions: { ...opened.analysisOptions, parse: this.#parse } };
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      return { kind: 'fault', fault: gitFault(error) };
    }
  }

  #lookups(
    { policy }: OpenedProject,
    subject: OpenDocument,
    online: boolean,
  ): ReturnType<typeof lazyLookups> {
    const context = { ...this.#options.context, now: new Date() };
    const { location } = subject;
    const lookups = lazyLookups(policy, { context, location, offline: !online, caller: 'person' });
    const ask: Lookup = async (uses, project, approvals) => {
      // Lockfiles are read anew for each check: that is for a text that was saved, as registries are.
      const names = online ? project : { ...project, dependentOf: () => Promise.resolve(null) };
      const answer = await lookups.ask(uses, names, approvals);
      const knowledge = uses.map(({ use }, at) => {
        const fresh = answer.knowledge[at] ?? { grade: 'not-asked', evidence: [], suggestions: [] };
        const key = `${subject.location.root}\0${purl(use.package)}`;
        if (online) this.#known.set(key, fresh);
        const cached = this.#known.get(key);
        return cached ? respelled(cached, fresh) : fresh;
      });
      return { ...answer, knowledge };
    };
    return { ...lookups, ask };
  }
}

/** What registries said while a text was saved, with its suggestions as this text would write them. */
function respelled(cached: PackageEvidence, { suggestions }: PackageEvidence): PackageEvidence {
  const spelled = (meant: Package) =>
    suggestions.find((suggestion) => purl(suggestion.package) === purl(meant));
  return { ...cached, suggestions: cached.suggestions.map((meant) => spelled(meant.package) ?? meant) };
}

function faulty(fault: Fault): Report {
  const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
  return { scope: 'stdin', ...nothing, faults: [fault] };
}
