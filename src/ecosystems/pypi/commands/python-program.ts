import type { Command, CommandWord } from '../../../model/command.ts';

/** Python, by its names, those of its versions, and the launcher of Windows. */
const PYTHON = /^(?:python|pythonw|pypy|py)(?:\d(?:\.\d+)*)?t?$/;

/** Options of Python that take their value from the next word (https://docs.python.org/3/using/cmdline.html). */
const VALUED = /^-[A-Za-z]*[WXQ]$|^--check-hash-based-pycs$/;

/** A tool, and the words that it is given. */
export interface ToolRun {
  readonly program: string;
  readonly words: readonly CommandWord[];
}

/** @returns What a command runs: its program, or the module that it has Python run (`python -m pip`); null where nobody can tell. */
export function moduleRun({ program, words }: Command): ToolRun | null {
  if (program === null) return null;
  const name = certainName(program);
  if (name !== null) return PYTHON.test(name) ? moduleIn(words) : { program: name, words };
  // What a variable names may be a Python, and one that bears the name of a tool stands for it.
  const variable = /^\$[({]?(\w+)[)}]?$/.exec(program.text)?.[1]?.toLowerCase();
  return moduleIn(words) ?? (variable === undefined ? null : { program: variable, words });
}

/** @returns The module that Python is to run; null where it runs something else. */
function moduleIn(words: readonly CommandWord[]): ToolRun | null {
  for (let at = 0; at < words.length; at += 1) {
    const text = words[at]?.text ?? '';
    const module = /^-[A-LN-Za-ln-z]*m(\w*)$/.exec(text);
    if (module !== null) {
      const attached = module[1] ?? '';
      const start = attached === '' ? at + 1 : at;
      const name = attached === '' ? words[start]?.text : attached;
      return name === undefined
        ? null
        : { program: name.replace(/\.__main__$/, ''), words: words.slice(start + 1) };
    }
    if (!text.startsWith('-')) return null;
    if (VALUED.test(text)) at += 1;
  }
  return null;
}

/** @returns The name of a program without its folder and ending; null where only a run can tell it. */
function certainName({ text, dynamic }: CommandWord): string | null {
  const start = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1;
  return dynamic.some(({ end }) => end > start) ? null : text.slice(start).replace(/\.exe$/i, '');
}
