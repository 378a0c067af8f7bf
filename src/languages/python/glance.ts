import type { Glance, Source } from '../../model/language.ts';
import type { ParsedImport } from '../../model/reference.ts';
import { doubtAt, doubtOfAll } from '../shared/doubts.ts';
import { loadQuickInstalls } from '../shared/installs.ts';
import { candidatesOf } from './candidates.ts';
import { pythonOf } from './ipython.ts';
import { possibleImports } from './lenient.ts';
import { loaderTokens } from './loader-tokens.ts';
import { movedImport } from './pieces.ts';
import { withoutPrompts } from './prompts.ts';
import { whyUnsure } from './scan.ts';

/** @returns Everything in a text that looks like an import, whether it is code or not. */
export async function glance(cell: Source): Promise<Glance> {
  const { source, pieces } = withoutPrompts(cell);
  const { text, commands } = pythonOf(source, await loadQuickInstalls());
  const glimpse = { imports: [...possibleImports(text), ...commands], doubts: doubtsIn(source, () => false) };
  if (pieces.length === 0) return glimpse;
  const move = (imports: Glance['imports']) => imports.map((each) => movedImport(each, pieces));
  return { imports: move(glimpse.imports), doubts: move(glimpse.doubts) };
}

/**
 * What the scan is unsure of, one for each place; of a whole text it is the reason.
 *
 * @param isQuoted Whether an offset stands in a string or comment, so that what looks like an import there is none.
 */
export function doubtsIn(source: Source, isQuoted: (offset: number) => boolean): readonly ParsedImport[] {
  const { text } = pythonOf(source);
  const reason = whyUnsure(text);
  const places = [
    ...[...candidatesOf(text)]
      .filter(
        ({ unfinished, modules }) => unfinished || modules.some((module) => /[^\0-\x7f]/.test(module.text)),
      )
      .map(({ offset }) => offset),
    ...loaderTokens(text)
      .filter(({ specifier }) => specifier === null)
      .map(({ start }) => start),
  ];
  return [
    ...(reason === undefined ? [] : [doubtOfAll(reason)]),
    ...places.filter((offset) => !isQuoted(offset)).map((offset) => doubtAt(text, offset)),
  ];
}
