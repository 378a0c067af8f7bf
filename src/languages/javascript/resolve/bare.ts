import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { matchesPattern } from '../hosts/host.ts';
import { Folders } from './folders.ts';
import { applyMapping, otherPackages, type MappingResult } from './follow.ts';
import { hostBySpelling, ProjectHosts, type Provision } from './hosts.ts';
import type { SpecifierMapping } from './lead.ts';
import {
  looksLikePackage,
  namesPackage,
  originOfName,
  originOfPackages,
  packagePart,
  withoutDots,
} from './names.ts';
import { placeholderFile } from './placeholders.ts';
import { Pages } from './pages.ts';
import type { Answer, BuiltinHost, Question, Trace } from './question.ts';
import { Reader } from './reader.ts';
import { mappingSources, type LeadSources } from './sources.ts';
import { TestMocks } from './test-mocks.ts';

/** What the mappings of a project came to that did not settle a specifier. */
interface Unsettled {
  /** Other packages that an alias may put in the specifier's place. */
  readonly packageNames: string[];
  /** Aliases that match and lead to nothing, in words. */
  readonly misses: string[];
}

/** Where a specifier leads in every file of the project, and why, in words. */
interface Certain {
  readonly origin: Origin;
  readonly text: string;
}

/** What the project's files answer. */
export interface BareAnswer extends Pick<LeadSources, 'broken' | 'keepsImports'> {
  readonly answer: Answer;
  readonly mocks: TestMocks;
  readonly pages: Pages;
}

/**
 * Creates the resolution of specifiers that the project's configuration may map: packages, aliases,
 * `#imports`, and schemes that only some host knows.
 *
 * @param resolve Resolves the specifier that a mapping puts in place of another.
 */
export function bareAnswer(project: Project, builtinHost: BuiltinHost, resolve: Answer): BareAnswer {
  const reader = new Reader(project.files);
  const folders = new Folders(reader);
  const hosts = new ProjectHosts(project, { reader, folders });
  const sources = mappingSources(reader, folders, hosts);

  const unprovided = async (question: Question, unsettled: Unsettled): Promise<readonly Origin[]> => {
    const file = await placeholderFile(question.specifier, reader);
    if (file === undefined) return packages(question, unsettled, project);
    return [{ kind: 'unknown', reason: `“${question.specifier}” is only declared, in ${file}` }];
  };

  const answer = async (question: Question, trace: Trace): Promise<readonly Origin[]> => {
    const unsettled: Unsettled = { packageNames: [], misses: [] };
    for (const { title, source } of sources.titled) {
      const leads = await source(question);
      if (leads.length === 0) tell(trace, () => `${title}: nothing applies`);
      for (const lead of leads) {
        const outcome = await applyMapping(lead, reader, question);
        trace?.(() => ({ text: describe(title, lead, outcome), file: lead.file, line: lead.line() }));
        const settled = await settle(lead, outcome, (specifier) =>
          resolve({ ...question, specifier, depth: question.depth + 1 }, trace),
        );
        if (settled.length > 0) return settled;
        remember(unsettled, { lead, outcome, question });
      }
    }
    const provision = await hosts.providing(question);
    if (!provision) return unprovided(question, unsettled);
    const { host, sighting, isNew } = provision;
    trace?.(() => ({ text: wordsOf(provision), file: sighting.file, line: null }));
    return isNew ? packages(question, unsettled, project) : [{ kind: 'ambient', host: host.host }];
  };

  const certainties = new Map<string, Certain | undefined>();
  const certainly = (specifier: string) => {
    if (certainties.has(specifier)) return certainties.get(specifier);
    const certain = withoutFiles(specifier, project, builtinHost);
    certainties.set(specifier, certain);
    return certain;
  };
  const cache = new Map<string, Promise<readonly Origin[]>>();
  const remembered: Answer = async (question, trace) => {
    const certain = certainly(question.specifier);
    if (certain) {
      tell(trace, () => certain.text);
      return [certain.origin];
    }
    const { specifier, kind, depth, isHead } = question;
    const file = await folders.anchor(question.file);
    const key = [file, specifier, kind === 'type', isHead === true, depth].join('\0');
    const origins = (trace ? undefined : cache.get(key)) ?? answer({ ...question, file }, trace);
    cache.set(key, origins);
    return origins;
  };
  const mocks = new TestMocks(reader, folders);
  return {
    answer: remembered,
    broken: sources.broken,
    keepsImports: sources.keepsImports,
    mocks,
    pages: new Pages(reader, folders),
  };
}

