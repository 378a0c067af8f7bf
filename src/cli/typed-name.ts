import type { Package } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import type { Prompts } from './prompts.ts';

/**
 * Has a person type the name of a package that may be made up or planted: nobody approves one by pressing Enter.
 *
 * @returns Whether it was typed; null where the person broke off.
 */
export async function typedName(prompts: Prompts, { name }: Package, grade: string): Promise<boolean | null> {
  const answer = await prompts.line(
    `It is ${grade}. To approve it anyway, type its name, ${name}. Enter cancels.`,
    (text) => (text === '' || text === name ? undefined : `That is not ${escapeControls(name)}.`),
  );
  return answer === null ? null : answer === name;
}
