import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fact } from '../model/evidence.ts';
import type { ShownModules } from '../model/module-names.ts';
import { purl, type EcosystemId, type Package } from '../model/package.ts';
import { refusal } from './private-addresses.ts';
import { Cache, cacheFolder } from './cache.ts';
import { SharedAnswers } from './shared-answers.ts';
import { HttpClient } from './http.ts';
import type { Clock } from './http.ts';
import { osvUrl } from './osv.ts';
import type {
  LookupOptions,
  LookupResult,
  PublicUrls,
  PackageKnowledge,
  PackageQuery,
} from './lookup-options.ts';
import { notLookedUp, unaskedReason } from './without-lookup.ts';
import type { EcosystemRegistry, Machine, PackageRequirement, ProxySettings } from '../model/registry.ts';
import type { PinnedPackage } from '../model/policy.ts';
import type { PinnedRequirements } from '../model/lookup.ts';
import { loadRegistries, routing, type Routing } from './routes.ts';
import { lookUpAll, lookUpModules } from './look-up-packages.ts';
import type { RunContext } from './look-up-name.ts';
import { lookUpRequirement, requirementsOf, type RequirementQuestion } from './look-up-requirements.ts';
import { authorizationFor } from '../ecosystems/shared/registry-source.ts';
import { networkFetch, networkSettings } from './proxy-fetch.ts';
import { readMachineFile } from './machine.ts';

export type {
  LookupOptions,
  LookupResult,
  PublicUrls,
  PackageKnowledge,
  PackageQuery,
} from './lookup-options.ts';
export type { Machine, RepositoryFile } from '../model/registry.ts';
export type { Clock, Fetch } from './http.ts';

/** @returns The public addresses of registries. */
async function publicUrls(registries: ReadonlyMap<EcosystemId, EcosystemRegistry>): Promise<PublicUrls> {
  const urls = [...registries].map(async ([id, registry]) => [id, await registry.publicUrl()] as const);
  return { registries: new Map(await Promise.all(urls)), osv: osvUrl };
}

/**
 * Asks the registries about packages, all within one budget. Every question gets an answer: what could
 * not be asked in time says so. Nothing is sent when lookups are off or offline.
 */
export async function lookUp(
  questions: readonly PackageQuery[],
  options: LookupOptions,
): Promise<LookupResult> {
  if (questions.length === 0) return { known: new Map(), lookups: 'none' };
  if (options.lookup !== 'on') return notLookedUp(questions, options.lookup);
  return withinBudget(options, async (context) => {
    const knowledge = await lookUpAll(questions, context);
    const knowledgeByPackage = new Map(
      knowledge.map((packageKnowledge, index) => [keyOf(questions[index]), packageKnowledge]),
    );
    return { known: knowledgeByPackage, lookups: lookupsOf(context.http.sent, knowledge) };
  });
}

/**
 * Looks into archives of packages, of the versions that the project has, else of the newest ones, within the budget. Nothing is sent when lookups are off or offline.
 *
 * @returns What each provides, by package URL; a reason where nobody can tell.
 */
export async function modulesFromRegistries(
  packages: readonly Package[],
  options: LookupOptions,
): Promise<ReadonlyMap<string, Fact<ShownModules>>> {
  if (packages.length === 0) return new Map();
  if (options.lookup !== 'on') {
    const reason = unaskedReason(options.lookup);
    return new Map(packages.map((subject) => [purl(subject), { state: 'notAsked', reason }]));
  }
  return withinBudget(options, (context) => lookUpModules(packages, context));
}

/**
 * Asks, within the budget, whether packages need another one. Nothing is sent when lookups are off or offline.
 *
 * @returns For each question, in their order.
 */
export async function requirementsFromRegistries(
  questions: readonly RequirementQuestion[],
  options: LookupOptions,
): Promise<readonly Fact<boolean>[]> {
  return withinBudget(options, (context) =>
    Promise.all(questions.map((question) => lookUpRequirement(question, context))),
  );
}

/**
 * Asks, within the budget, what packages need in the versions that are taken. Nothing is sent when lookups are off or
 * offline.
 *
 * @returns For each package, in their order.
 */
export async function requirementsOfPins(
  pins: readonly PinnedPackage[],
  options: LookupOptions,
): Promise<PinnedRequirements> {
  if (options.lookup !== 'on') {
    const fact: Fact<readonly PackageRequirement[]> = {
      state: 'notAsked',
      reason: unaskedReason(options.lookup),
    };
    return { facts: pins.map(() => fact), lookups: options.lookup === 'offline' ? 'offline' : 'none' };
  }
  return withinBudget(options, async (context) => {
    const facts = await Promise.all(pins.map((pin) => requirementsOf(pin, context)));
    return { facts, lookups: context.http.sent > 0 ? 'asked' : 'cached' };
  });
}

/** Gives a run its time, and ends what is still under way when that is over. */
async function withinBudget<T>(options: LookupOptions, run: (context: RunContext) => Promise<T>): Promise<T> {
  const clock = options.clock ?? systemClock;
  const over = new AbortController();
  setMaxListeners(mostListeners, over.signal);
  const done = new AbortController();
  const limit = clock.sleep(options.budget, done.signal).then(() => {
    over.abort();
  });
  const result = await run(await contextOf(options, clock, over.signal));
  done.abort();
  await limit;
  return result;
}

