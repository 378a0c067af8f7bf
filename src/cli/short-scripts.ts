import type { FileChange } from '../hook-managers/file-change.ts';
import { TOOL } from '../model/tool.ts';

/** What `init` writes into hooks (src/starts/script.ts), from its second line to the last but one; in JSON on one line. */
const hookScript = /fail\(\) \{ printf [^]*?(?=(?:\n[ \t]*|\\n *)\)(?: <<pushed_refs)? \|\| exit \$\?)/g;

/**
 * @param hint What says how the lines are shown as they are; '' for nothing.
 * @returns A change with one line in the place of each script that starts this tool. Scripts that differ stay different.
 */
export function withShortScripts(
  { before: oldText, after: newText }: Pick<FileChange, 'before' | 'after'>,
  hint: string,
): Pick<FileChange, 'before' | 'after'> {
  const newScripts: readonly string[] = newText?.match(hookScript) ?? [];
  const shortened = (script: string) => `… ${String(linesIn(script))} lines that start ${TOOL}${hint}`;
  const isReplaced = (script: string) => newScripts.length > 0 && !newScripts.includes(script);
  return {
    before:
      oldText?.replaceAll(
        hookScript,
        (script) => `${shortened(script)}${isReplaced(script) ? ', of an older version' : ''}`,
      ) ?? null,
    after: newText?.replaceAll(hookScript, shortened) ?? null,
  };
}

function linesIn(script: string): number {
  return script.split(script.includes('\n') ? '\n' : /(?<!\\)\\n/).length;
}
