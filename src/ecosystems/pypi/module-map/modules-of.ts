import type { ModuleProviders } from '../../../model/module-names.ts';
import { pypi } from '../names.ts';
import { bundledModuleMap } from './shipped.ts';

/**
 * The modules that a distribution provides, as far as the shipped list knows: `opencv-python` gives `cv2`.
 *
 * @param distribution A name in any spelling.
 * @returns The listed modules; else the one that a family's pattern gives (`azure.mgmt.dns`); else the same
 *   name with underscores, which is a guess.
 */
export function modulesOf(distribution: string): readonly string[] {
  return bundledModuleMap.modulesOf(pypi.canonical(distribution));
}

/** @returns The module of the shipped list that a module is, or lies in, with its distributions; the usual one first. */
export function providersOf(module: string): ModuleProviders | undefined {
  const match = bundledModuleMap.longest(module);
  return match && { module: match.module, packages: match.distributions };
}

/** @returns The distributions that the shipped list names for a module, or for what it lies in; the usual one first. */
export function distributionsOf(module: string): readonly string[] {
  return providersOf(module)?.packages ?? [];
}
