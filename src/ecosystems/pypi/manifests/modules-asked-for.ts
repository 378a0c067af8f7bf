import type { ManifestBuilder } from '../../shared/manifest-builder.ts';
import { newManifest } from '../../shared/manifest-builder.ts';
import type { TextNode } from '../../../documents/document.ts';
import { bundledModuleMap } from '../module-map/shipped.ts';
import { addRequirement, PLAIN } from './python-dependencies.ts';

/**
 * Adds what a line asks for by the name of a module or of its distribution, whichever it is: `PIL` and `pillow` lead to one
 * distribution. A text that is no requirement declares nothing.
 *
 * @param isOptional Whether the project does without it.
 */
export function addModuleLine(draft: ManifestBuilder, line: TextNode, isOptional = false): void {
  const lines = newManifest();
  addRequirement(lines, line, { ...PLAIN, optional: isOptional });
  if (lines.broken.length > 0) return;
  for (const dependency of lines.dependencies) {
    const name = dependency.name === null ? null : distributionOf(dependency.specifier, dependency.name);
    draft.dependencies.push({ ...dependency, name });
  }
}

/** The usual distribution of the module that a name is, or is spelled like; else the distribution of that name. */
function distributionOf(name: string, distribution: string): string {
  if (bundledModuleMap.lists(distribution)) return distribution;
  const [usual] = bundledModuleMap.longest(name)?.distributions ?? bundledModuleMap.spelledLike(distribution);
  return usual ?? distribution;
}
