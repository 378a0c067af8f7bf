import { applications } from './applications.ts';
import type { Host } from './host.ts';
import { platforms } from './platforms.ts';
import { tools } from './tools.ts';

/**
 * Every host that is known. One with `files` counts where the project showed it before the change: elsewhere a module of
 * that name is a package's. For a rare host, `ambient` of the config is better than a row.
 */
export const hosts: readonly Host[] = [...tools, ...applications, ...platforms];
