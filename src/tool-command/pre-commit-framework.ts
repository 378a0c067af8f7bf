import { isShellSafe } from '../text/escape.ts';
import { SETTINGS_NAME, TOOL } from '../model/tool.ts';
import type { Files } from '../model/language.ts';
import { scalarText, select, type Node } from '../documents/document.ts';

/** Where the framework gets this tool from: one tag for each version (mirrors/pre-commit). */
export const mirror = `https://github.com/${TOOL}/pre-commit`;

/** The hooks of the mirror that bring the tool, by the language of the package that they bring. */
export const mirrorHooksByLanguage = {
  node: SETTINGS_NAME,
  python: `${SETTINGS_NAME}-python`,
} as const;

/** All hooks of the mirror: the last one calls what is on PATH. */
export const mirrorHooks: readonly string[] = [
  ...Object.values(mirrorHooksByLanguage),
  `${SETTINGS_NAME}-system`,
];

/** The config of the pre-commit framework (https://pre-commit.com/#pre-commit-configyaml---top-level). */
export const frameworkConfig = '.pre-commit-config.yaml';

/**
 * The languages in which the framework makes an environment with this tool, each with the variable by which it tells a hook
 * where that is (https://github.com/pre-commit/pre-commit/tree/v4.0.0/pre_commit/languages, `get_env_patch`), and what a
 * local hook calls our package.
 */
const languages = {
  node: { variable: 'NODE_VIRTUAL_ENV', specifier: /^vetted-imports(?:@|$)/ },
  python: { variable: 'VIRTUAL_ENV', specifier: /^vetted[-_.]imports(?:[ \t]*[=<>!~]|$)/i },
} as const;

/**
 * The copy of this tool that the pre-commit framework has installed for itself, where nobody else finds it. Its config may
 * come from the change that is judged: no address of it gets into a command that a person runs.
 *
 * @param environment Of this process.
 * @returns The path of the command; null where the framework brings none, or did not start this process, and where a
 *   shell would not read the path as it is.
 */
export async function frameworkProgram(
  files: Pick<Files, 'text'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  // https://pre-commit.com/#environment-variables
  if (environment['PRE_COMMIT'] !== '1') return null;
  const text = await files.text(frameworkConfig);
  if (!text || !/(?:vetted|check)-imports/.test(text)) return null;
  const { readDataFile } = await import('../documents/data-file.ts');
  const { root } = await readDataFile('yaml', text.replace(/^\uFEFF/, ''));
  for (const repository of select(root, 'repos', '[]')) {
    for (const hook of select(repository, 'hooks', '[]')) {
      const brought = Object.entries(languages).find(([id, { specifier }]) =>
        isBrought(repository, hook, { id, specifier }),
      );
      const folder = environment[brought?.[1].variable ?? ''];
      if (folder !== undefined) return isPlainPath(folder) ? `${folder}/bin/${TOOL}` : null;
    }
  }
  return null;
}

function isBrought(
  repository: Node,
  hook: Node,
  { id, specifier }: { readonly id: string; readonly specifier: RegExp },
): boolean {
  const source = textAt(repository, 'repo');
  if (source === mirror) return new Map(Object.entries(mirrorHooksByLanguage)).get(id) === textAt(hook, 'id');
  if (source !== 'local' || textAt(hook, 'language') !== id) return false;
  return select(hook, 'additional_dependencies', '[]').some((item) => specifier.test(scalarText(item) ?? ''));
}

function isPlainPath(folder: string): boolean {
  return folder.startsWith('/') && isShellSafe(folder.slice(1));
}

function textAt(node: Node, key: string): string {
  return scalarText(select(node, key)[0]) ?? '';
}