function keyOf(question: PackageQuery | undefined): string {
  return question === undefined ? '' : purl(question.package);
}

/** Every request and everything that waits listens to the one signal. (0, no limit, makes undici fail on Node 20.) */
const mostListeners = 1_000_000;

/** Time as the machine tells it. */
const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal }).catch((error: unknown) => error);
  },
  random: () => Math.random(),
};

const dayInMilliseconds = 86_400_000;

/**
 * Asks nobody: only settings are read.
 *
 * @param scope `@acme/*`.
 * @returns Whether settings bind the packages of a scope to a registry that other names are not asked for at.
 */
export async function hasOwnRegistry({ ecosystem, name }: Package, options: LookupOptions): Promise<boolean> {
  const { routes } = await routesFor(options);
  const member = routes.route({ ecosystem, name: name.replace('*', 'x') });
  const unscoped = routes.route({ ecosystem, name: 'x' });
  if (member.kind !== 'ask' || unscoped.kind !== 'ask') return false;
  const unscopedUrls = unscoped.endpoints.map(({ url }) => url);
  return !member.endpoints.some(({ url }) => unscopedUrls.includes(url));
}

/** Who serves which name, as all settings together say it. */
async function routesFor(options: LookupOptions) {
  const { machine, repository, configured, privateNames, installation = null, proposed = [] } = options;
  const registries = await loadRegistries();
  const urls = options.publicUrls ?? (await publicUrls(registries));
  const routes = await routing(registries, {
    publicUrls: urls.registries,
    machine,
    read: readMachineFile,
    installation,
    repository,
    proposed,
    placesOf: options.placesOf ?? (() => ({ declared: [], used: [] })),
    configured,
    configuredNow: options.configuredNow ?? new Map(),
    commandSources: options.commandSources ?? [],
    privateNames,
  });
  return { registries, urls, routes: withReserved(routes, options.reserved) };
}

function withReserved(routes: Routing, reserved: ReadonlyMap<string, string> = new Map()): Routing {
  return {
    ...routes,
    route: (subject) => {
      const reason = reserved.get(purl(subject));
      return reason === undefined ? routes.route(subject) : { kind: 'notAsked', reason };
    },
  };
}

/**
 * Asks nobody: only settings are read.
 *
 * @param packages Those of the project.
 * @returns The packages that settings bind to one registry each, and those of the project that are asked for at several,
 *   but for what everybody knows.
 */
export async function privatePackages(
  packages: readonly Package[],
  options: LookupOptions,
): Promise<readonly Package[]> {
  const { routes } = await routesFor(options);
  const shared = packages.filter((subject) => {
    const route = routes.route(subject);
    return route.kind === 'ask' && route.endpoints.length > 1;
  });
  const all = new Map([...routes.bound, ...shared].map((subject) => [purl(subject), subject]));
  return [...all.values()].filter((subject) => !routes.isWellKnown(subject));
}

async function contextOf(options: LookupOptions, clock: Clock, budget: AbortSignal): Promise<RunContext> {
  const { machine } = options;
  const { registries, urls, routes } = await routesFor(options);
  const trusted = new Set([...routes.trustedOrigins, new URL(urls.osv).origin]);
  const authorize = (url: URL): string | null => authorizationFor(url, routes.credentials);
  const fetch =
    options.fetch ??
    networkFetch(networkSettings(machine.environment, await withExtra(strongest(routes.network), machine)));
  const refuse = (url: URL): string | null => refusal(url, trusted);
  return {
    http: new HttpClient({ fetch, clock, budget, refuse, authorize }),
    cache: new Cache(options.cacheFolder === undefined ? cacheFolder(machine) : options.cacheFolder),
    clock,
    shared: options.shared ?? new SharedAnswers(),
    authorize,
    youngSince: new Date(clock.now().getTime() - options.youngDays * dayInMilliseconds).toISOString(),
    routing: routes,
    registries,
    versionsOf: options.versionsOf ?? (() => Promise.resolve([])),
    osv: urls.osv,
    startedAt: clock.now().toISOString(),
  };
}

/** The strongest setting for each way to the network; certificates add up. */
function strongest(settings: readonly ProxySettings[]): ProxySettings {
  const first = (setting: (source: ProxySettings) => string | null): string | null =>
    settings.map(setting).find((value) => value !== null) ?? null;
  return {
    proxy: first(({ proxy }) => proxy),
    httpsProxy: first(({ httpsProxy }) => httpsProxy),
    noProxy: first(({ noProxy }) => noProxy),
    authorities: settings.flatMap(({ authorities }) => authorities),
  };
}

/** Node's own way to name certificates (https://nodejs.org/api/cli.html#node_extra_ca_certsfile) holds beside others. */
async function withExtra(settings: ProxySettings, { environment }: Machine): Promise<ProxySettings> {
  const path = environment.get('NODE_EXTRA_CA_CERTS') ?? '';
  if (settings.authorities.length === 0 || path === '') return settings;
  const text = await readMachineFile(path);
  return text === null ? settings : { ...settings, authorities: [...settings.authorities, text] };
}

function lookupsOf(sent: number, knowledge: readonly PackageKnowledge[]): LookupResult['lookups'] {
  if (sent > 0) return 'asked';
  return knowledge.some(({ facts }) => 'asOf' in facts.answer) ? 'cached' : 'none';
}
