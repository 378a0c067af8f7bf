import { npm } from '../../../ecosystems/npm/names.ts';
import type { Project } from '../../../model/language.ts';
import type { Origin } from '../../../model/reference.ts';
import { matchesPattern } from '../ambient.ts';
import { Folders } from './folders.ts';
import { hostBySpelling, hostInEvidence } from './hosts.ts';
import { lookUp, tell, together, type Outcome, type Unsettled } from './look-up.ts';
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
import { mappingSources, type LeadSources } from './sources.ts';

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

  const generatedOrigin = async ({ specifier }: Question, { misses }: Unsettled) => {
    if (misses.length === 0) return undefined;
    const { originOfGenerated } = await import('./generated.ts');
    return originOfGenerated(specifier, misses, { reader, folders });
  };
  const declares = async (file: string): Promise<(name: string) => boolean> => {
    const manifests = await folders.packages(file);
    return (name) => manifests.some(({ dependencies }) => dependencies.has(name));
  };

  /** What the usual settings did not settle: only some of it is worth a list of all files. */
  const answer = async (question: Question, usual: Unsettled, trace: Trace): Promise<readonly Origin[]> => {
    const isDeclared = await declares(question.file);
    const isKnown = isDeclared(packagePart(question.specifier)) || isApproved(question);
    const further = isKnown
      ? undefined
      : await lookUp([sources.further], question, { reader, resolve, trace });
    if (further && further.origins.length > 0) return further.origins;
    const unsettled = further ? together(usual, further.unsettled) : usual;
    const match = await hostInEvidence(question, folders);
    if (match) {
      const { host, sighting } = match;
      const text = `${host.host} provides it, which ${sighting.entry} shows (${host.source})`;
      trace?.(() => ({ text, file: sighting.file, line: null }));
      return [{ kind: 'ambient', host: host.host }];
    }
    const generated = isKnown ? undefined : await generatedOrigin(question, unsettled);
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
      lookUp(sources.titled, { ...question, file }, { reader, resolve, trace }),
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
