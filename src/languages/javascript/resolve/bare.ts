import { npm } from '../../../ecosystems/npm/names.ts';
import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { matchesPattern } from '../ambient.ts';
import { Folders } from './folders.ts';
import { applyMapping, otherPackages, type MappingResult } from './follow.ts';
import { hostBySpelling, hostInEvidence } from './hosts.ts';
import type { SpecifierMapping } from './lead.ts';
import {
  looksLikePackage,
  namesPackage,
  originOfName,
  originOfPackages,
  packagePart,
  withoutDots,
} from './names.ts';
import type { Answer, BuiltinHost, Question, Trace } from './question.ts';
import { folderOf } from '../../../text/paths.ts';
import { Reader } from './reader.ts';
import { mappingSources, type LeadSources, type TitledSource } from './sources.ts';

/** What the mappings of a project came to that did not settle a specifier. */
interface Unsettled {
  /** Other packages that an alias may put in the specifier's place. */
  readonly packageNames: string[];
  /** Aliases that match and lead to nothing. */
  readonly misses: Miss[];
}

interface Miss {
  readonly text: string;
  /** The paths that the alias leads to; none where it would take any specifier. */
  readonly paths: readonly string[];
  /** Nothing else can be meant. */
  readonly isReserved: boolean;
}

/** What a part of the settings came to: origins where it settles a specifier, else none. */
interface Outcome {
  readonly origins: readonly Origin[];
  readonly unsettled: Unsettled;
}

/** Where a specifier leads in every file of the project, and why, in words. */
interface Certain {
  readonly origin: Origin;
  readonly text: string;
}

/**
 * Creates the resolution of specifiers that the project's configuration may map: packages, aliases,
 * `#imports`, and schemes that only some host knows.
 *
 * @param resolve Resolves the specifier that a mapping puts in place of another.
 */
export function bareAnswer(
  project: Project,
  builtinHost: BuiltinHost,
  resolve: Answer,
): { readonly answer: Answer; readonly broken: LeadSources['broken'] } {
  const reader = new Reader(project.files);
  const folders = new Folders(reader);
  const sources = mappingSources(reader, folders);

  const lookUp = async (
    titled: readonly TitledSource[],
    question: Question,
    trace: Trace,
  ): Promise<Outcome> => {
    const unsettled: Unsettled = { packageNames: [], misses: [] };
    for (const { title, source } of titled) {
      const leads = await source(question);
      if (leads.length === 0) tell(trace, () => `${title}: nothing applies`);
      for (const lead of leads) {
        const outcome = await applyMapping(lead, reader);
        trace?.(() => ({ text: describe(title, lead, outcome), file: lead.file, line: lead.line() }));
        const origins = await settle(lead, outcome, (specifier) =>
          resolve({ ...question, specifier, depth: question.depth + 1 }, trace),
        );
        if (origins.length > 0) return { origins, unsettled };
        remember(unsettled, { lead, outcome, question });
      }
    }
    return { origins: [], unsettled };
  };
  const declares = async (file: string): Promise<(name: string) => boolean> => {
    const manifests = await folders.packages(file);
    return (name) => manifests.some(({ dependencies }) => dependencies.has(name));
  };

  /** What the usual settings did not settle: only some of it is worth a list of all files. */
  const answer = async (question: Question, usual: Unsettled, trace: Trace): Promise<readonly Origin[]> => {
    const isDeclared = await declares(question.file);
    const isKnown = isDeclared(packagePart(question.specifier)) || isApproved(question);
    const further = isKnown ? undefined : await lookUp([sources.further], question, trace);
    if (further && further.origins.length > 0) return further.origins;
    const unsettled = further ? together(usual, further.unsettled) : usual;
    const match = await hostInEvidence(question, folders);
    if (match) {
      const { host, sighting } = match;
      const text = `${host.host} provides it, which ${sighting.entry} shows (${host.source})`;
      trace?.(() => ({ text, file: sighting.file, line: null }));
      return [{ kind: 'ambient', host: host.host }];
    }
    const generated = isKnown ? undefined : await generatedOrigin(question, unsettled, { reader, folders });
    return generated ? [generated] : packages(question, unsettled, { project, isDeclared });
  };

  const certainties = new Map<string, Certain | undefined>();
  const certainly = (specifier: string) => {
    if (certainties.has(specifier)) return certainties.get(specifier);
    const certain = withoutFiles(specifier, project, builtinHost);
    certainties.set(specifier, certain);
    return certain;
  };
  const usualOutcomes = new Map<string, Promise<Outcome>>();
  const answers = new Map<string, Promise<readonly Origin[]>>();
  const remembered: Answer = async (question, trace) => {
    const certain = certainly(question.specifier);
    if (certain) {
      tell(trace, () => certain.text);
      return [certain.origin];
    }
    const file = await folders.anchor(question.file);
    const usual = await once(trace ? undefined : usualOutcomes, keyOf(question, file), () =>
      lookUp(sources.titled, { ...question, file }, trace),
    );
    if (usual.origins.length > 0) return usual.origins;
    const key = keyOf(question, folderOf(question.file), String(isApproved(question)));
    return once(trace ? undefined : answers, key, () => answer(question, usual.unsettled, trace));
  };
  return { answer: remembered, broken: sources.broken };
}

