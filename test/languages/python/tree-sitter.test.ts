import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { python } from '../../../src/languages/python/index.ts';
import { metered } from '../../../src/languages/shared/metering.ts';
import { GRAMMAR } from '../../../src/languages/python/grammar.ts';
import { allowanceFor } from '../../../src/languages/shared/steps.ts';
import { loadTreeSitter } from '../../../src/languages/shared/tree-sitter.ts';
import { withShortRows } from '../../../src/languages/python/rows.ts';

const parser = await loadTreeSitter(GRAMMAR);

/** @returns How many steps a text takes, and whether there is a tree. */
function stepsOf(text: string): { readonly steps: number; readonly isRead: boolean } {
  const allowance = allowanceFor(text);
  const { left } = allowance;
  const isRead = parser.withTree(withShortRows(text), allowance, (tree) => tree !== null);
  return { steps: left - allowance.left, isRead };
}

const program =
  'def f(a, b=1):\n    """Doc."""\n    # Why.\n    return g(a, b + 1)["x"] if a else [x for x in b]\n';

describe('a text takes as many steps', () => {
  test('whatever was read before', () => {
    const alone = stepsOf(program.repeat(20));
    for (const before of [program, 'x = (', 'if ``**'.repeat(3_000), '"'.repeat(1_000)]) stepsOf(before);
    expect(stepsOf(program.repeat(20))).toEqual(alone);
  });

  test.each([
    ['a program', program],
    ['comments', '# a\n'],
    ['comments that hold quotes', '# "\n'],
    ['empty lines', '\n'],
    ['lines that hold a backslash', '\\\n'],
    ['lists', '[1, 2],\n'],
    ['strings', '"a" f"{b}" '],
    ['branches', 'if a: b\nelif c: d\n'],
  ])('as twice as long a one, at most: %s', (_, piece) => {
    const repeated = (length: number) => `x\n${piece.repeat(Math.ceil(length / piece.length))}`;
    const [once, twice] = [stepsOf(repeated(20_000)), stepsOf(repeated(40_000))];
    expect(once.isRead && twice.isRead).toBe(true);
    expect(twice.steps).toBeLessThan(2.2 * once.steps);
  });

  test('as its length allows, many times over', () => {
    const { steps } = stepsOf(program.repeat(500));
    expect(steps).toBeLessThan(allowanceFor(program.repeat(500)).left / 5);
  });
});

describe('a text that takes more', () => {
  test.each([
    ['steps than its length allows', `and print ${'::=+'.repeat(20_000)}\n`],
    ['of the stack than there is', `x\n${'if ``**'.repeat(3_000)}\n`],
    ['steps than its length allows, at one of its tokens', `i${'*/'.repeat(7)}/**${'/*'.repeat(1_900)}`],
  ])('%s has no tree, which changes nothing for others', (_, text) => {
    const { isRead } = stepsOf(text);
    expect(isRead).toBe(false);
    const tree = parser.withTree(program, allowanceFor(program), (found) => found?.rootNode.toString());
    expect(tree).toMatch(/^\(module \(function_definition /);
  });

  test('is read for everything that looks like an import, and said to be broken', async () => {
    const text = `import a\nand print ${'::=+'.repeat(20_000)}\nfrom b import c\n__import__("d")\n`;
    const { imports, broken } = (await python.parser()).parse({ text, dialect: 'py' });
    expect(imports.map(({ target }) => target.kind === 'literal' && target.specifier)).toEqual([
      'a',
      'b',
      'd',
    ]);
    const message = 'parsing takes too many steps for a file of this length';
    expect(broken).toMatchObject({ message, offset: 0, cause: 'bound', approximate: true });
    // Nobody knows what else is in it: that is a fault.
    expect(broken?.doubts.map(({ target }) => target)).toEqual([{ kind: 'unclear', expression: message }]);
  });
});

describe('a meter', () => {
  const file = createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm');

  test('is another export of a module that is valid', () => {
    const bytes = metered(readFileSync(file));
    const names = WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name);
    expect(names.at(-1)).toBe('steps');
  });

  test('is not put into what is not known here', () => {
    const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    expect(() => metered(Uint8Array.from(header))).toThrow('the module has no section 2');
    expect(() => metered(readFileSync(file).subarray(0, 50_000))).toThrow();
  });
});
