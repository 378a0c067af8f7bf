import type { ManualChange } from '../app/exchange.ts';
import { diffLines, type FileReplacement } from '../app/replacement.ts';
import { positionText } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';

/** @returns What a person reads before a file is edited: the lines that change, and what is left to be done by hand. */
export function replacementText({ file, edited, manual }: FileReplacement): string {
  const lines = [
    ...(edited ? diffLines(edited) : []),
    ...manual.flatMap((change) => manualLines(file, change)),
    ...(edited === null && manual.length === 0
      ? [`${file}: the work tree no longer uses the package there`]
      : []),
  ];
  return lines.map((line) => `  ${escapeControls(line, 400)}\n`).join('');
}

function manualLines(file: string, { place, reason, line }: ManualChange): readonly string[] {
  const said = (where: string) => `${where}: change this by hand: ${reason}`;
  if (place === null) return [said(file)];
  if (line === null) return [said(`${file}:${positionText(place)}`)];
  return [said(`${file}:${String(place.line)}`), `  ${line}`];
}
