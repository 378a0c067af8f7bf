import { packageOf } from '../../../ecosystems/index.ts';
import type { Project, Resolution, Resolver, ResolveRequest } from '../../../model/language.ts';
import type { Package } from '../../../model/package.ts';
import type { Origin, Step } from '../../../model/reference.ts';
import type { NonEmpty } from '../../../model/text.ts';
import { namesWithAffixes } from '../../../ecosystems/pypi/module-map/affixes.ts';
import { prefixesOf, type ModuleMap, type Provided } from '../../../ecosystems/pypi/module-map/module-map.ts';
import { importableNames, isWithin } from '../module-names.ts';
import { isOldStdlib } from '../stdlib.ts';
import { FirstParty } from './first-party.ts';
import type { FirstPartyModule } from './first-party-module.ts';
import type { ModuleRequest } from './first-party.ts';
import type { MissingModules } from './missing-modules.ts';
import { relativePath } from './module-paths.ts';
import { isRelativeFound } from './relative.ts';
import { ProjectHosts } from './hosts.ts';
import { bundledModuleMap } from '../../../ecosystems/pypi/module-map/shipped.ts';
import { folderOf } from './roots.ts';
import { States } from './trust.ts';

/** What a Python resolver works with. `isStdlib` knows the standard library by dotted module. */
export interface ResolverParts {
  readonly project: Project;
  readonly isStdlib: (specifier: string) => boolean;
}

type Trace = (step: Step) => void;

const silent: Trace = () => undefined;

/**
 * A resolver for Python imports. The order: relative, standard library, names from the configuration
 * (`ambient`, `localModules`), the project's own modules, then the longest match among the whitelist's
 * `imports` and the shipped modules (at equal length `imports` win), else the distribution of the same
 * name (PEP 503).
 *
 * A request without names is read strictly: a module whose children belong to several distributions is
 * `unknown`, and the project's own modules are looked for in conventional folders only. So it may call
 * local code a package, never a package local code, and asks for nothing but the existence of files.
 */
export function createResolver({ project, isStdlib }: ResolverParts): Resolver {
  const catalogue = bundledModuleMap.with(project);
  const states = new States(project);
  const hosts = new ProjectHosts(states.trusted);
  const firstParty = new FirstParty(states, { catalogue, hosts });
  let loading: Promise<MissingModules> | undefined;
  const load = async () => new (await missingModules()).MissingModules(project, { states, hosts });
  const missing = () => (loading ??= load());
  const settings: Settings = { project, isStdlib, catalogue, firstParty, hosts, states, missing };
  return {
    resolve: async (request, trace) => {
      const tell = trace ? withoutRepetition(trace) : silent;
      const names = (request.names ?? []).filter((name) => name !== '*');
      if (names.length === 0) return [{ origin: await originOf(settings, request, tell), names: [] }];
      const origins = names.map((name) => originOf(settings, { ...request, name }, tell));
      return grouped(names, await Promise.all(origins));
    },
    providers: (specifier) => Promise.resolve(providersOf(specifier, catalogue)),
    unread: ({ file }) => firstParty.unread(file),
  };
}

/** A namespace belongs to none of its distributions, and a module below another one to the other's. */
function providersOf(module: string, catalogue: ModuleMap): readonly Package[] {
  const match = catalogue.longest(module);
  if (match?.module === module) return match.distributions.map((name) => packageOf('pypi', name));
  return module.includes('.') || catalogue.isNamespace(module) ? [] : [packageOf('pypi', module)];
}

interface Settings extends ResolverParts {
  readonly catalogue: ModuleMap;
  readonly firstParty: FirstParty;
  readonly hosts: ProjectHosts;
  readonly states: States;
  /** Loads what tells of modules that are not there. */
  readonly missing: () => Promise<MissingModules>;
}

type Question = ResolveRequest & { readonly name?: string };

async function originOf(settings: Settings, question: Question, tell: Trace): Promise<Origin> {
  const { specifier, file } = question;
  if (specifier.startsWith('.')) {
    tell(step(`${specifier} is relative to ${file}`));
    return relative(settings, question, tell);
  }
  if (!isModuleName(specifier)) {
    tell(step(`${specifier} is not a dotted module name`));
    return { kind: 'unknown', reason: 'this is not a module name' };
  }
  if (settings.isStdlib(specifier)) {
    tell(step(`${specifier} belongs to the standard library`));
    return { kind: 'builtin', host: 'python' };
  }
  if (question.optional === true && isOldStdlib(specifier)) {
    tell(step(`${specifier} belongs to the standard library of Python 2, and the program does without it`));
    return { kind: 'builtin', host: 'python 2' };
  }
  tell(step(`${specifier} does not belong to the standard library`));
  return configured(settings, question, tell) ?? (await searched(settings, question, tell));
}

/** Few modules are missing where they most likely are: only for those is more looked at. */
const missingModules = () => import('./missing-modules.ts');

