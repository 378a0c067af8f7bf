/** The package of Python's grammar, which holds a file `tree-sitter-python.wasm`. */
export const GRAMMAR = 'tree-sitter-python';