/** What the project shows of a host that provides a module. */
function wordsOf({ host: { host, source }, sighting: { entry }, isNew }: Provision): string {
  if (!isNew) return `${host} provides it, which ${entry} shows (${source})`;
  return `${host} would provide it (${source}), but only this change shows that, with ${entry}`;
}

function withoutFiles(specifier: string, project: Project, builtinHost: BuiltinHost): Certain | undefined {
  // Only Node's own modules can bear its scheme, also those that are newer than any list of them.
  const builtin = builtinHost(specifier) ?? (specifier.startsWith('node:') ? 'node' : undefined);
  if (builtin !== undefined)
    return { origin: { kind: 'builtin', host: builtin }, text: `${builtin} has it built in` };
  const local = project.localModules.find(
    (name) => matchesPattern(name, specifier) || specifier.startsWith(`${name}/`),
  );
  if (local !== undefined)
    return { origin: { kind: 'local', file: null }, text: `localModules of the config names ${local}` };
  const ambient = project.ambient.find((pattern) => matchesPattern(pattern, specifier));
  if (ambient !== undefined) {
    return {
      origin: { kind: 'ambient', host: 'the config' },
      text: `ambient of the config names ${ambient}`,
    };
  }
  const host = hostBySpelling(specifier);
  return (
    host && {
      origin: { kind: 'ambient', host: host.host },
      text: `only ${host.host} can provide it (${host.source})`,
    }
  );
}

async function settle(
  lead: SpecifierMapping,
  { file, specifiers }: MappingResult,
  resolve: (specifier: string) => Promise<readonly Origin[]>,
): Promise<readonly Origin[]> {
  const local: readonly Origin[] = file === undefined ? [] : [{ kind: 'local', file }];
  if (lead.weight !== 'binding') return local;
  const origins = await Promise.all(specifiers.map(resolve));
  return [...local, ...origins.flat()];
}

function remember(
  { packageNames, misses }: Unsettled,
  {
    lead,
    outcome,
    question,
  }: { readonly lead: SpecifierMapping; readonly outcome: MappingResult; readonly question: Question },
): void {
  if (lead.weight === 'root') return;
  for (const origin of otherPackages(lead, outcome.specifiers, packagePart(question.specifier)))
    packageNames.push(origin);
  misses.push(`${lead.key} in ${lead.file} ${whereTo(outcome)}`);
}

/** What is left when nothing of the project settles a specifier: packages, or a name that can't be one. */
function packages(
  { specifier, kind }: Question,
  { packageNames, misses }: Unsettled,
  project: Project,
): readonly Origin[] {
  const replacements = packageNames.map((name) => originOfName(name, kind));
  const provided = providers(withoutDots(specifier), project.imports);
  if (provided) return [originOfPackages(provided, kind), ...replacements];
  if (namesPackage(specifier)) return [originOfName(specifier, kind), ...replacements];
  if (replacements.length > 0) return replacements;
  if (looksLikePackage(specifier)) return [originOfPackages([packagePart(specifier)], kind)];
  const [miss = 'no alias of this project maps it'] = misses;
  return [{ kind: 'unknown', reason: `“${specifier}” is not a package name, and ${miss}` }];
}

/** The packages that the whitelist says provide a module, for the longest part of the specifier that it names. */
function providers(
  specifier: string,
  imports: Project['imports'],
): readonly [string, ...(readonly string[])] | undefined {
  for (let end = specifier.length; end > 0; end = specifier.lastIndexOf('/', end - 1)) {
    const [first, ...alternatives] = imports.get(specifier.slice(0, end)) ?? [];
    if (first !== undefined) return [first, ...alternatives];
  }
  return undefined;
}

function describe(title: string, lead: SpecifierMapping, outcome: MappingResult): string {
  const result = outcome.file === undefined ? whereTo(outcome) : `leads to ${outcome.file}`;
  return `${title}: ${lead.key} ${result}`;
}

function whereTo({ specifiers, missing }: MappingResult): string {
  if (specifiers.length > 0) return `leads to ${specifiers.join(', ')}`;
  if (missing.length > 0) return `leads to ${missing.join(', ')}, which is not a file of this project`;
  return 'leads to a target that is not a literal';
}

function tell(trace: Trace, text: () => string): void {
  trace?.(() => ({ text: text(), file: null, line: null }));
}
