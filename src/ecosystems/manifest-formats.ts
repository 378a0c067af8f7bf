import type { ManifestFormat } from '../model/manifest.ts';
import { ecosystems } from './index.ts';
export {
  constraintFormat,
  contentFormats,
  includeFormat,
  listFormat,
  listNaming,
} from './pypi/manifests/index.ts';

/** Every manifest format. Each matches its usual names, some match more. */
export const manifestFormats: readonly ManifestFormat[] = ecosystems.flatMap(({ manifests }) => manifests);

/** @returns The format of a path (relative, with `/`), or undefined where it names no manifest. */
export function formatOf(path: string): ManifestFormat | undefined {
  return manifestFormats.find((format) => format.matches(path));
}
