import { describe, expect, test } from 'vitest';
import { GRAMMAR as PYTHON } from '../../../src/languages/python/grammar.ts';
import { GRAMMAR } from '../../../src/languages/rust/grammar.ts';
import { rust } from '../../../src/languages/rust/index.ts';
import { scan } from '../../../src/languages/rust/scan.ts';
import { allowanceFor } from '../../../src/languages/shared/steps.ts';
import { loadTreeSitter } from '../../../src/languages/shared/tree-sitter.ts';

const parser = await rust.parser();

/** So long, a second is the usual time; what takes the square of it would take minutes. */
const LENGTH = 150_000;

describe('a long text takes no longer for what it holds', () => {
  test.each([
    ['paths in blocks', '{ a::b'],
    ['blocks that bring names', '{ use x::y; a::b'],
    ['names that are taken from each other', 'use a::b; use b::a; '],
    ['macros in macros', 'm! { a::b '],
    ['groups in groups', 'use a::{'],
    ['strings that nothing closes', 'r#"'],
    ['comments in comments', '/* '],
    ['characters', "'\\"],
    ['attributes', '#[derive(a::b, '],
    ['words with signs', 'a_'],
    ['declarations without an end', 'use a::b '],
    ['functions and paths that begin with their names', 'fn a_b() { a_b_c_d::e() } '],
    ['manifests that nothing closes', '---\n'],
  ])('%s', async (_, piece) => {
    const text = piece.repeat(LENGTH / piece.length);
    const start = performance.now();
    scan({ text, dialect: 'rs' });
    const parsed = await parser.parse({ text, dialect: 'rs' });
    expect(parsed.imports.length).toBeLessThanOrEqual(LENGTH);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('names of which each is taken from the next', () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `use a${String(at)}::a${String(at + 1)};`).join(
      '',
    );
    expect(scan({ text, dialect: 'rs' }).kind).toBe('superset');
  });
});

describe('two grammars in one process', () => {
  test('a text that takes too much of one takes nothing from the other', async () => {
    const python = await loadTreeSitter(PYTHON);
    const grammar = await loadTreeSitter(GRAMMAR);
    const text = `and print ${'::=+'.repeat(20_000)}\n`;
    const isRead = python.withTree(text, allowanceFor(text), (tree) => tree !== null);
    const program = 'use ledger::Entry;';
    const tree = grammar.withTree(program, allowanceFor(program), (each) => each?.rootNode.toString());
    expect(isRead).toBe(false);
    expect(tree).toMatch(/^\(source_file \(use_declaration /);
  });
});
