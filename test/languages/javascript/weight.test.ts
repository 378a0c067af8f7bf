import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { carriedBy, weightOf } from '../../../src/languages/javascript/weight.ts';
import { FORMS, programOf, type Form } from './nesting.ts';

const packages = path.resolve(import.meta.dirname, '../../../node_modules/@oxc-parser');

/** @returns The deepest program of a form that weighs no more. */
function heaviest(form: Form, weight: number): string {
  let [low, high] = [1, weight];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (weightOf(programOf(form, middle)) <= weight) low = middle;
    else high = middle - 1;
  }
  return programOf(form, low);
}

/** Parses programs as machine code on a main thread with so little stack, and prints how many had no errors. */
const parser = `
  const { parseSync } = require(process.argv[1]);
  const texts = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const options = { lang: 'tsx', sourceType: 'module', astType: 'ts', range: true, preserveParens: false };
  let count = 0;
  for (const text of texts) {
    const { errors, program } = parseSync('file.tsx', text, options);
    if (errors.length === 0 && JSON.parse(program).node.type === 'Program') count += 1;
  }
  console.log(count);
`;

describe('weight', () => {
  test.skipIf(process.platform !== 'linux')('tells how much stack machine code needs at most', () => {
    const kilobytes = 1024;
    // Three times what counts as carried: other platforms may have larger frames, and something runs before the parser.
    const texts = FORMS.map((form) => heaviest(form, 3 * carriedBy(kilobytes * 1024)));
    const binding = path.join(packages, `binding-linux-${process.arch}-gnu`);
    const done = spawnSync(
      'bash',
      ['-c', `ulimit -s ${kilobytes}; exec "$0" -e "$1" "$2"`, process.execPath, parser, binding],
      { input: JSON.stringify(texts), encoding: 'utf8' },
    );
    expect([done.status, done.signal, done.stdout.trim()]).toEqual([0, null, String(texts.length)]);
  });

  test('grows with every level of every form', () => {
    const flat = FORMS.filter(
      (form) => weightOf(programOf(form, 200)) < weightOf(programOf(form, 100)) + 100,
    );
    expect(flat.map(({ name }) => name)).toEqual([]);
  });
});
