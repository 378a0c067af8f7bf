import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Scratch } from './scratch.ts';

/** Is there a program that gives us a real pseudo-terminal? */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

/** How long a screen may take to show what is awaited. In milliseconds. */
const PATIENCE = 30_000;

/** A project whose commits are checked, with a person at a terminal in it. */
export interface ProjectAtTerminal {
  readonly scratch: Scratch;
  readonly terminal: Terminal;
  /** Ends both. */
  readonly close: () => void;
}

/** @param files The first commit. Nothing is looked up. */
export async function projectAtTerminal(files: Readonly<Record<string, string>>): Promise<ProjectAtTerminal> {
  const scratch = await Scratch.with({ ...files, '.check-importsrc': 'lookup: off\n' });
  scratch.installHooks();
  const terminal = new Terminal(scratch);
  const close = () => {
    terminal.close();
    scratch.dispose();
  };
  return { scratch, terminal, close };
}

/** A shell at a pseudo-terminal in a repository, as a person sits at it: keys go in, a screen comes out. */
export class Terminal {
  readonly #server: readonly string[];
  readonly #env: Record<string, string>;

  /** @param folder Where the shell starts, relative to the root. */
  constructor(scratch: Scratch, folder = '.') {
    const socket = folder === '.' ? 'tmux' : `tmux-${folder}`;
    this.#server = ['-S', path.join(scratch.home, socket), '-f', '/dev/null'];
    this.#env = { ...scratch.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', PS1: '$ ' };
    this.#tmux('new-session', '-d', '-x', '140', '-y', '60', '-c', path.join(scratch.root, folder), 'sh');
  }

  /** Types a line and presses Enter. */
  run(line: string): void {
    this.type(line);
    this.press('Enter');
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', '--', text);
  }

  /** Waits for a question, and answers it with a line. */
  async answer(question: string, line: string): Promise<void> {
    await this.shows(question);
    this.run(line);
  }

  /** Presses a key by tmux's name for it: `Enter`, `C-c`, `a`. */
  press(key: string): void {
    this.#tmux('send-keys', key);
  }

  /** @returns The screen, once it shows a text. */
  async shows(text: string): Promise<string> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const screen = this.screen();
      if (screen.includes(text)) return screen;
      await sleep(50);
      if (Date.now() > end) throw new Error(`the terminal never showed “${text}”:\n${screen}`);
    }
  }

  /** Waits until the last line that is not empty, where a person types, is this one, but for spaces around it. */
  async endsWith(line: string): Promise<void> {
    const end = Date.now() + PATIENCE / 3;
    while (this.#lastLine() !== line) {
      await sleep(30);
      if (Date.now() > end) throw new Error(`the terminal never ended with “${line}”:\n${this.screen()}`);
    }
  }

  #lastLine(): string | undefined {
    return this.screen().trimEnd().split('\n').at(-1)?.trim();
  }

  /** @returns What is on the screen and above it, lines that were wrapped joined. */
  screen(): string {
    return this.#tmux('capture-pane', '-p', '-J', '-S', '-2000');
  }

  close(): void {
    spawnSync('tmux', [...this.#server, 'kill-server'], { env: this.#env });
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync('tmux', [...this.#server, ...args], { env: this.#env, encoding: 'utf8' });
  }
}
