import { pathInside } from '../git/path-inside.ts';
import type { Files } from '../model/language.ts';
import type { ProcessContext } from './process.ts';

/**
 * @returns How people start this tool in their working folder. Asked only when there is something to say. git runs
 * hooks at the root, and keeps the folder that it was called in (GIT_PREFIX, with a final `/`).
 */
export async function commandAt(files: Files, root: string, { cwd, env }: ProcessContext): Promise<string> {
  const { toolCommand } = await import('../tool-command/command.ts');
  const { inactiveEnvironment } = await import('../hook-managers/inactive-environment.ts');
  const workingFolder = pathInside(root, cwd, '.') ?? '';
  return toolCommand(
    files,
    workingFolder === '' ? (env['GIT_PREFIX'] ?? '').replace(/\/$/, '') : workingFolder,
    { environment: env, inactive: inactiveEnvironment(root, env) },
  );
}