async function relative(settings: Settings, question: Question, tell: Trace): Promise<Origin> {
  const { file, specifier, names, scannedNames } = question;
  const importedNames = names ?? [...(scannedNames ?? [])];
  const scanned = {
    file,
    specifier,
    names: question.name === undefined ? without('*', importedNames) : [question.name],
  };
  if (question.isHead === true || (await isRelativeFound(scanned, settings.states.own)))
    return { kind: 'local', file: null };
  if (names === null) return missing(relativePath(file, specifier)?.path ?? '');
  const { origin, why } = await (await settings.missing()).ofRelative(question);
  tell(step(why));
  return origin;
}

/** @returns That a module is missing, where the package that would hold it is there and nothing excuses it. */
async function absentModule(
  { missing: load }: Settings,
  question: Question,
  match: FirstPartyModule,
): Promise<{ readonly origin: Origin; readonly why: string } | undefined> {
  const { gap, root } = match;
  if (gap === undefined || question.isHead === true) return undefined;
  if (question.names !== null) return (await load()).ofAbsolute(question, { gap, root });
  return { origin: missing(gap), why: `no file of the project is ${gap}` };
}

/** What a scan can tell of a module that is not where it most likely is. */
function missing(path: string): Origin {
  return { kind: 'missing', module: { path, otherCase: null, nearest: null } };
}

function without(name: string, names: readonly string[]): readonly string[] {
  return names.filter((each) => each !== name);
}

/** Segments without a dot, a slash or white space: also what `import_module` accepts and no statement can say. */
function isModuleName(specifier: string): boolean {
  return specifier.split('.').every((segment) => /^[^\s/\\]+$/.test(segment));
}

function configured({ project }: Settings, question: Question, tell: Trace): Origin | undefined {
  if (project.ambient.length + project.localModules.length === 0) return undefined;
  const full = question.name === undefined ? question.specifier : `${question.specifier}.${question.name}`;
  const parents = new Set(prefixesOf(full));
  const ambient = project.ambient.find((module) => parents.has(module));
  if (ambient !== undefined) {
    tell(step(`the configuration’s ambient modules name ${ambient}`));
    return { kind: 'ambient', host: 'config' };
  }
  const local = project.localModules.find((module) => parents.has(module));
  if (local === undefined) return undefined;
  tell(step(`the configuration’s localModules name ${local}`));
  return { kind: 'local', file: null };
}

async function searched(settings: Settings, question: Question, tell: Trace): Promise<Origin> {
  const { specifier: module, file, names } = question;
  if (names === null && settings.catalogue.splits(module)) {
    tell(step(`${module} is shared by several distributions: the imported names decide`));
    return { kind: 'unknown', reason: 'the imported names decide which distribution this is' };
  }
  if (question.approves) {
    const origin = provided(settings, question, tell);
    if (origin.kind === 'package' && question.approves(origin.package)) return origin;
  }
  const writtenFile = writtenModule(question);
  if (writtenFile !== undefined) {
    tell({ text: `an earlier cell writes it`, file: writtenFile, line: null });
    return { kind: 'local', file: writtenFile };
  }
  const { name = null, scannedNames } = question;
  const query: ModuleRequest = { file, module, name, thorough: names !== null, scannedNames };
  const match = await settings.firstParty.find(query);
  if (match !== undefined) {
    const absence = await absentModule(settings, question, match);
    if (absence !== undefined) tell(step(absence.why));
    if (absence?.origin.kind === 'missing') return absence.origin;
    tell({ text: `importable from ${match.root.why}`, file: match.root.file, line: match.root.line });
    tell({ text: `the project’s own module`, file: match.file, line: null });
    return { kind: 'local', file: match.file };
  }
  tell(step(`no file of the project is the module ${module}`));
  const full = question.name === undefined ? module : `${module}.${question.name}`;
  const { kind } = question;
  const sighting = names === null ? undefined : await settings.hosts.providing({ file, kind, module: full });
  if (sighting !== undefined) {
    const { host, source } = sighting.host;
    tell({ text: `${host} provides it (${source})`, file: sighting.file, line: null });
    return { kind: 'ambient', host };
  }
  return withStubs(provided(settings, question, tell), question);
}

/**
 * What types are imported from may also come from its stubs alone: `types-X` of typeshed, `X-stubs` of PEP 561
 * (https://typing.python.org/en/latest/spec/distributing.html#stub-only-packages).
 */
function withStubs(origin: Origin, { kind, approves }: Question): Origin {
  if (origin.kind !== 'package' || kind !== 'type' || approves?.(origin.package) === true) return origin;
  const { name } = origin.package;
  const stubs = [`types-${name}`, `${name}-stubs`].map((stub) => packageOf('pypi', stub));
  return { ...origin, namesakes: [...(origin.namesakes ?? []), ...stubs] };
}

/** A kernel starts in the folder of its notebook, and what lies there is found first. */
function writtenModule({ file, specifier, name, writtenModules = [] }: Question): string | undefined {
  const folder = folderOf(file);
  const names = new Set(name === undefined ? [specifier] : [specifier, `${specifier}.${name}`]);
  return writtenModules.find((path) =>
    importableNames(path).some((module) => module.folder === folder && names.has(module.specifier)),
  );
}

