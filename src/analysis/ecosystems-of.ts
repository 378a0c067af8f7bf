import { manifestFormats } from '../ecosystems/manifest-formats.ts';
import { languages } from '../languages/index.ts';

/** @returns The ecosystems that a project's manifests and program files belong to. */
export function ecosystemsOf(paths: readonly string[]): string[] {
  const ecosystemIds = new Set<string>();
  for (const path of paths) {
    const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
    for (const format of manifestFormats) if (format.matches(path)) ecosystemIds.add(format.ecosystem);
    for (const language of languages)
      if (language.ecosystem !== null && language.extensions.includes(extension))
        ecosystemIds.add(language.ecosystem);
  }
  return [...ecosystemIds].sort();
}
