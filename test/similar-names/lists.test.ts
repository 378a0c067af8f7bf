import { describe, expect, test } from 'vitest';
import { ecosystems, findEcosystem } from '../../src/ecosystems/index.ts';
import { NameList } from '../../src/similar-names/name-list.ts';
import { loadPopular } from '../../src/similar-names/popular.ts';
import pypi from '../../src/ecosystems/pypi/popular.json' with { type: 'json' };
import { lines } from './data.ts';

const popular = await loadPopular([...ecosystems.map(({ id }) => id), 'none']);
const namesOf = (ecosystem: string): readonly string[] => {
  const top = findEcosystem(ecosystem)?.topPackages ?? [];
  const { names = [] } = popular.get(ecosystem) ?? {};
  return [...top, ...('names' in names ? new NameList(names).all() : names)];
};

describe('lists of well-known packages', () => {
  test.each([
    ['pypi', 2000],
    ['npm', 10_000],
  ])('%s has at least %d names, valid and canonical', (ecosystem, least) => {
    const names = namesOf(ecosystem);
    expect(names.length).toBeGreaterThanOrEqual(least);
    const wrong = names.filter((name) => {
      const grammar = findEcosystem(ecosystem);
      return grammar?.valid(name) !== true || grammar.canonical(name) !== name;
    });
    expect(wrong).toEqual([]);
  });

  test('PyPI’s lists are sorted, share no name, and know the module of known names only', () => {
    const { others, modules } = pypi;
    const top = findEcosystem('pypi')?.topPackages ?? [];
    expect(top).toEqual(top.toSorted());
    expect(others).toEqual(others.toSorted());
    const names = new Set([...top, ...others]);
    expect(names.size).toBe(top.length + others.length);
    expect(Object.keys(modules).filter((name) => !names.has(name))).toEqual([]);
  });

  test.each(['sklearn', 'bs4', 'dotenv', 'jwt', 'yaml'])('%s is a trap, not a suggestion', (name) => {
    expect(namesOf('pypi')).not.toContain(name);
  });

  test.skipIf(lines('top-pypi.txt').length === 0)('every name of PyPI’s lists is in use', () => {
    const used = new Set(lines('top-pypi.txt'));
    expect(namesOf('pypi').filter((name) => !used.has(name))).toEqual([]);
  });
});
