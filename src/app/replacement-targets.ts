import { Analysis } from '../analysis/analyse.ts';
import { findEcosystem, type Ecosystem } from '../ecosystems/index.ts';
import type { Suggestion } from '../model/evidence.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { ApprovalStatus, Entry } from '../model/status.ts';
import { isUsable, type UsableSubstitute } from '../model/substitute.ts';
import { NameIndex } from '../similar-names/name-index.ts';
import { loadPopular } from '../similar-names/popular.ts';
import { singleEdit } from '../text/distance.ts';
import type { OpenedProject } from './project.ts';

/** What may come in the place of a package. */
export interface ReplacementTarget {
  readonly package: Package;
  /** The language provides it: no manifest declares it. */
  readonly isBuiltin: boolean;
  /** What programs import; or why nobody can tell, to be read after “change this by hand:”. */
  readonly module:
    { readonly kind: 'known'; readonly name: string } | { readonly kind: 'unknown'; readonly reason: string };
  /** What follows the package’s name in a specifier means the same in both. */
  readonly keepsSuffix: boolean;
  /** The denial of the package names it. */
  readonly isSubstitute: boolean;
  /** Why it is offered. */
  readonly why: string;
}

/** A package that is to be replaced where a file uses it. */
export interface Replaced {
  readonly package: Package;
  readonly status: ApprovalStatus;
  /** What names that are spelled alike suggest. */
  readonly suggestions: readonly Suggestion[];
  /** One of the files that use it. */
  readonly file: string;
}

/** A longer list helps nobody. */
const most = 3;

/**
 * @returns What can take the place of a package, up to three: first what its denial names, if somebody approved that or
 *   the language has it built in; then names of the same ecosystem that were probably meant.
 */
export async function replacementTargets(
  { package: replaced, status, suggestions, file }: Replaced,
  { scope, analysisOptions, policy }: Pick<OpenedProject, 'scope' | 'analysisOptions' | 'policy'>,
): Promise<readonly ReplacementTarget[]> {
  const substitute = await new Analysis(scope, analysisOptions).substituteOf(status, file);
  const { entries } = policy.whitelist;
  const named = substitute?.package ? packageLabel(substitute.package) : null;
  // Of a package that has other modules than the imported one, another module is meant.
  const isMissing = status.kind === 'unapproved' && status.provides !== undefined;
  const excluded = [named, isMissing ? null : packageLabel(replaced)];
  const suggested = suggestions.filter(
    ({ package: meant }) => meant.ecosystem === replaced.ecosystem && !excluded.includes(packageLabel(meant)),
  );
  return Promise.all([
    ...(substitute && isUsable(substitute) ? [targetOfSubstitute(substitute, replaced, entries)] : []),
    ...suggested.slice(0, most).map((suggestion) => targetOfSuggestion(suggestion, entries)),
  ]).then((targets) => targets.slice(0, most));
}

async function targetOfSubstitute(
  { package: substitute, status }: UsableSubstitute,
  replaced: Package,
  entries: readonly Entry[],
): Promise<ReplacementTarget> {
  const isBuiltin = status === 'builtin';
  return {
    package: substitute,
    isBuiltin,
    module: await moduleInPlaceOf(replaced, { package: substitute, isBuiltin }, entries),
    keepsSuffix: areVariants(substitute, replaced),
    isSubstitute: true,
    why: 'named in the denial',
  };
}

async function moduleInPlaceOf(
  replaced: Package,
  { package: substitute, isBuiltin }: Pick<ReplacementTarget, 'package' | 'isBuiltin'>,
  entries: readonly Entry[],
): Promise<ReplacementTarget['module']> {
  const label = packageLabel(substitute);
  const ecosystem = findEcosystem(substitute.ecosystem);
  if (ecosystem === undefined || substitute.ecosystem !== replaced.ecosystem)
    return {
      kind: 'unknown',
      reason: `${label} belongs to another ecosystem than ${packageLabel(replaced)}`,
    };
  if (isBuiltin) return importable(ecosystem.defaultSpecifier(substitute.name), ecosystem);
  const [only, ...additionalModules] = await recordedModules(substitute, ecosystem, entries);
  if (only === undefined)
    return { kind: 'unknown', reason: `the module that ${label} provides is not recorded` };
  return additionalModules.length === 0
    ? importable(only, ecosystem)
    : {
        kind: 'unknown',
        reason: `${label} provides several modules: ${[only, ...additionalModules].join(', ')}`,
      };
}

/**
 * A suggestion says itself what to write for its module; what follows that is the rest of another specifier. One for a
 * line of a manifest names the package alone.
 */
