import { describe, expect, test } from 'vitest';
import { findEcosystem } from '../../src/ecosystems/index.ts';
import { topPackages } from '../../src/ecosystems/well-known.ts';
import { NameList } from '../../src/similar-names/name-list.ts';
import { popularPackages } from '../../src/ecosystems/popular.ts';
import pypi from '../../src/ecosystems/pypi/popular.json' with { type: 'json' };
import { lines } from './data.ts';

const popular = await popularPackages(['pypi', 'npm', 'cargo']);
const namesOf = (ecosystem: string): readonly string[] => {
  const { household = [], others = [] } = popular.get(ecosystem) ?? {};
  return [...household, ...('names' in others ? new NameList(others).all() : others)];
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
    const household = topPackages('pypi');
    expect(household).toEqual(household.toSorted());
    expect(others).toEqual(others.toSorted());
    const names = new Set([...household, ...others]);
    expect(names.size).toBe(household.length + others.length);
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
