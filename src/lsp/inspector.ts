import { askLater } from '../app/check.ts';
import { inAssistant } from '../app/assistants.ts';
import { gitFault } from '../app/git-fault.ts';
import { kinds } from '../app/components.ts';
import { openProject, type OpenedProject } from '../app/project.ts';
import type { World } from '../app/process.ts';
import { GitError } from '../git/git.ts';
import type { Fault } from '../model/fault.ts';
import type { Files } from '../model/language.ts';
import type { OutsideKnowledge } from '../model/finding.ts';
import { purl } from '../model/package.ts';
import type { JudgedReference } from '../model/status.ts';
import { check, type Ask } from '../pipeline.ts';
import { toolCommand } from '../tool-command/command.ts';
import { kindOf } from '../analysis/source-kinds.ts';
import { parserHost } from '../analysis/in-process-parsers.ts';
import { Survey } from '../analysis/analyse.ts';
import type { Report } from '../../rules/index.ts';
import type { Located } from './locate.ts';

/** How the server was started. */
export interface InspectorOptions {
  readonly world: World;
  readonly offline: boolean;
  readonly config: string | undefined;
}

/** An open text with the texts of its project that are open as well, by path. */
export interface Subject extends Located {
  readonly buffers: ReadonlyMap<string, string>;
}

/**
 * Checks open texts. What registries said when a text was saved is remembered, so that it still stands while
 * somebody types: typing itself never reaches the network.
 */
export class Inspector {
  readonly #options: InspectorOptions;
  readonly #parse = parserHost();
  readonly #known = new Map<string, OutsideKnowledge>();

  constructor(options: InspectorOptions) {
    this.#options = options;
  }

  /** Loads the parser of a file's language: who writes the first import that needs it does not wait for that. */
  async prepare(file: string): Promise<void> {
    const kind = kindOf(file, kinds);
    if (kind?.kind === 'language') await this.#parse(kind.language, { text: '', dialect: kind.dialect });
  }

  /** @param outside `known`: nobody is asked. `ask`: registries are. */
  async check(subject: Subject, outside: 'known' | 'ask'): Promise<Report> {
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return faulty(opened.fault);
    const { scope, policyOptions, policyFiles, survey, close } = opened;
    try {
      const { world, offline } = this.#options;
      return await check(scope, {
        ...survey,
        policyOptions,
        ask: this.#ask(opened, subject, outside === 'ask' && !offline),
        inAssistant: inAssistant(world.env),
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
  async references(subject: Subject): Promise<readonly JudgedReference[]> {
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return [];
    try {
      return (await new Survey(opened.scope, opened.survey).allReferences()).judged;
    } finally {
      opened.close();
    }
  }

  /** @returns What registries said of a package when a text of this project was saved. */
  knowledge({ ground }: Located, used: Parameters<typeof purl>[0]): OutsideKnowledge | undefined {
    return this.#known.get(`${ground.root}\0${purl(used)}`);
  }

  /** @returns The files of the project with the open texts in them; null where it can't be opened. */
  async files(subject: Subject): Promise<Files | null> {
    const opened = await this.#open(subject);
    if (opened.kind === 'fault') return null;
    opened.close();
    return opened.policyFiles;
  }

  async #open(subject: Subject): Promise<OpenedProject | { kind: 'fault'; fault: Fault }> {
    const { world, config } = this.#options;
    const { ground, path, buffers } = subject;
    const request = { kind: 'stdin', path, newOnly: false, buffers } as const;
    try {
      const opened = await openProject(request, ground, { world: { ...world, now: new Date() }, config });
      if (opened.kind === 'fault') return opened;
      return { ...opened, survey: { ...opened.survey, parse: this.#parse } };
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      return { kind: 'fault', fault: gitFault(error) };
    }
  }

  #ask({ policy, policyFiles }: OpenedProject, subject: Subject, online: boolean): Ask {
    const world = { ...this.#options.world, now: new Date() };
    const ask = askLater(policy, policyFiles, { world, offline: !online, patience: 'person' });
    return async (uses, project) => {
      const answer = await ask(uses, project);
      const knowledge = uses.map(({ use }, at) => {
        const fresh = answer.knowledge[at] ?? { grade: 'not-asked', evidence: [], suggestions: [] };
        const key = `${subject.ground.root}\0${purl(use.package)}`;
        if (online) this.#known.set(key, fresh);
        const before = this.#known.get(key);
        return before ? { ...before, suggestions: fresh.suggestions } : fresh;
      });
      return { ...answer, knowledge };
    };
  }
}

function faulty(fault: Fault): Report {
  const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
  return { scope: 'stdin', ...nothing, faults: [fault] };
}