function provided({ catalogue, project }: Settings, question: Question, tell: Trace): Origin {
  const { specifier: module, name } = question;
  const full = name === undefined ? module : `${module}.${name}`;
  const match = catalogue.longest(full);
  if (match !== undefined) {
    const isClaimed =
      project.imports.has(match.module) ||
      match.distributions.some((name) => project.recorded.get(name)?.includes(match.module));
    const source = isClaimed ? `the whitelist’s imports` : 'the shipped modules';
    tell(step(`${source}: ${match.module} is provided by ${match.distributions.join(', ')}`));
    return {
      ...packages(match.distributions),
      ...(isClaimed ? {} : namesakesOf(match, question, catalogue)),
    };
  }
  // What is taken out of a namespace is a module of it, which the distributions of its other modules do not have.
  const [first, ...alternatives] = catalogue.isNamespace(full) ? catalogue.below(full) : [];
  if (first !== undefined) {
    tell(step(`${full} is a namespace that any of its distributions provides`));
    return packages([first, ...alternatives]);
  }
  return ofSameName(catalogue.isNamespace(module) ? full : module, question, { catalogue, tell });
}

/**
 * The map has the usual distribution of a module, and not each that may have one of this name: `python-qrcode` is known for
 * `qrcode`, and so `qrcode` is, where somebody decided about it or declares it.
 */
function namesakesOf(
  { module, distributions }: Provided,
  { approves }: Question,
  catalogue: ModuleMap,
): Pick<Extract<Origin, { kind: 'package' }>, 'namesakes'> {
  const isSettled = distributions.some((name) => approves?.(packageOf('pypi', name)) === true);
  if (module.includes('.') || isSettled) return {};
  const names = [module, ...namesWithAffixes(module)].map((name) => packageOf('pypi', name));
  const candidates = names.filter(({ name }) => !distributions.includes(name));
  const namesakes = candidates.filter(({ name }) => mayProvide(name, module, catalogue));
  return namesakes.length > 0 ? { namesakes } : {};
}

/**
 * That a distribution bears the module's name does not mean that it provides it: `pillow` provides `PIL`. One of which
 * all modules are known, each down to the first that belongs to it alone, has none beside them in a namespace either.
 */
function ofSameName(
  module: string,
  { approves }: Question,
  { catalogue, tell }: { readonly catalogue: ModuleMap; readonly tell: Trace },
): Origin {
  const [top = module] = module.split('.', 1);
  tell(step(`${module} is not mapped: assuming the distribution of the same name`));
  const assumed = packages([top]);
  // Nobody stands in for a distribution that is approved, and each name costs a search through the whole map.
  const similarNames = approves?.(assumed.package) === true ? [] : namesWithAffixes(top);
  const namesakes = similarNames.filter((name) => mayProvide(name, top, catalogue));
  const origin = { ...assumed, namesakes: namesakes.map((name) => packageOf('pypi', name)) };
  const [first, ...otherModules] = catalogue.allModulesOf(origin.package.name) ?? [];
  const isProvided = (candidate: string) => isWithin(module, candidate) || isWithin(candidate, module);
  if (first === undefined || [first, ...otherModules].some(isProvided)) return origin;
  tell(step(`${origin.package.name} provides ${[first, ...otherModules].join(', ')}, not ${module}`));
  return { ...origin, provides: [first, ...otherModules] };
}

/** What is known of a distribution tells whether it has a module; where nothing is, its name does. */
function mayProvide(distribution: string, module: string, catalogue: ModuleMap): boolean {
  const name = packageOf('pypi', distribution).name;
  return catalogue.allModulesOf(name)?.includes(module) ?? !catalogue.lists(name);
}

function packages([first, ...alternatives]: NonEmpty<string>): Extract<Origin, { kind: 'package' }> {
  return {
    kind: 'package',
    package: packageOf('pypi', first),
    alternatives: alternatives.map((name) => packageOf('pypi', name)),
  };
}

/** @returns One resolution for each origin, with the names that lead there, in the order of the names. */
function grouped(names: readonly string[], origins: readonly Origin[]): readonly Resolution[] {
  const groups = new Map<string, { readonly origin: Origin; readonly names: string[] }>();
  for (const [index, origin] of origins.entries()) {
    const key = JSON.stringify(origin.kind === 'local' ? origin.kind : origin);
    const group = groups.get(key) ?? { origin, names: [] };
    group.names.push(names[index] ?? '');
    groups.set(key, group);
  }
  return [...groups.values()];
}

function step(text: string): Step {
  return { text, file: null, line: null };
}

function withoutRepetition(trace: Trace): Trace {
  const reportedKeys = new Set<string>();
  return (entry) => {
    const key = JSON.stringify(entry);
    if (!reportedKeys.has(key)) trace(entry);
    reportedKeys.add(key);
  };
}
