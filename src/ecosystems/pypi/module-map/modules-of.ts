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

/**
 * @param name A module, or the name of a distribution that may be one: pip takes `PIL` and `pil` for the same.
 * @returns The distributions that the shipped list names for it; for a namespace, those with a part of it.
 */
export function providersLike(name: string): readonly string[] {
  const provided = bundledModuleMap.longest(name);
  if (provided !== undefined) return provided.distributions;
  if (bundledModuleMap.isNamespace(name)) return bundledModuleMap.below(name);
  return bundledModuleMap.spelledLike(name);
}
