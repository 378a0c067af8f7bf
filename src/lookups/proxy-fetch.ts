import type { ProxySettings } from '../model/registry.ts';
import type { Fetch } from './http.ts';

/** How this machine reaches the network. Proxies and certificates come from the user's own settings. */
export interface NetworkSettings {
  readonly httpProxy: string | null;
  readonly httpsProxy: string | null;
  /** Hosts that are reached without a proxy, comma separated, as in `NO_PROXY`. */
  readonly noProxy: string | null;
  /** Certificates of authorities that are trusted besides Node's own, in PEM. */
  readonly authorities: readonly string[];
}

const connectMilliseconds = 2000;

/**
 * A fetch that loads undici with the first request. Node's own fetch has neither a limit for connecting
 * nor a place for certificates, and honours no proxy before Node 24; undici costs 60 ms once.
 */
export function networkFetch(settings: NetworkSettings): Fetch {
  let connecting: Promise<Fetch> | undefined;
  return async (url, init) => {
    connecting ??= connect(settings);
    const send = await connecting;
    return send(url, init);
  };
}

async function connect(settings: NetworkSettings): Promise<Fetch> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const ca = settings.authorities.length === 0 ? undefined : await withNodesOwn(settings.authorities);
  const tls = { timeout: connectMilliseconds, ...(ca === undefined ? {} : { ca }) };
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: settings.httpProxy ?? '',
    httpsProxy: settings.httpsProxy ?? '',
    noProxy: settings.noProxy ?? '',
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
  });
  return (url, init) => fetch(url, { ...init, dispatcher });
}

/** A list of authorities replaces Node's own, so that these have to be in it. */
async function withNodesOwn(authorities: readonly string[]): Promise<string[]> {
  const { rootCertificates } = await import('node:tls');
  return [...rootCertificates, ...authorities];
}

/**
 * The proxies that the environment names: lower case first, as curl and undici read them, then those of
 * the user's own settings.
 */
export function networkSettings(
  environment: ReadonlyMap<string, string>,
  settings: ProxySettings,
): NetworkSettings {
  const variable = (name: string): string | null =>
    environment.get(name) ?? environment.get(name.toUpperCase()) ?? null;
  const every = variable('all_proxy');
  return {
    httpProxy: settings.proxy ?? variable('http_proxy') ?? every,
    httpsProxy: settings.httpsProxy ?? settings.proxy ?? variable('https_proxy') ?? every,
    noProxy: settings.noProxy ?? variable('no_proxy'),
    authorities: settings.authorities,
  };
}
