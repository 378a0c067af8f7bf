import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../../../src/languages/javascript/bounds.ts';
import { FORMS, programOf } from './nesting.ts';
import { corporaIn } from './parsers/corpora.ts';

const source = (text: string, dialect = 'ts') => ({ text, dialect });
const both = { oxc: true, typescript: true };
const oxcAlone = { oxc: true, typescript: false };
const none = { oxc: false, typescript: false };

describe('bounds', () => {
  test.each([
    ['a sum of 1,000', 'a' + ' + a'.repeat(1_000), both],
    ['a sum of 50,000', 'a' + ' + a'.repeat(50_000), oxcAlone],
    ['a chain of 1,000 calls', 'a' + '.step(1)'.repeat(1_000), both],
    ['5,000 else if', `if (a) { b(); }${' else if (a) { b(); }'.repeat(5_000)}`, oxcAlone],
    ['5,000 statements without semicolons', 'a.b = c + (d < e)\n'.repeat(5_000), both],
    ['5,000 statements on one line', 'a.b = c + (d < e);'.repeat(5_000), both],
    ['a type of 20,000 members', `type A = 'a'${"\n  | 'b'".repeat(20_000)}`, oxcAlone],
    ['10,000 comparisons in a list', `[${'a < b,'.repeat(10_000)}]`, none],
    ['1,000 nested parentheses', `${'('.repeat(1_000)}a${')'.repeat(1_000)}`, oxcAlone],
    ['1,200 generic types within each other', `let a: ${'A<'.repeat(1_200)}b${'>'.repeat(1_200)}`, oxcAlone],
    ['3,000 elements in attributes of each other', 'const a = <T\n'.repeat(3_000), none],
    ['3,000 types without semicolons', 'let a: A<B>\n'.repeat(3_000), both],
    ['10,000 nested parentheses', `${'('.repeat(10_000)}a${')'.repeat(10_000)}`, none],
    ['30,000 nested blocks', `${'{'.repeat(30_000)}${'}'.repeat(30_000)}`, none],
    ['20,000 exported types', 'export let a: A<B>;'.repeat(20_000), oxcAlone],
    [
      'brackets in strings and comments',
      `f('((((${'('.repeat(9_000)}'); /* ${'('.repeat(9_000)} */ g()`,
      both,
    ],
  ])('of %s', (_, text, expected) => {
    expect(boundsOf(source(text))).toEqual(expected);
  });

  test('let every form pass that goes on for 1,000 levels', () => {
    const refused = FORMS.filter((form) => !boundsOf(source(programOf(form, 1_000), 'tsx')).oxc);
    expect(refused.map(({ name }) => name)).toEqual([]);
  });

  test('let every program of packages pass', () => {
    const corpus = corporaIn(path.resolve(import.meta.dirname, '../../..')).find(
      ({ title }) => title === 'node_modules',
    );
    const programs = [...(corpus?.programs() ?? [])].filter(
      ({ text }, at) => at % 4 === 0 && text.length > 20_000,
    );
    expect(programs.length).toBeGreaterThan(10);
    expect(programs.filter((program) => !boundsOf(program).typescript).map(({ name }) => name)).toEqual([]);
  });
});
