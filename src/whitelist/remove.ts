import type { Level, Slot } from './layout.ts';
import { lineStart, nextLine, type TextEdit } from '../text/text-edit.ts';

/**
 * Takes keys out of a map. In block style their lines go, between braces their text and one comma; a map
 * that loses all of them becomes `{}`.
 *
 * @param parent The key that holds the map. @param removedSlots Which of the map's keys go.
 */
export function removeSlots(text: string, parent: Slot, removedSlots: ReadonlySet<Slot>): TextEdit[] {
  const { value } = parent;
  if ((value.kind !== 'block' && value.kind !== 'flow') || removedSlots.size === 0) return [];
  const all = value.slots.every((slot) => removedSlots.has(slot));
  if (value.kind === 'block') {
    const lines = value.slots.filter((slot) => removedSlots.has(slot)).map((slot) => wholeLines(text, slot));
    return all ? [{ start: parent.colon, end: parent.colon, text: ' {}' }, ...lines] : lines;
  }
  if (all) return [{ start: value.start, end: value.end, text: '{}' }];
  const oneLine = !text.slice(value.start, value.end).includes('\n');
  return oneLine ? removeRuns(value, removedSlots) : removeEach(text, value, removedSlots);
}

function wholeLines(text: string, slot: Slot): TextEdit {
  return { start: lineStart(text, slot.start), end: nextLine(text, slot.end), text: '' };
}

type FlowMap = Extract<Level, { readonly kind: 'block' | 'flow' }>;

/** On one line: neighbours that go are taken out together, with the comma before or behind them. */
function removeRuns({ slots }: FlowMap, removedSlots: ReadonlySet<Slot>): TextEdit[] {
  const splices: TextEdit[] = [];
  for (const [index, slot] of slots.entries()) {
    if (!removedSlots.has(slot)) continue;
    const next = slots[index + 1];
    const previous = slots.slice(0, index).findLast((candidate) => !removedSlots.has(candidate));
    if (slots.slice(index).some((candidate) => !removedSlots.has(candidate))) {
      splices.push({ start: slot.start, end: next?.start ?? slot.end, text: '' });
    } else if (previous !== undefined) {
      splices.push({ start: previous.end, end: slots.at(-1)?.end ?? slot.end, text: '' });
      break;
    }
  }
  return splices;
}

/** Over several lines: each goes with the comma behind it, and with its line where it has one of its own. */
function removeEach(text: string, { slots }: FlowMap, removedSlots: ReadonlySet<Slot>): TextEdit[] {
  return slots
    .filter((slot) => removedSlots.has(slot))
    .map((slot) => {
      const comma = /(?:\s|#[^\n]*\n)*,/y;
      comma.lastIndex = slot.end;
      const end = slot.end + (comma.exec(text)?.[0].length ?? 0);
      const lineTail = text.slice(end, nextLine(text, end));
      const alone =
        text.slice(lineStart(text, slot.start), slot.start).trim() === '' && /^\s*(?:#|$)/.test(lineTail);
      if (alone) return { start: lineStart(text, slot.start), end: nextLine(text, end), text: '' };
      return { start: slot.start, end, text: '' };
    });
}
