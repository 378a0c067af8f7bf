/** Conditions that never hold when a program runs, as the line of a block says them. */
const never = /^(?:if|elif|while)\b[ \t(]*(?:False|0|None|not True|(?:[A-Za-z_]\w*\.)?TYPE_CHECKING)[ \t)]*:/;

const definition = /^(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(/;

/** Statements of the top level behind which nothing runs. */
const end = /^(?:raise\b|(?:sys\.)?exit\(|quit\(|os\._exit\()/;

/** Functions that are called by name from outside: hooks of pytest, Sphinx and unittest, and special methods. */
const hook = /^(?:__\w+__|pytest_\w+|setup\w*|tear_?down\w*)$/i;

/** More blocks than Python lets stand within each other (`MAXINDENT` of its tokenizer). */
const MOST_BLOCKS = 100;

/**
 * Looks at the blocks around a statement and at what stands before it: a block whose condition never holds, a function
 * that nothing in the file mentions, the end of the program.
 *
 * @param code The text without what comments and strings hold.
 * @param index Where the statement stands.
 * @returns Whether the statement never runs, as far as this tells.
 */
export function isDead(code: string, index: number): boolean {
  const lines = code.slice(0, index).split('\n');
  const last = lines.pop() ?? '';
  if (never.test(last.trimStart())) return true;
  let depth = indentation(last);
  let blocks = 0;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = (lines[at] ?? '').trimEnd();
    const statement = line.trimStart();
    if (statement === '' || /^[)\]}]/.test(statement)) continue;
    if (indentation(line) === 0 && end.test(statement)) return true;
    if (indentation(line) >= depth) continue;
    depth = indentation(line);
    blocks += 1;
    if (never.test(statement)) return true;
    const [, name] = definition.exec(statement) ?? [];
    if (name === undefined || blocks > MOST_BLOCKS) continue;
    const isDecorated = /^[ \t]*@/.test(lines[at - 1] ?? '');
    if (!isDecorated && !isMentioned(name, code)) return true;
  }
  return false;
}

function isMentioned(name: string, code: string): boolean {
  return hook.test(name) || code.split(new RegExp(String.raw`\b${name}\b`), 3).length > 2;
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}
