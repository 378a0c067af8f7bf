import { describe, expect, test } from 'vitest';
import { mdx } from '../../src/containers/mdx.ts';
import { compilePattern, replaceByPattern } from '../../src/languages/javascript/resolve/pattern.ts';
import { tokensOf } from '../../src/languages/javascript/resolve/literals/tokens.ts';
import { candidatesOf } from '../../src/languages/python/candidates.ts';
import { possibleImports } from '../../src/languages/python/lenient.ts';
import { rootsIn } from '../../src/languages/python/resolve/path-edits.ts';
import { scriptMetadata } from '../../src/languages/python/script-metadata.ts';
import { callsTool } from '../../src/cli/hooks/script.ts';
import { unowned } from '../../src/cli/ci/owners.ts';
import { sourceOf } from '../../src/registries/sources.ts';
import { withoutEnd } from '../../src/text/ends.ts';

/*
 * Texts that made an expression of ours search the same part again and again. Each is so long that a reader whose time
 * grows with the square of the length does not come to an end within a test's time. A lint rule looks at each
 * expression (eslint-plugin-regexp); what it can't see, because several letters repeat, stands here.
 */
const fill = (piece: string, length = 1_000_000) => piece.repeat(Math.ceil(length / piece.length));

const named = { trust: 'repository', from: '.npmrc' } as const;
const pattern = (source: string, specifier: string) => {
  const compiled = compilePattern(source);
  return compiled && replaceByPattern(compiled, specifier, { replacement: 'x', whole: true });
};

describe('a reader comes to an end on', () => {
  test.each<[string, () => unknown]>([
    ['blanks behind “from”', () => [...candidatesOf(`from${fill('\t')}\n`)]],
    ['blanks behind the dots of a relative import', () => [...candidatesOf(`from .${fill('\t')}\n`)]],
    ['dots of a relative import', () => [...candidatesOf(`from ${fill('. ')}\n`)]],
    ['parts of a module’s name', () => [...candidatesOf(`from ${fill('a . ')}\n`)]],
    ['comments in an open bracket', () => possibleImports(`from a import (${fill('#b')}\n${fill('#\n')}`)],
    ['script metadata that nothing closes', () => scriptMetadata(fill('# /// script\n'))],
    ['edits of the path', () => rootsIn('a.py', fill('sys.path.append("a")\n'))],
    ['edits of the path in comments', () => rootsIn('a.py', fill('# sys.path.append("a")\n'))],
    ['quotes that nothing closes, in a page', () => mdx.contents(`export ${fill('"\\')}`)],
    ['a line separator in a page', () => mdx.contents(fill(`${'x'.repeat(99_999)}\u2028`))],
    ['classes of an expression that nothing closes', () => tokensOf(`x = /${fill('[')}`)],
    ['classes of an expression that close again', () => tokensOf(`x = /${fill('][')}`)],
    ['optional letters of an alias', () => pattern(fill('a?', 80) + fill('a', 40), fill('a', 40))],
    ['alternatives of an alias', () => pattern(fill('(a|a)', 200), `${fill('a', 40)}b`)],
    ['names of the tool in a hook', () => callsTool(fill('check-imports '))],
    ['carriage returns in a hook', () => callsTool(fill('\r'))],
    ['comments of owners', () => unowned(`${fill('\t#')}\u2028`, ['a'])],
    ['slashes of a registry', () => sourceOf(`https://registry.example${fill('/')}x`, named)],
    ['slashes', () => withoutEnd(`${fill('/')}x`, '/')],
  ])('%s', (_, read) => {
    expect(read).not.toThrow();
  });
});

test.each([
  ['a', '/', 'a'],
  ['a//', '/', 'a'],
  ['/a/', '/', '/a'],
  ['//', '/', ''],
  ['', '/', ''],
])('%j without %j at its end is %j', (text, character, expected) => {
  expect(withoutEnd(text, character)).toBe(expected);
});
