import { GRAMMAR as PYTHON } from './python/grammar.ts';
import { GRAMMAR as RUST } from './rust/grammar.ts';

/** The packages of all grammars of tree-sitter: the build puts the WebAssembly of each beside the program. */
export const grammars: readonly string[] = [PYTHON, RUST];
