import type { Hint, MissingReference } from '../model/finding.ts';
import type { MissingModule } from '../model/reference.ts';
import type { Scope } from '../model/snapshot.ts';
import type { ReferenceWithStatus } from '../model/status.ts';
import { groupsOf, inOrder } from './uses.ts';

/**
 * @param references Of a scope, among which some lead to no file.
 * @returns Those that lead to modules of the project which are not there, one for each module and file.
 */
export async function missingModules(
  references: readonly ReferenceWithStatus[],
  { workTree }: Pick<Scope, 'workTree'>,
): Promise<readonly MissingReference[]> {
  const missing = references.flatMap((item) => {
    const { origin } = item.reference;
    return origin.kind === 'missing' ? [{ ...item, module: origin.module }] : [];
  });
  const workTreePaths = await workTree?.list();
  return groupsOf(missing, ({ file, module }) => [file, module.path]).map((group) => {
    const [{ file, language, module }] = group;
    const hints = workTreePaths ? hintsOf(module, workTreePaths) : [];
    return { file, language, module, references: inOrder(group), hints };
  });
}

/** A file that nobody has staged is why most modules are missing. */
function hintsOf({ path }: MissingModule, workTreePaths: readonly string[]): readonly Hint[] {
  const file =
    workTreePaths.find((candidate) => candidate === path) ??
    workTreePaths.find((candidate) => candidate.startsWith(`${path}.`)) ??
    workTreePaths.find((candidate) => candidate.startsWith(`${path}/`));
  if (file === undefined) return [];
  const text = `${file} is in the work tree, but not in this commit: stage it (with \`git commit FILE\`, name it too).`;
  return [{ text, command: `git add ${file}` }];
}
