import { expect, test } from 'vitest';
import { lettersOf, textsOf } from '../../src/ecosystems/shared/name-texts.ts';
import { NameList } from '../../src/similar-names/name-list.ts';
import { GramIndex, Grams } from '../../src/similar-names/ngrams.ts';

const names = ['aa', 'aaaa', 'banana', 'bananas', 'left-pad', 'leftpad', 'numpy', 'numpy-', 'x', '@a/banana'];
const listed = () => new NameList(textsOf(names, lettersOf));

/** A list that was asked so often that it answers by an index. */
function indexed(): NameList {
  const list = listed();
  for (let search = 0; search < 100; search += 1) list.has('a name that is not in it');
  return list;
}

const questions = ['banana', 'bananna', 'leftpad', 'nunpy', 'a', 'aaa', 'anan', '', 'zebra', 'left\npad'];

test.each(questions)('a list says the same of %j whether it searches its text or an index', (name) => {
  const [first, later] = [listed(), indexed()];
  expect(later.sharing(name, 0.2)).toEqual(first.sharing(name, 0.2));
  expect(later.withKey(name)).toEqual(first.withKey(name));
  expect(later.has(name)).toBe(first.has(name));
});

test('and both find something', () => {
  for (const list of [listed(), indexed()]) {
    expect(list.sharing('bananna', 0.2).map(({ line }) => list.name(line))).toEqual([
      'banana',
      'bananas',
      '@a/banana',
    ]);
    expect(list.withKey('leftpad').map((line) => list.name(line))).toEqual(['left-pad', 'leftpad']);
    expect(['numpy', 'nunpy'].map((name) => list.has(name))).toEqual([true, false]);
  }
});

test('an index counts what words share as a comparison of two does', () => {
  const index = new GramIndex(names);
  for (const question of questions) {
    const shared = names.map((name) => new Grams(question).overlap(name));
    const expected = shared.flatMap((part, at) => (part > 0 ? [{ at, shared: part }] : []));
    expect(index.sharing(question, 0)).toEqual(expected);
  }
});
