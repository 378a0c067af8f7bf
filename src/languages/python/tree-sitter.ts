import { Language, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import { grammar, treeSitter } from './grammar.ts';

/** tree-sitter with the grammar of Python. */
export interface BoundedParser {
  /**
   * @param use Gets the tree, which is deleted afterwards; null where the text takes more steps than it may, or more
   *   of the stack than there is.
   */
  withTree<T>(text: string, allowance: Allowance, use: (tree: Tree | null) => T): T;
}

/** How many steps the reading of one text may still take. */
export interface Allowance {
  left: number;
}

/**
 * How many steps (functions entered, rounds of loops) a character may take, over all attempts at a text: 26,000 files
 * of Python, 342 million characters, took at most 174. What is made to break the grammar takes a number that grows
 * with the text.
 */
const STEPS_FOR_A_CHARACTER = 600;
/** What every text may take besides: a broken one of a few lines takes 456 for a character. A step takes nanoseconds. */
const STEPS_FOR_A_TEXT = 20_000_000;

/** @returns The steps for one text, however often it is parsed. */
export function allowanceFor(text: string): Allowance {
  return { left: STEPS_FOR_A_TEXT + STEPS_FOR_A_CHARACTER * text.length };
}

/** The library runs one instance in a process, so it is started once, when this module is first wanted. */
const loading: Promise<BoundedParser> = load();

/** Loads tree-sitter and the grammar of Python; cheap after the first call. */
export function loadTreeSitter(): Promise<BoundedParser> {
  return loading;
}

async function load(): Promise<BoundedParser> {
  const machine = await start();
  const python = await Language.load(grammar());
  return {
    withTree(text, allowance, use) {
      const parser = new Parser();
      parser.setLanguage(python);
      const parsed = machine.parse(parser, text, allowance);
      if (parsed === 'trap') return use(null);
      try {
        return use(parsed);
      } finally {
        parsed?.delete();
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
  /** Parsers that a trap left with half of what they were at: whoever collected them would delete that. */
  readonly #left: Parser[] = [];

  constructor({ exports }: WebAssembly.Instance, imports: WebAssembly.Imports) {
    const [steps, stack] = [exports['steps'], imports['env']?.['__stack_pointer']];
    if (!(steps instanceof WebAssembly.Global)) throw new Error('tree-sitter has no meter');
    if (!(stack instanceof WebAssembly.Global)) throw new Error('tree-sitter has no stack');
    this.#steps = steps;
    this.#stack = stack;
  }

  /** @returns null where the text takes too many steps. */
  parse(parser: Parser, text: string, allowance: Allowance): Tree | null | 'trap' {
    const stack = this.#stack.value;
    this.#steps.value = 0;
    const isUsedUp = (): boolean => {
      // A number of 32 bits, which WebAssembly has no sign for.
      allowance.left -= this.#steps.value >>> 0;
      this.#steps.value = 0;
      return allowance.left < 0;
    };
    try {
      const tree = parser.parse(text, null, { progressCallback: isUsedUp });
      isUsedUp();
      return tree;
    } catch (error) {
      // The engine's own stack may end before the one that the meter guards.
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
      this.#stack.value = stack;
      this.#left.push(parser);
      return 'trap';
    }
  }
}
