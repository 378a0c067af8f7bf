import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookalikeOf } from '../../src/similar-names/lookalike.ts';
import { NameIndex } from '../../src/similar-names/name-index.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { loadPopular } from '../../src/similar-names/popular.ts';
import { lines, rows } from './data.ts';

const popular = await loadPopular(ecosystems.map(({ id }) => id));
const project = [
  { ecosystem: 'pypi', name: 'acme-ledger', modules: ['ledger'] },
  { ecosystem: 'npm', name: '@acme/ui', modules: [] },
];
const known = new NameIndex(project, popular);

const lookAlikes = `
  pypi  numpy-utils          numpy           without the generic part “utils”
  pypi  easy-requests        requests        without the generic part “easy”
  pypi  flask-gpt-helper     flask           without the generic parts “gpt” and “helper”
  pypi  easyrequests         requests        without the generic part “easy”
  pypi  reqeusts             requests        two letters are swapped
  pypi  requets              requests        one letter differs
  pypi  djang0               django          the names look the same
  pypi  prompt-tool-kit      prompt-toolkit  the names look the same
  pypi  bs4                  beautifulsoup4  it provides bs4
  pypi  acme-ledgers         acme-ledger     one letter differs
  pypi  acme-ledger-client   acme-ledger     without the generic part “client”
  npm   react-ai-utils       react           without the generic parts “ai” and “utils”
  npm   loadsh               lodash          two letters are swapped
  npm   crossenv             cross-env       the names look the same
  npm   types-node           @types/node     the same name without its scope
  npm   acme-ui              @acme/ui        the same name without its scope
  npm   @type/node           @types/node     one letter differs
  npm   babel-plugin-lodash  lodash          without the plugin prefix “babel-plugin-”
  golang  github.com/sfp13/cobra   github.com/spf13/cobra  two letters are swapped
  golang  gitlab.com/spf13/cobra   github.com/spf13/cobra  the names look the same
  cargo  serde-json          serde_json      the names look the same
`;

describe('imitates', () => {
  test.each(table(lookAlikes))('$ecosystem $name looks like $target: $why', (row) => {
    const { ecosystem, name, target, why } = row;
    const imitation = lookalikeOf(name, ecosystem, known);
    expect(imitation).toEqual({ target: { ecosystem, name: target }, why });
  });

  test.each([
    ['pypi', 'numpy', 'it is the known one itself'],
    ['pypi', 'utils', 'nothing is left of it'],
    ['pypi', 'my-tools', 'nothing is left of it'],
    ['pypi', 'sixx', 'four letters have too many neighbours'],
    ['pypi', 'pypdf4', 'an honest neighbour of a merely popular name'],
    ['pypi', 'stock-data-aggregator', 'it looks like nothing'],
    ['npm', '@types/nodes', 'its scope has one owner'],
    ['npm', '@acme/react', 'a scope is a name of its own'],
    ['npm', 'constructor', 'it looks like nothing'],
    ['npm', '__proto__', 'it looks like nothing'],
    ['golang', 'github.com/spf13/cobra/v2', 'a major version has the same owner'],
    ['golang', 'gopkg.in/yaml.v2', 'a major version has the same owner'],
    ['golang', 'github.com/spf13/cobra/doc', 'a path below has the same owner'],
    ['golang', 'golang.org/x/text', 'its scope has one owner'],
    ['golang', 'github.com/acme-labs/cobra', 'anybody may have a repository of that name'],
    ['maven', 'guava', 'nothing is known of the ecosystem'],
  ])('%s %s is no look-alike: %s', (ecosystem, name) => {
    expect(lookalikeOf(name, ecosystem, known)).toBeUndefined();
  });

  test('one edit of a long name that everybody has met always looks like a known name', () => {
    const long = ecosystems.flatMap(({ id: ecosystem, topPackages }) =>
      topPackages.filter((name) => /^[a-z]{6,}$/.test(name)).map((name) => ({ ecosystem, name })),
    );
    const edited = fc.record({
      of: fc.constantFrom(...long),
      at: fc.nat(),
      letter: fc.constantFrom('a', 'b', 'x', 'y'),
    });
    fc.assert(
      fc.property(edited, ({ of, at, letter }) => {
        const place = at % of.name.length;
        const name = of.name.slice(0, place) + letter + of.name.slice(place);
        fc.pre(known.tierOf({ ecosystem: of.ecosystem, name }) === undefined);
        expect(lookalikeOf(name, of.ecosystem, known)).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });

  test.skipIf(lines('top-pypi.txt').length === 0)(
    'calls at most 4 % of 2,000 popular projects look-alikes',
    () => {
      const names = lines('top-pypi.txt').slice(0, 2000);
      const alike = names.filter((name) => lookalikeOf(name, 'pypi', known) !== undefined);
      expect(alike.length / names.length).toBeLessThanOrEqual(0.04);
    },
  );

  test.skipIf(rows('typosquats.jsonl').length === 0)('sees most real typosquats of known names', () => {
    const squats = rows('typosquats.jsonl').filter(({ ecosystem, target }) =>
      known.tierOf({ ecosystem, name: target }),
    );
    const seen = squats.filter(({ ecosystem, name, target }) => {
      return lookalikeOf(name, ecosystem, known)?.target.name === target;
    });
    expect(seen.length / squats.length).toBeGreaterThanOrEqual(0.7);
  });
});

function table(text: string) {
  const row = /^(\S+) +(\S+) +(\S+) +(.+)$/;
  return text
    .trim()
    .split('\n')
    .map((line) => row.exec(line.trim()) ?? [])
    .map(([, ecosystem = '', name = '', target = '', why = '']) => ({ ecosystem, name, target, why }));
}
