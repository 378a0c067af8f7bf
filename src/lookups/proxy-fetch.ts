import type { SecureContext } from 'node:tls';
import type { buildConnector, Pool } from 'undici';
import type { ProxySettings } from '../model/registry.ts';
import type { Fetch } from './http.ts';
import { isAboutTls, ProxyFailure } from './network-errors.ts';

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
  const { EnvHttpProxyAgent, Pool, fetch } = await import('undici');
  const tls = { timeout: connectMilliseconds, ...(await trustOf(settings.authorities)) };
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: settings.httpProxy ?? '',
    httpsProxy: settings.httpsProxy ?? '',
    noProxy: settings.noProxy ?? '',
    connect: tls,
    requestTls: tls,
    proxyTls: tls,
    factory: (origin, { connect: connector, ...options }: Pool.Options) => {
      const proxy = new URL(origin).protocol === 'https:' ? settings.httpsProxy : null;
      const host = hostOf(proxy ?? settings.httpProxy ?? '');
      return new Pool(origin, {
        ...options,
        ...(connector !== undefined && {
          connect: typeof connector === 'function' ? withBlame(connector, host) : connector,
        }),
      });
    },
  });
  return (url, init) => fetch(url, { ...init, dispatcher });
}

/**
 * One context for all connections: each of its own would read all certificates again, which takes 150 ms of processor
 * time. Node's own way needs none.
 */
async function trustOf(authorities: readonly string[]): Promise<{ readonly secureContext?: SecureContext }> {
  if (authorities.length === 0) return {};
  const { createSecureContext, rootCertificates } = await import('node:tls');
  return {
    secureContext: createSecureContext({ ca: certificatesIn([...rootCertificates, ...authorities]) }),
  };
}

/** Each certificate once: bundles of companies hold Node's own as well. A list of authorities replaces those. */
function certificatesIn(texts: readonly string[]): string[] {
  const blocks = texts.flatMap(
    (text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
  );
  return [...new Map(blocks.map((block) => [block.replace(/\s+/g, ''), block])).values()];
}

/**
 * A function in this place makes a connection through a proxy. Undici tries again without end where the proxy breaks off
 * (`UND_ERR_SOCKET`), so that the error has to be another one; what TLS says is about the registry behind the proxy.
 */
function withBlame(connector: buildConnector.connector, host: string): buildConnector.connector {
  return (options, callback) => {
    connector(options, (...[error, socket]) => {
      if (error === null) callback(null, socket);
      else callback(isAboutTls(error) ? error : new ProxyFailure(host, statusIn(error), error), null);
    });
  };
}

/** Undici tells the status of a proxy's answer in its message alone. */
function statusIn({ message }: Error): number | null {
  const status = /\bProxy response \((\d{3})\)/.exec(message)?.[1];
  return status === undefined ? null : Number(status);
}

function hostOf(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : proxy;
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
