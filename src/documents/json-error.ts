/** What may come next: a value, the first key or `}`, a key, `:`, or `,` and the end of what is open. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'next';

const blanks = /[ \t\r\n]*/y;
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
const stringStop = /["\\\0-\x1f]/g; // eslint-disable-line no-control-regex -- RFC 8259 names them
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/**
 * Finds where a text stops being JSON (RFC 8259), for texts that `JSON.parse` refuses: its messages don't
 * always name the place.
 *
 * @returns The offset of the first character that can't stand there; the text's length where the text ends
 *   too soon, and also for valid JSON.
 */
export function jsonErrorOffset(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = lengthAt(blanks, text, 0);
  while (at < text.length) {
    const next = step(text.charAt(at), expected, open);
    if (next === undefined) return at;
    if (next === 'string' || next === 'scalar') {
      const { end, valid } = next === 'string' ? stringEnd(text, at + 1) : scalarEnd(text, at);
      if (!valid) return end;
      expected = expected.startsWith('key') ? 'colon' : 'next';
      at = end;
    } else {
      expected = next;
      at += 1;
    }
    at += lengthAt(blanks, text, at);
  }
  return text.length;
}

/** @returns What to expect behind a mark, which token starts here, or undefined where nothing fits. */
function step(mark: string, expected: Expected, open: string[]): Expected | 'string' | 'scalar' | undefined {
  const closes = (bracket: string) => open.at(-1) === bracket && open.pop() !== undefined;
  switch (mark) {
    case '{':
    case '[':
      if (!expected.startsWith('value')) return undefined;
      open.push(mark);
      return mark === '{' ? 'key or end' : 'value or end';
    case '}':
      return /^(?:key or end|next)$/.test(expected) && closes('{') ? 'next' : undefined;
    case ']':
      return /^(?:value or end|next)$/.test(expected) && closes('[') ? 'next' : undefined;
    case ',':
      if (expected !== 'next' || open.length === 0) return undefined;
      return open.at(-1) === '{' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case '"':
      return /^(?:key|value)/.test(expected) ? 'string' : undefined;
    default:
      return expected.startsWith('value') ? 'scalar' : undefined;
  }
}

/** Where a token ends, or where it stops being one. */
interface TokenEnd {
  readonly end: number;
  readonly valid: boolean;
}

function stringEnd(text: string, from: number): TokenEnd {
  const stops = new RegExp(stringStop);
  stops.lastIndex = from;
  for (let stop = stops.exec(text); stop !== null; stop = stops.exec(text)) {
    if (stop[0] === '"') return { end: stops.lastIndex, valid: true };
    const length = lengthAt(escape, text, stop.index);
    if (length === 0) return { end: stop.index, valid: false };
    stops.lastIndex = stop.index + length;
  }
  return { end: text.length, valid: false };
}

function scalarEnd(text: string, from: number): TokenEnd {
  const length = lengthAt(scalar, text, from);
  return { end: from + length, valid: length > 0 };
}

function lengthAt(expression: RegExp, text: string, at: number): number {
  const sticky = new RegExp(expression);
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0].length ?? 0;
}
