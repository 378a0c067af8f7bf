import { applications } from './applications.ts';
import type { Host } from './host.ts';
import { platforms } from './platforms.ts';

/**
 * Every host that is known. It counts where the project showed it before the change: elsewhere a module of that name is a
 * package's. For a rare host, `ambient` of the config is better than a row.
 */
export const hosts: readonly Host[] = [...applications, ...platforms];