async function targetOfSuggestion(
  { package: meant, specifier, why }: Suggestion,
  entries: readonly Entry[],
): Promise<ReplacementTarget> {
  const ecosystem = findEcosystem(meant.ecosystem);
  const module =
    (await moduleIn(specifier, meant, entries)) ??
    (specifier === meant.name ? await firstModule(meant, entries) : null) ??
    ecosystem?.packagePart(specifier) ??
    specifier;
  const target = ecosystem ? importable(module, ecosystem) : ({ kind: 'known', name: module } as const);
  return { package: meant, isBuiltin: false, module: target, keepsSuffix: true, isSubstitute: false, why };
}

/** Names that no statement can hold (`2captcha`) are for `importlib` and the like. */
function importable(module: string, ecosystem: Ecosystem): ReplacementTarget['module'] {
  return ecosystem.importableModule(module) === undefined
    ? { kind: 'unknown', reason: `“${module}” is not a valid module name` }
    : { kind: 'known', name: module };
}

/**
 * @returns How much of a specifier, from its start, is a module of a package: `google.cloud.storage` of
 *   `google.cloud.storage.blob`; null where that can’t be told.
 */
export async function packagePartOf(
  specifier: string,
  subject: Package,
  entries: readonly Entry[],
): Promise<string | null> {
  const module = await moduleIn(specifier, subject, entries);
  if (module !== null) return module;
  const ecosystem = findEcosystem(subject.ecosystem);
  const part = ecosystem?.packagePart(specifier) ?? specifier;
  const isOfName = (ecosystem?.canonical(part) ?? part) === subject.name;
  return isOfName || part === ecosystem?.defaultSpecifier(subject.name) ? part : null;
}

/** What programs import of a package, as far as people or the bundled map say. */
async function firstModule(subject: Package, entries: readonly Entry[]): Promise<string | null> {
  const moduleNames = await findEcosystem(subject.ecosystem)?.modules?.();
  return claimedModules(subject, entries)[0] ?? moduleNames?.modulesOf(subject.name)[0] ?? null;
}

/** The longest module of a package that a specifier is, or lies in. */
async function moduleIn(
  specifier: string,
  { ecosystem, name }: Package,
  entries: readonly Entry[],
): Promise<string | null> {
  const moduleNames = await findEcosystem(ecosystem)?.modules?.();
  if (moduleNames === undefined) return null;
  const modules = [...claimedModules({ ecosystem, name }, entries), ...moduleNames.modulesOf(name)];
  return moduleNames.moduleAround(specifier, modules) ?? null;
}

function claimedModules({ ecosystem, name }: Package, entries: readonly Entry[]): readonly string[] {
  const packageEntries = entries.filter((entry) => entry.ecosystem === ecosystem && entry.name === name);
  return [...new Set(packageEntries.flatMap(({ imports }) => imports))];
}

/**
 * The modules of a package that people or the bundled map recorded; what its name suggests counts for well-known ones
 * alone. Private modules are nobody’s choice.
 */
async function recordedModules(
  subject: Package,
  ecosystem: Ecosystem,
  entries: readonly Entry[],
): Promise<readonly string[]> {
  const moduleNames = await ecosystem.modules?.();
  if (moduleNames === undefined) return [ecosystem.defaultSpecifier(subject.name)];
  const claimed = claimedModules(subject, entries);
  const recorded = claimed.length > 0 ? claimed : moduleNames.modulesOf(subject.name);
  const isGuess = claimed.length === 0 && !moduleNames.isMapped(subject.name);
  if (isGuess && new NameIndex([], await loadPopular([ecosystem.id])).tierOf(subject) === undefined)
    return [];
  const open = recorded.filter((module) => !module.startsWith('_'));
  return open.length > 0 ? open : recorded;
}

/**
 * Is one name the other one misspelled, or does one hold all words of the other, as `lodash-es` does those of `lodash`?
 * Only of such packages it can be told that what lies in one lies in the other as well.
 */
function areVariants(left: Package, right: Package): boolean {
  const ecosystem = findEcosystem(left.ecosystem);
  if (ecosystem === undefined || left.ecosystem !== right.ecosystem) return false;
  const [leftKey, rightKey] = [ecosystem.lookalikeKey(left.name), ecosystem.lookalikeKey(right.name)];
  if (leftKey === rightKey || singleEdit(leftKey, rightKey) !== null) return true;
  const [leftWords, rightWords] = [wordsOf(left.name), wordsOf(right.name)];
  const isWithin = (inner: readonly string[], outer: readonly string[]) =>
    inner.every((word) => outer.includes(word));
  return isWithin(leftWords, rightWords) || isWithin(rightWords, leftWords);
}

function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
