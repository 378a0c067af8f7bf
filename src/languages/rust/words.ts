/** Crates that come with the compiler (https://doc.rust-lang.org/nightly/ and `rustc --print sysroot`, 1.95). */
const COMPILER_CRATES: ReadonlySet<string> = new Set(['std', 'core', 'alloc', 'proc_macro', 'test']);

/** @returns Whether a crate comes with the compiler: those of the standard library, and what the compiler is made of. */
export function comesWithCompiler(name: string): boolean {
  return COMPILER_CRATES.has(name) || name.startsWith('rustc_');
}

/** First segments that lead to the program itself (https://doc.rust-lang.org/reference/paths.html#path-qualifiers). */
export const OWN_PATHS: ReadonlySet<string> = new Set(['crate', 'self', 'super', 'Self', '_']);

/** https://doc.rust-lang.org/std/index.html#primitives */
const PRIMITIVES: ReadonlySet<string> = new Set([
  ...['bool', 'char', 'str', 'u8', 'u16', 'u32', 'u64', 'u128', 'usize'],
  ...['i8', 'i16', 'i32', 'i64', 'i128', 'isize', 'f16', 'f32', 'f64', 'f128'],
]);

/** Tools that attributes name (https://doc.rust-lang.org/reference/attributes.html#tool-attributes). */
const TOOLS: ReadonlySet<string> = new Set([
  ...['rustfmt', 'clippy', 'diagnostic', 'miri', 'rust_analyzer', 'rustdoc'],
]);

/** Of rstest, which takes `#[case::empty(1)]` away before anything looks for a crate. */
export const CASE = 'case';

/** @returns Whether the path of an attribute that begins so may lead to a crate. */
export function mayBeAttributeCrate(name: string): boolean {
  return !TOOLS.has(name) && mayBeCrate(name);
}

/** @returns Whether a path that begins so may lead to a crate: types are written with a capital letter. */
export function mayBeCrate(name: string): boolean {
  return !OWN_PATHS.has(name) && !PRIMITIVES.has(name) && !/^_*[A-Z]/.test(name);
}

/** Macros of the standard library whose arguments are expressions (https://doc.rust-lang.org/std/index.html#macros). */
export const EXPRESSION_MACROS: ReadonlySet<string> = new Set([
  ...['print', 'println', 'eprint', 'eprintln', 'format', 'format_args', 'write', 'writeln'],
  ...['panic', 'assert', 'assert_eq', 'assert_ne', 'debug_assert', 'debug_assert_eq', 'debug_assert_ne'],
  ...['vec', 'matches', 'todo', 'unimplemented', 'unreachable', 'dbg', 'assert_matches', 'try'],
]);

/** Keywords behind which `!` negates, or a block begins: no macro bears their names. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...['as', 'async', 'await', 'break', 'const', 'continue', 'dyn', 'else', 'enum', 'extern', 'false', 'fn'],
  ...['for', 'if', 'impl', 'in', 'let', 'loop', 'match', 'mod', 'move', 'mut', 'pub', 'ref', 'return'],
  ...['static', 'struct', 'trait', 'true', 'type', 'unsafe', 'use', 'where', 'while', 'yield'],
]);
