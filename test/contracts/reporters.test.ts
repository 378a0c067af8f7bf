import { describe, expect, test } from 'vitest';
import { concise } from '../../src/reporters/concise.ts';
import { reporters } from '../../src/reporters/index.ts';
import { problemsOf } from './reporter.ts';

test.each([...reporters])('%s has everything that a reporter has to have', async (id, load) => {
  expect(await problemsOf(id, load)).toEqual([]);
});

describe('a reporter that lacks things', () => {
  test('of which nothing is written', async () => {
    expect(await problemsOf('Toy', () => Promise.resolve({ id: 'toy', render: () => '' }))).toEqual([
      'its id "Toy" is no word in lower case letters',
      'src/reporters/index.ts calls it Toy, and it calls itself toy',
      'there is not one file fixtures/reports/expected/Toy.…: run UPDATE_EXPECTED=1 npx --no -- vitest run test/reporters/golden.test.ts and read what it writes',
      'it says nothing of the golden report, or its text does not end with a line end',
      'the help of check does not name it: write it into src/cli/report-commands.ts',
      'neither README.md nor docs shows “--format Toy”: say there what it is for',
    ]);
  });

  test('whose text is not the expected one, and has no line end', async () => {
    const changed = { ...concise, render: () => 'text' };
    expect(await problemsOf('concise', () => Promise.resolve(changed))).toEqual([
      'fixtures/reports/expected/concise.txt is not how it renders the golden report',
      'it says nothing of the golden report, or its text does not end with a line end',
      'its text of an empty report does not end with a line end',
    ]);
  });
});
