/** The package of Rust's grammar, which holds a file `tree-sitter-rust.wasm`. */
export const GRAMMAR = 'tree-sitter-rust';