function keyOf({ specifier, kind, depth }: Question, ...more: readonly string[]): string {
  return [...more, specifier, kind === 'type', depth].join('\0');
}

function once<Value>(
  cache: Map<string, Promise<Value>> | undefined,
  key: string,
  compute: () => Promise<Value>,
): Promise<Value> {
  const value = cache?.get(key) ?? compute();
  cache?.set(key, value);
  return value;
}

function isApproved({ specifier, approves }: Question): boolean {
  return approves?.({ ecosystem: npm.id, name: packagePart(specifier) }) ?? false;
}

function together(first: Unsettled, second: Unsettled): Unsettled {
  return {
    packageNames: [...first.packageNames, ...second.packageNames],
    misses: [...first.misses, ...second.misses],
  };
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
  misses.push({
    text: `${lead.key} in ${lead.file} ${whereTo(outcome)}`,
    paths: lead.key.startsWith('*') ? [] : outcome.missing,
    isReserved: lead.weight === 'reserved',
  });
}

/** An alias of the project leads to a file that git does not hold because something generates it. */
async function generatedOrigin(
  { specifier }: Question,
  { misses }: Unsettled,
  from: { readonly reader: Reader; readonly folders: Folders },
): Promise<Origin | undefined> {
  if (misses.length === 0) return undefined;
  const { isIgnored, ownManifest } = await import('./generated.ts');
  for (const { text, paths, isReserved } of misses) {
    const ignored = await Promise.all(paths.map((path) => isIgnored(path, from.reader)));
    if (!isReserved && !ignored.includes(true)) continue;
    const file = await ownManifest(specifier, from);
    if (file !== undefined) return { kind: 'local', file };
    return { kind: 'unknown', reason: `${text}${isReserved ? '' : ' and which git ignores'}` };
  }
  return undefined;
}

/** What is left when nothing of the project settles a specifier: packages, or a name that can't be one. */
function packages(
  { specifier, kind }: Question,
  { packageNames, misses }: Unsettled,
  { project, isDeclared }: { readonly project: Project; readonly isDeclared: (name: string) => boolean },
): readonly Origin[] {
  const replacements = packageNames.map((name) => originOfName(name, kind));
  const provided = providers(withoutDots(specifier), project.imports);
  if (provided) return [originOfPackages(provided, kind), ...replacements];
  // Whoever declares only what an alias leads to means that.
  const isReplaced = packageNames.length > 0 && packageNames.every(isDeclared);
  if (isReplaced && !isDeclared(packagePart(specifier))) return replacements;
  if (namesPackage(specifier)) return [originOfName(specifier, kind), ...replacements];
  if (replacements.length > 0) return replacements;
  if (looksLikePackage(specifier)) return [originOfPackages([packagePart(specifier)], kind)];
  const miss = misses[0]?.text ?? 'no alias of this project maps it';
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
