import { TOOL } from '../../model/tool.ts';
import { filesOf } from '../../snapshots/files.ts';
import { openScope } from '../../snapshots/scope.ts';
import type { ProjectLocation } from '../../snapshots/scope-request.ts';
import { lockfileNames } from '../../tool-command/package-managers.ts';
import { frameworkConfig } from '../../tool-command/pre-commit-framework.ts';
import { bringsPython } from '../../tool-command/python-managers.ts';

/**
 * @returns The manifests and lockfiles that name this tool and are not committed as they are: without them, the hook of a
 *   clone would find nothing to start. So it is with the config of the pre-commit framework, which stops a commit while it
 *   has changes that are not staged. Relative to the root.
 */
export async function bringingFiles(location: ProjectLocation): Promise<readonly string[]> {
  const opened = await openScope({ kind: 'worktree' }, location);
  if (opened.kind === 'fault') return [];
  try {
    const files = filesOf(opened.scope.head);
    const paths = opened.scope.changes.map(({ path }) => path).filter(mayBring);
    const texts = await Promise.all(paths.map((path) => files.text(path)));
    return paths.filter((_, at) => texts[at]?.includes(TOOL) === true);
  } finally {
    opened.close();
  }
}

function mayBring(path: string): boolean {
  if (path === frameworkConfig) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'package.json' || lockfileNames.includes(name) || bringsPython(path);
}
