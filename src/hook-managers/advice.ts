import type { HookManager, HookEnvironment } from './manager.ts';
import { dependsOn } from './package-json.ts';
import { TOOL } from '../model/tool.ts';

/** @returns What else a person should know about the hooks of a repository, one sentence each. */
export async function adviceFor(site: HookEnvironment, { id }: HookManager): Promise<string[]> {
  const advice: string[] = [];
  const manifest = await site.exists('package.json');
  if (manifest && !site.calls.named)
    advice.push(
      `package.json does not name ${TOOL} yet: add it to devDependencies, so that every clone has it.`,
    );
  if (site.calls.add !== null && id !== 'pre-commit')
    advice.push(`No manifest names ${TOOL} yet. So that every clone has it: ${site.calls.add}`);
  if (await dependsOn(site, 'lint-staged'))
    advice.push('lint-staged needs no task for it: the hook looks at everything that is staged.');
  if (id === 'git' && !site.hooksPathSet)
    advice.push('git does not clone hooks: run init once in every other clone.');
  return advice;
}
