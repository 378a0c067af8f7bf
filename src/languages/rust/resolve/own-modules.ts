import type { Files } from '../../../model/language.ts';

/**
 * Looks for a module among all programs of a project: a wildcard import may bring it.
 *
 * @returns A file that is the module or declares it; undefined where none does.
 */
export async function moduleNamed(name: string, files: Files): Promise<string | undefined> {
  const paths = (await files.holding?.([name])) ?? (await files.list());
  const declaration = new RegExp(`\\b(?:mod\\s+(?:r#)?|as\\s+)${name}\\b`);
  for (const path of paths) {
    if (!path.endsWith('.rs')) continue;
    const text = await files.text(path);
    if (text !== undefined && declaration.test(text)) return path;
  }
  return undefined;
}
