import { layoutOf, type Level, type Slot } from './layout.ts';
import { removeSlots } from './remove.ts';
import { applySplices, columnOf, lineEnd, lineStart, nextLine } from '../text/text-edit.ts';

/** An ecosystem of a section, by the keys as they stand in the file. */
export interface MapAddress {
  readonly section: string;
  readonly ecosystem: string;
}

/**
 * Takes out the ecosystems that an edit left empty, and the sections that are empty then. One that a person's
 * comment stands at stays.
 */
export async function withoutEmptied(text: string, emptied: readonly MapAddress[]): Promise<string> {
  let tidied = text;
  for (const { section, ecosystem } of emptied) {
    const parent = slotIn(await layoutOf(tidied), section);
    const slot = parent && slotIn(parent.value, ecosystem);
    if (parent === undefined || slot === undefined || !isBare(tidied, slot)) continue;
    tidied = applySplices(tidied, removeSlots(tidied, parent, new Set([slot])));
    const sectionSlot = slotIn(await layoutOf(tidied), section);
    if (sectionSlot === undefined || !isBare(tidied, sectionSlot)) continue;
    tidied =
      tidied.slice(0, lineStart(tidied, sectionSlot.start)) + tidied.slice(nextLine(tidied, sectionSlot.end));
  }
  return tidied;
}

function slotIn(level: Level, key: string): Slot | undefined {
  return level.kind === 'block' || level.kind === 'flow'
    ? level.slots.find((slot) => slot.key === key)
    : undefined;
}

/** An empty map without a comment on its line, above it, or further in below it. */
function isBare(text: string, { start, end, value }: Slot): boolean {
  if (value.kind !== 'flow' || value.slots.length > 0) return false;
  const first = lineStart(text, start);
  const previousLine = text.slice(lineStart(text, first - 1), Math.max(first - 1, 0));
  const nextLineStart = nextLine(text, end);
  const [indent = ''] = /^[ \t]*/.exec(text.slice(nextLineStart)) ?? [];
  const isInside =
    text.charAt(nextLineStart + indent.length) === '#' && indent.length > columnOf(text, start);
  return !text.slice(first, lineEnd(text, end)).includes('#') && !/^\s*#/.test(previousLine) && !isInside;
}
