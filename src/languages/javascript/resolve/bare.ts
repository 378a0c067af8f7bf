import { npm } from '../../../ecosystems/npm/names.ts';
import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { matchesPattern } from '../hosts/host.ts';
import { Folders } from './folders.ts';
import { hostBySpelling, ProjectHosts, type Provision } from './hosts.ts';
import { lookUp, tell, together, type Outcome, type Unsettled } from './look-up.ts';
import {
  looksLikePackage,
  namesPackage,
  originOfName,
  originOfPackages,
  packagePart,
  withoutDots,
} from './names.ts';
import { placeholderFiles } from './placeholders.ts';
import { isFilled, OwnModules } from './own-modules.ts';
import { pathsOfSubpath } from './own-subpaths.ts';
import { Pages } from './pages.ts';
import type { Answer, BuiltinHost, Question, Trace } from './question.ts';
import { folderOf } from '../../../text/paths.ts';
import { Reader } from './reader.ts';
import { memo } from './memo.ts';
import { mappingSources, type LeadSources, type TitledSource } from './sources.ts';
import { TestMocks } from './test-mocks.ts';
import { TrackedPackages } from './tracked-packages.ts';

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
  readonly ownModules: OwnModules;
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
  const tracked = new TrackedPackages(project, reader);
  const sources = mappingSources(reader, folders, hosts);
  const ownModules = new OwnModules(project, { reader, folders }, hosts);

  const answer = furtherAnswer(
    project,
    { reader, folders, hosts, tracked, further: sources.further, ownModules },
    resolve,
  );
  const withSubpath = async (question: Question, trace: Trace): Promise<Outcome> => {
    const outcome = await lookUp(sources.titled, question, { reader, resolve, trace });
    const [origin, ...furtherOrigins] = outcome.origins;
    if (origin?.kind !== 'local' || furtherOrigins.length > 0 || !origin.file?.endsWith('package.json'))
      return outcome;
    const { specifier, file, isHead } = question;
    const subpaths = isHead ? [] : await pathsOfSubpath(origin.file, specifier, reader);
    if (!isFilled(subpaths)) return outcome;
    const [first, ...furtherPaths] = subpaths;
    const missedPaths = outcome.unsettled.misses.flatMap((miss) => miss.paths);
    const paths = [first, ...furtherPaths, ...missedPaths] as const;
    const part = await ownModules.of({ paths, specifier, file }, question, trace);
    return part.kind === 'missing' ? { ...outcome, origins: [part] } : outcome;
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
      withSubpath({ ...question, file }, trace),
    );
    if (usual.origins.length > 0) return usual.origins;
    const key = keyOf(question, folderOf(question.file), String(isApproved(question)));
    return once(trace ? undefined : answers, key, () => answer(question, usual.unsettled, trace));
  };
  const mocks = new TestMocks(reader, folders);
  return {
    answer: remembered,
    broken: sources.broken,
    keepsImports: sources.keepsImports,
    mocks,
    pages: new Pages(reader, folders),
    ownModules,
  };
}

/** The states of a project that further answers are looked for in. */
interface FurtherSources {
  readonly reader: Reader;
  readonly folders: Folders;
  readonly hosts: ProjectHosts;
  readonly tracked: TrackedPackages;
  readonly further: TitledSource;
  readonly ownModules: OwnModules;
}

/** Answers for what the usual settings did not settle: only some of it is worth a list of all files. */
type FurtherAnswer = (question: Question, usual: Unsettled, trace: Trace) => Promise<readonly Origin[]>;

function furtherAnswer(
  project: Project,
  { reader, folders, hosts, tracked, further, ownModules }: FurtherSources,
  resolve: Answer,
): FurtherAnswer {
  const placeholderFile = placeholderFiles(reader);
  const placeholderOrigin = async ({ specifier }: Question): Promise<Origin | undefined> => {
    const file = await placeholderFile(specifier);
    return file === undefined
      ? undefined
      : { kind: 'unknown', reason: `“${specifier}” is only declared, in ${file}` };
  };
  const generated = memo(async () => {
    const { GeneratedPackages } = await import('./generated.ts');
    return new GeneratedPackages(project, { reader, folders });
  });
  const declares = async (file: string): Promise<(name: string) => boolean> => {
    const manifests = await folders.packages(file);
    return (name) => manifests.some(({ dependencies }) => dependencies.has(name));
  };

  return async (question, usual, trace) => {
    const isDeclared = await declares(question.file);
    const isKnown = isDeclared(packagePart(question.specifier)) || isApproved(question);
    const outcome = isKnown ? undefined : await lookUp([further], question, { reader, resolve, trace });
    if (outcome && outcome.origins.length > 0) return outcome.origins;
    const unsettled = outcome ? together(usual, outcome.unsettled) : usual;
    const provision = await hosts.providing(question);
    if (provision) {
      const { host, sighting, isNew } = provision;
      trace?.(() => ({ text: wordsOf(provision), file: sighting.file, line: null }));
      if (!isNew) return [{ kind: 'ambient', host: host.host }];
    }
    const { specifier, file } = question;
    const ownPaths = provision || isKnown ? [] : ownPathsOf(question, unsettled);
    const ownModule = isFilled(ownPaths)
      ? await ownModules.ofAlias({ paths: ownPaths, specifier, file }, question, trace)
      : undefined;
    if (ownModule) return [ownModule];
    const built =
      isKnown || unsettled.misses.length === 0
        ? undefined
        : await (await generated('')).originOf(specifier, unsettled.misses);
    const ownOrigin = built ?? (isKnown ? undefined : await tracked.originOf(specifier, file));
    const origin = ownOrigin ?? (provision ? undefined : await placeholderOrigin(question));
    return origin ? [origin] : packages(question, unsettled, { project, isDeclared });
  };
}

/**
 * @returns The paths that aliases lead to which can mean nothing but a module of the project, because no package bears such a
 *   name; none where one can, or where only running the configuration would tell.
 */
function ownPathsOf({ specifier, isHead }: Question, { misses, packageNames }: Unsettled): readonly string[] {
  const isOwn = !namesPackage(specifier) || misses.some(({ isReserved }) => isReserved);
  const isCertain = misses.every((miss) => miss.isCertain && miss.paths.length > 0);
  // eslint-disable-next-line no-control-regex -- no file is called so
  const isName = !/[*{}<>\s\0-\x1f]/.test(specifier);
  if (isHead || !isName || !isOwn || !isCertain || packageNames.length > 0) return [];
  return misses.flatMap(({ paths }) => paths);
}

/** What the project shows of a host that provides a module. */
function wordsOf({ host: { host, source }, sighting: { entry }, isNew }: Provision): string {
  if (!isNew) return `${host} provides it, which ${entry} shows (${source})`;
  return `${host} would provide it (${source}), but only this change shows that, with ${entry}`;
}

function keyOf({ specifier, kind, depth, isHead, isScan }: Question, ...more: readonly string[]): string {
  return [...more, specifier, kind === 'type', isHead === true, isScan === true, depth].join('\0');
}

/** What was asked for in folders that are done is asked for no more. */
const MOST_VALUES = 2000;

function once<Value>(
  cache: Map<string, Promise<Value>> | undefined,
  key: string,
  compute: () => Promise<Value>,
): Promise<Value> {
  const value = cache?.get(key) ?? compute();
  if (cache !== undefined && cache.size >= MOST_VALUES) cache.clear();
  cache?.set(key, value);
  return value;
}

function isApproved({ specifier, approves }: Question): boolean {
  return approves?.({ ecosystem: npm.id, name: packagePart(specifier) }) ?? false;
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
