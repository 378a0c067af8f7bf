import { SETTINGS_NAME, TOOL } from '../model/tool.ts';
import type { Files } from '../model/language.ts';
import { scalarText, select, type Node } from '../documents/document.ts';

/** Where the framework gets this tool from: one tag for each version (mirrors/pre-commit). */
export const mirror = `https://github.com/${TOOL}/pre-commit`;

/** The hook of the mirror that brings the tool. */
export const mirrorHook = SETTINGS_NAME;

/** All hooks of the mirror: the second one calls what is on PATH. */
export const mirrorHooks: readonly string[] = [mirrorHook, `${mirrorHook}-system`];

/** The config of the pre-commit framework (https://pre-commit.com/#pre-commit-configyaml---top-level). */
const CONFIG = '.pre-commit-config.yaml';

/**
 * The copy of this tool that the pre-commit framework installs for itself, where nobody else finds it.
 *
 * @returns What npm has to be asked for to get the same copy: `vetted-imports@0.1.0`. null where the framework
 * brings none, or none that is certain.
 */
export async function frameworkPackage(files: Pick<Files, 'text'>): Promise<string | null> {
  const text = await files.text(CONFIG);
  if (!text || !/(?:vetted|check)-imports/.test(text)) return null;
  const { readDataFile } = await import('../documents/data-file.ts');
  const { root } = await readDataFile('yaml', text.replace(/^\uFEFF/, ''));
  for (const repository of select(root, 'repos', '[]')) {
    for (const hook of select(repository, 'hooks', '[]')) {
      const packageSpecifier = packageOfHook(repository, hook);
      if (packageSpecifier !== null) return packageSpecifier;
    }
  }
  return null;
}

/**
 * A tag of the mirror is a version, and a local hook lists npm's names. Only this tool's own name with an exact version
 * counts: the config may come from the change that is judged, and no address in it may get into a command that a person
 * runs.
 */
function packageOfHook(repository: Node, hook: Node): string | null {
  const source = textAt(repository, 'repo');
  if (source === mirror && textAt(hook, 'id') === mirrorHook)
    return exactPackage(`${TOOL}@${textAt(repository, 'rev').replace(/^v/, '')}`);
  const isLocal = source === 'local';
  if (!isLocal || textAt(hook, 'language') !== 'node') return null;
  const packages = select(hook, 'additional_dependencies', '[]').map((item) => scalarText(item) ?? '');
  return packages.find((specifier) => exactPackage(specifier) !== null) ?? null;
}

function exactPackage(specifier: string): string | null {
  return /^vetted-imports@\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(specifier) ? specifier : null;
}

function textAt(node: Node, key: string): string {
  return scalarText(select(node, key)[0]) ?? '';
}
