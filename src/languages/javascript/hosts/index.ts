import { frameworks } from './frameworks.ts';
import type { Host } from './host.ts';
import { plugins } from './plugins.ts';
import { runtimes } from './runtimes.ts';

/**
 * Every host that is known. A name that a package could bear is a host's only where the project showed the host before the
 * change: elsewhere it is that package. For a rare host, `ambient` of the config is better than a row.
 */
export const hosts: readonly Host[] = [...runtimes, ...frameworks, ...plugins];

/** Files that some host is known by, to be looked for together with all others. */
export const hostFiles: readonly string[] = [...new Set(hosts.flatMap(({ files }) => files))];
