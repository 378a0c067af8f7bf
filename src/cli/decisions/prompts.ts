import { visible } from '../../text/escape.ts';
import type { World } from '../world.ts';

/** Questions at a terminal. Each answers null when the person breaks off (Ctrl-C, Escape). */
export interface Prompts {
  readonly line: (question: string, required: string) => Promise<string | null>;
  readonly confirm: (question: string) => Promise<boolean | null>;
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
export function hasTerminal({ stdin, stderr }: World): boolean {
  return stdin.isTTY === true && stderr.isTTY;
}

/** Loads the library for prompts. They are written to standard error, so that results can be piped. */
export async function openPrompts({ stdin, stderr }: World): Promise<Prompts> {
  const { confirm, isCancel, selectKey, text } = await import('@clack/prompts');
  const streams = { input: stdin, output: stderr.stream };
  return {
    line: async (question, required) => {
      const message = oneLine(question);
      const validate = (value: string | undefined) => (value?.trim() ? undefined : required);
      const answer = await text({ message, validate, ...streams });
      return isCancel(answer) ? null : answer.trim();
    },
    confirm: async (question) => {
      const message = oneLine(question);
      const answer = await confirm({ message, ...streams });
      return isCancel(answer) ? null : answer;
    },
    key: async (question, choices) => {
      const message = oneLine(question);
      for (;;) {
        const options = choices.map(({ key, label }): { value: string; label: string } => ({
          value: key,
          label: oneLine(label),
        }));
        const answer = await selectKey({ message, options, ...streams });
        if (isCancel(answer)) return null;
        const chosen = choices.find(({ key }) => key === answer);
        if (chosen) return chosen.key;
      }
    },
  };
}

/** The library writes to the terminal itself: a question, in which names of packages and files stand, is one line. */
function oneLine(question: string): string {
  return visible(question, 600);
}
