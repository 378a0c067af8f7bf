import type { RegistryRoutes, RegistrySettings, RegistrySource, Route } from '../../model/registry.ts';
import { credentialsOfNetrc } from '../shared/netrc.ts';
import { configSettings, routeBy, type NameSettings } from '../shared/routes.ts';
import { matchesPrefix } from './path-patterns.ts';
import { goSettings, readProxyList, type GoSetting, type GoSettings } from './registry-settings.ts';

/**
 * Where modules are asked for: at the proxies that the user names, and the public one where nobody names any. No file of a
 * repository that the go command reads names a proxy. What `GOPRIVATE` and `GONOPROXY` match is asked for nowhere, what
 * `GONOSUMDB` matches at no public proxy.
 */
export async function routes(settings: RegistrySettings): Promise<RegistryRoutes> {
  const go = await goSettings(settings);
  const proxies = go.get('GOPROXY');
  const list = proxies === undefined ? null : readProxyList(proxies);
  const sources = list?.kind === 'proxies' ? [list.main, ...(list.main.next ?? [])] : [];
  const userSettings: readonly NameSettings[] =
    list === null ? [] : [nameSettings(list.kind === 'proxies' ? list.main : list.reason)];
  const config = configSettings(settings.configured);
  const route = routeBy({
    ...settings,
    // A variable is stronger than the configuration, which is stronger than a file of the machine.
    settings: [
      ...keptBack(go),
      ...(proxies?.isVariable === true ? [...userSettings, ...config] : [...config, ...userSettings]),
    ],
    proposed: configSettings(settings.configuredNow),
    ownSettings: () => '`GOPROXY` in your own settings (`go env -w`)',
  });
  const usesNetrc = /^$|netrc/.test(go.get('GOAUTH')?.value ?? '');
  const urlCredentials = list?.kind === 'proxies' ? list.credentials : [];
  const netrc = usesNetrc ? await credentialsOfNetrc(sources, { ...settings, userSources: sources }) : [];
  return {
    route: (name) => withoutPublic(route(name), summedElsewhere(name, go)),
    boundNames: new Set(),
    credentials: [...urlCredentials, ...netrc],
    userSources: sources,
    network: [],
  };
}

/** @param said The proxies, the first one with those behind it; or why nobody may be asked. */
function nameSettings(said: RegistrySource | string): NameSettings {
  const isReason = typeof said === 'string';
  return {
    trust: 'user',
    concerns: () => true,
    main: isReason ? null : said,
    extra: () => [],
    boundTo: () => [],
    sources: isReason ? [] : [said, ...(said.next ?? [])],
    offline: isReason ? said : null,
  };
}

/** `GONOPROXY` takes the place of `GOPRIVATE` where it is set (https://go.dev/ref/mod#private-modules). */
function keptBack(go: GoSettings): readonly NameSettings[] {
  const setting = go.get('GONOPROXY') ?? go.get('GOPRIVATE');
  if (setting === undefined) return [];
  return [
    {
      ...nameSettings(`${setting.from} keeps it from module proxies`),
      concerns: (name) => matchesPrefix(setting.value, name),
    },
  ];
}

/** @returns The setting by which the public checksum database must not learn a name; undefined where it may. */
function summedElsewhere(name: string, go: GoSettings): GoSetting | undefined {
  return [go.get('GONOSUMDB'), go.get('GOPRIVATE')].find(
    (setting) => setting !== undefined && matchesPrefix(setting.value, name),
  );
}

function withoutPublic(route: Route, setting: GoSetting | undefined): Route {
  if (setting === undefined || route.kind === 'notAsked') return route;
  const [first, ...following] = route.endpoints.filter(({ isPublic }) => !isPublic);
  return first === undefined
    ? { kind: 'notAsked', reason: `${setting.from} keeps it from what is public` }
    : { kind: 'ask', endpoints: [first, ...following] };
}
