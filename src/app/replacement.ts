import type { Suggestion } from '../model/evidence.ts';
import type { ManifestFormat } from '../model/manifest.ts';
import type { Reference, Use } from '../model/reference.ts';
import { packageOf } from '../ecosystems/index.ts';
import { LineIndex } from '../text/lines.ts';
import { applySplices, lineStart, nextLine, type TextEdit } from '../text/text-edit.ts';

/** A file in which a suggestion can take the place of a package, or the reason why that has to be done by hand. */
export type Replacement =
  | { readonly kind: 'edit'; readonly file: string; readonly before: string; readonly after: string }
  | { readonly kind: 'byHand'; readonly file: string; readonly reason: string };

/**
 * Replaces a package by a suggested one where a file imports or declares it. Only specifiers change: what the
 * program does with the module, and which versions a manifest asks for, stays for people to look at.
 *
 * @param text The file as it stands in the work tree. @param format Of a manifest; null for program text.
 */
export async function replaceIn(
  use: Use,
  suggestion: Suggestion,
  { text, format }: { readonly text: string; readonly format: ManifestFormat | null },
): Promise<Replacement> {
  const lines = new LineIndex(text);
  const splices = use.references.map((reference) => spliceFor(reference, suggestion, { text, lines }));
  const sure = splices.filter((splice) => splice !== null);
  const byHand = (reason: string) => ({ kind: 'byHand' as const, file: use.file, reason });
  if (sure.length < splices.length) return byHand('the package is not written there as plain text');
  const renamed = applySplices(text, sure);
  if (format === null) return { kind: 'edit', file: use.file, before: text, after: renamed };
  const editedText = await withoutTwin(renamed, { use, text, sure }, { suggestion, format });
  return editedText === null
    ? byHand('the line can’t be edited safely')
    : { kind: 'edit', file: use.file, before: text, after: editedText };
}

/** A specifier is replaced where the text says exactly that; what follows the module's name stays. */
function spliceFor(
  { specifier, place, kind }: Reference,
  suggestion: Suggestion,
  { text, lines }: { text: string; lines: LineIndex },
): TextEdit | null {
  const span = lines.spanOf(place);
  if (place.cell !== null || text.slice(span.start, span.end) !== specifier) return null;
  const name = kind === 'dependency' ? suggestion.package.name : suggestion.specifier;
  return { ...span, text: name };
}

/** A manifest that declares the suggestion already loses the line instead. */
async function withoutTwin(
  renamed: string,
  { use, text, sure }: { use: Use; text: string; sure: readonly TextEdit[] },
  { suggestion, format }: { suggestion: Suggestion; format: ManifestFormat },
): Promise<string | null> {
  const declares = async (candidate: string, name: string) => {
    const { dependencies, broken } = await format.read(use.file, candidate);
    return broken.length > 0
      ? null
      : dependencies.filter(
          (dependency) =>
            packageOf(dependency.ecosystem, dependency.name ?? dependency.specifier).name === name,
        ).length;
  };
  const suggestedName = suggestion.package.name;
  const already = await declares(text, suggestedName);
  const result = already ? await removeLines(text, sure) : renamed;
  const [remainingCount, suggestedCount] = [
    await declares(result, use.package.name),
    await declares(result, suggestedName),
  ];
  return remainingCount === 0 && suggestedCount ? result : null;
}

/** Takes dependency lines out: a member of a JSON object, else the whole line. */
async function removeLines(text: string, splices: readonly TextEdit[]): Promise<string> {
  if (/^\s*\{/.test(text)) return removeMembers(text, splices);
  return applySplices(
    text,
    splices.map(({ start }) => ({ start: lineStart(text, start), end: nextLine(text, start), text: '' })),
  );
}

async function removeMembers(text: string, splices: readonly TextEdit[]): Promise<string> {
  const { applyEdits, getLocation, modify } = await import('jsonc-parser');
  let result = text;
  for (const { start } of splices.toReversed()) {
    const { path } = getLocation(result, start);
    result = applyEdits(result, modify(result, path, undefined, {}));
  }
  return result;
}

/** @returns The lines that differ, as a diff shows them; an edit never moves lines between others. */
export function diffLines({
  file,
  before: oldText,
  after: newText,
}: Extract<Replacement, { kind: 'edit' }>): string[] {
  const [old, next] = [oldText.split('\n'), newText.split('\n')];
  let start = 0;
  while (start < old.length && old[start] === next[start]) start++;
  let end = 0;
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end))
    end++;
  const [removedLines, addedLines] = [
    old.slice(start, old.length - end),
    next.slice(start, next.length - end),
  ];
  if (removedLines.length !== addedLines.length)
    return [
      `${file}:${start + 1}`,
      ...removedLines.map((line) => `- ${line}`),
      ...addedLines.map((line) => `+ ${line}`),
    ];
  return removedLines.flatMap((line, at) =>
    line === addedLines[at] ? [] : [`${file}:${start + at + 1}`, `- ${line}`, `+ ${addedLines[at] ?? ''}`],
  );
}
