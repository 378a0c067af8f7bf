import { escapeControls } from '../text/escape.ts';
import type { CommandContext } from './context.ts';

/** Questions at a terminal. Each answers null when the person breaks off (Ctrl-C, Escape). */
export interface Prompts {
  /** `refuse` says why an answer can't be taken, or undefined where it can. */
  readonly line: (question: string, refuse: (answer: string) => string | undefined) => Promise<string | null>;
  /** `preselected` is what Enter alone means. */
  readonly confirm: (question: string, preselected: 'yes' | 'no') => Promise<boolean | null>;
  /** One key press chooses: the first letter of a choice's `key`. */
  readonly key: <Key extends string>(
    question: string,
    choices: readonly Choice<Key>[],
  ) => Promise<Key | null>;
}

export interface Choice<Key extends string> {
  readonly key: Key;
  readonly label: string;
}

/**
 * Can anybody answer? A hook's standard input is /dev/null although its output may be a terminal
 * (https://git-scm.com/docs/githooks).
 */
export function hasTerminal({ stdin, stderr }: CommandContext): boolean {
  return stdin.isTTY === true && stderr.isTTY;
}

/** Loads the library for prompts. They are written to standard error, so that results can be piped. */
export async function openPrompts({ stdin, stderr }: CommandContext): Promise<Prompts> {
  const { confirm, isCancel, selectKey, text } = await import('@clack/prompts');
  const streams = { input: stdin, output: stderr.stream };
  return {
    line: async (question, refuse) => {
      const message = oneLine(question);
      const validate = (value: string | undefined) => refuse(value?.trim() ?? '');
      const answer = await text({ message, validate, ...streams });
      return isCancel(answer) ? null : answer.trim();
    },
    confirm: async (question, preselected) => {
      const message = oneLine(question);
      const answer = await confirm({ message, initialValue: preselected === 'yes', ...streams });
      return isCancel(answer) ? null : answer;
    },
    key: async (question, choices) => {
      const message = oneLine(question);
      const options = choices.map(({ key, label }): { value: string; label: string } => ({
        value: key,
        label: oneLine(label),
      }));
      stdin.prependListener('keypress', hideEnter);
      try {
        const answer = await selectKey({ message, options, ...streams });
        return choices.find(({ key }) => key === answer)?.key ?? null;
      } finally {
        stdin.removeListener('keypress', hideEnter);
      }
    },
  };
}

/**
 * Where one key chooses, Enter is no choice. The library takes it for the end of the question, and shows the first choice
 * as the answer: it gets to see a key without a name, which it passes over. It reads keys as Node tells them
 * (https://nodejs.org/api/readline.html#readlineemitkeypresseventsstream-interface).
 */
function hideEnter(_: string | undefined, key: { name?: string }): void {
  if (key.name === 'return') delete key.name;
}

/** The library writes to the terminal itself: a question, in which names of packages and files stand, is one line. */
function oneLine(question: string): string {
  return escapeControls(question, 600);
}
