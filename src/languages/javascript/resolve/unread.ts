import type { UnreadableConfig } from '../../../model/language.ts';
import { jsonErrorOffset } from '../../../documents/json-error.ts';
import { LineIndex } from '../../../text/lines.ts';
import { withoutExtras } from '../../../documents/jsonc.ts';
import type { Written } from './lead.ts';

/**
 * Finds where a file that can't be read goes wrong.
 *
 * @param syntax `jsonc` allows comments and trailing commas, as TypeScript and Deno do in their configuration.
 */
export function unreadAt({ file, source }: Written, syntax: 'json' | 'jsonc'): UnreadableConfig {
  const text = (syntax === 'json' ? source : withoutExtras(source)).replace(/^\uFEFF/, ' ');
  const offset = jsonErrorOffset(text);
  const character = /^./su.exec(source.slice(offset))?.[0];
  const message = character === undefined ? 'the text ends too soon' : `“${character}” is not expected`;
  return { file, ...new LineIndex(source).locate(offset), message };
}
