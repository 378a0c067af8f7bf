import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockOf, findBlock, isShellScript, withBlock, withoutBlock } from '../../src/starts/block.ts';

const block = blockOf(['echo ours']);
const other = blockOf(['echo newer']);

describe('our lines in a shell script', () => {
  test.each([
    ['no file', null, `#!/bin/sh\n${block}`],
    ['an empty file', '', `\n${block}`],
    ['lines', 'npm test\n', `npm test\n\n${block}`],
    ['a last line without a line break', 'npm test', `npm test\n${block}`],
    ['a script that ends by itself', '#!/bin/bash\ntrue\nexit 0\n', `#!/bin/bash\n\n${block}true\nexit 0\n`],
    ['a script that becomes another program', 'exec npm test\n', `\n${block}exec npm test\n`],
    ['an exit in a function', 'f() {\n  exit 1\n}\nf\n', `\n${block}f() {\n  exit 1\n}\nf\n`],
    ['an exit in a condition', 'if a; then\n  exit\nfi\n', `\n${block}if a; then\n  exit\nfi\n`],
    ['an exit behind a command', '#!/bin/sh\na; exit 0\n', `#!/bin/sh\n\n${block}a; exit 0\n`],
    ['an exit behind another', 'a && exit\n', `\n${block}a && exit\n`],
    ['a text that is not closed', 'cat <<END\na\n', `\n${block}cat <<END\na\n`],
    ['the word in a name', 'do-not-exit-now\nexit_code=1\n', `do-not-exit-now\nexit_code=1\n\n${block}`],
    [
      'a script of husky 8 that ends by itself',
      '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\na\nexit 0\n',
      `#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\n${block}\na\nexit 0\n`,
    ],
    ['older lines of ours that are never run', `exit 0\n\n${other}b\n`, `\n${block}exit 0\nb\n`],
    ['older lines of ours', `a\n\n${other}b\n`, `a\n\n${block}b\n`],
  ])('%s', (_, before, after) => {
    expect(withBlock(before, block)).toBe(after);
  });

  test('what is put in comes out again, byte for byte, and putting it in twice is once', () => {
    const line = fc.constantFrom(
      'npm test',
      '#!/bin/sh',
      'exit 0',
      'exec x',
      '',
      '# comment',
      'a\r',
      'é "$1"',
    );
    const script = fc
      .tuple(fc.array(line, { maxLength: 5 }), fc.constantFrom('', '\n', '\n\n'))
      .map(([lines, end]) => lines.join('\n') + end)
      // The one text that a new file of ours begins with, without its line break.
      .filter((text) => text !== '#!/bin/sh');
    fc.assert(
      fc.property(script, (text) => {
        const installed = withBlock(text, block);
        expect(withBlock(installed, block)).toBe(installed);
        expect(withoutBlock(installed)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('a file of ours alone goes as a whole', () => {
    expect(withoutBlock(withBlock(null, block))).toBeNull();
  });

  test('without the closing mark nothing is ours', () => {
    expect(findBlock('# >>> check-imports >>>\necho\n')).toBeNull();
    expect(withoutBlock('# >>> check-imports >>>\necho\n')).toBe('# >>> check-imports >>>\necho\n');
  });
});

test.each([
  ['#!/bin/sh\n', true],
  ['#!/usr/bin/env bash\n', true],
  ['#!/usr/bin/env -S bash -e\n', true],
  ['#! /usr/local/bin/zsh -f\n', true],
  ['#!/bin/sh', true],
  ['npm test\n', true],
  ['#!/usr/bin/env python3\n', false],
  ['#!/usr/bin/env node\n', false],
  ['#!/usr/bin/fish\n', false],
])('is %j a shell script: %s', (text, answer) => {
  expect(isShellScript(text)).toBe(answer);
});
