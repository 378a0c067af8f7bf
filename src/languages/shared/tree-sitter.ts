import { Language, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import { MOST_STEPS, type Allowance } from './steps.ts';
import { grammarFile, treeSitter } from './tree-sitter-files.ts';

/** tree-sitter with the grammar of a language. */
export interface BoundedParser {
  /**
   * @param use Gets the tree, which is deleted afterwards; null where the text takes more steps than it may, or more
   *   of the stack than there is.
   */
  withTree<T>(text: string, allowance: Allowance, use: (tree: Tree | null) => T): T;
}

/** The library runs one instance in a process, so it is started once, when this module is first wanted. */
const starting: Promise<Machine> = start();

const parsers = new Map<string, Promise<BoundedParser>>();

/**
 * Loads tree-sitter and a grammar; cheap after the first call.
 *
 * @param grammar The name of its package.
 */
export function loadTreeSitter(grammar: string): Promise<BoundedParser> {
  const loading = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, loading);
  return loading;
}

async function load(grammar: string): Promise<BoundedParser> {
  const machine = await starting;
  // At once, so that no text of another language is read meanwhile: a trap would take back the half of the grammar.
  const language = Language.loadSync(new WebAssembly.Module(grammarFile(grammar)));
  machine.remember();
  return {
    withTree(text, allowance, use) {
      const parser = new Parser();
      parser.setLanguage(language);
      const tree = machine.parse(parser, text, allowance);
      // What a trap ended must not be deleted: it is not there any more.
      if (tree === null) return use(null);
      try {
        return use(tree);
      } finally {
        tree.delete();
        parser.delete();
      }
    },
  };
}

type Receive = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

async function start(): Promise<Machine> {
  const { bytes, memory } = await treeSitter();
  const module = new WebAssembly.Module(bytes);
  let machine: Machine | undefined;
  await Parser.init({
    ...(memory === undefined ? {} : { INITIAL_MEMORY: memory }),
    instantiateWasm(imports: WebAssembly.Imports, receive: Receive) {
      const instance = new WebAssembly.Instance(module, imports);
      machine = new Machine(instance, imports);
      receive(instance, module);
      return instance.exports;
    },
  });
  if (machine === undefined) throw new Error('tree-sitter was started without its meter');
  return machine;
}

/** The running WebAssembly with its meter. */
class Machine {
  readonly #steps: WebAssembly.Global;
  readonly #stack: WebAssembly.Global;
  readonly #memory: WebAssembly.Memory;
  /** What the memory holds between two texts. */
  #initial = new Uint8Array();
  /** Parsers that a trap ended: whoever collected them would delete what is not there any more. */
  readonly #left: Parser[] = [];

  constructor({ exports }: WebAssembly.Instance, imports: WebAssembly.Imports) {
    const [steps, stack, memory] = [
      exports['steps'],
      imports['env']?.['__stack_pointer'],
      imports['env']?.['memory'],
    ];
    if (!(steps instanceof WebAssembly.Global)) throw new Error('tree-sitter has no meter');
    if (!(stack instanceof WebAssembly.Global)) throw new Error('tree-sitter has no stack');
    if (!(memory instanceof WebAssembly.Memory)) throw new Error('tree-sitter has no memory');
    this.#steps = steps;
    this.#stack = stack;
    this.#memory = memory;
  }

  /** Takes what is in the memory now for what is left behind when every tree is deleted. */
  remember(): void {
    this.#initial = new Uint8Array(this.#memory.buffer).slice();
  }

  /** A trap leaves half of what the parser was at, for which nobody else would have room. */
  #restore(): void {
    const memory = new Uint8Array(this.#memory.buffer);
    memory.set(this.#initial);
    memory.fill(0, this.#initial.length);
  }

  /** @returns null where the steps are used up, or the stack: a trap ends it. */
  parse(parser: Parser, text: string, allowance: Allowance): Tree | null {
    const stack = this.#stack.value;
    this.#steps.value = Math.min(allowance.left, MOST_STEPS);
    try {
      return parser.parse(text);
    } catch (error) {
      // The engine's own stack may end before the one that the meter guards.
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
      this.#stack.value = stack;
      this.#restore();
      this.#left.push(parser);
      return null;
    } finally {
      allowance.left -= Math.min(allowance.left, MOST_STEPS) - this.#steps.value;
      // What is asked of the tree afterwards counts too, and must not trap.
      this.#steps.value = MOST_STEPS;
    }
  }
}
