import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packageOf } from '../../src/ecosystems/index.ts';
import { NameIndex } from '../../src/similar-names/name-index.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { loadPopular } from '../../src/similar-names/popular.ts';
import { sameNameElsewhere, suggest } from '../../src/similar-names/suggest.ts';
import { inventedNames, rows } from './data.ts';

const popular = await loadPopular(['npm', 'pypi']);
const known = new NameIndex([{ ecosystem: 'pypi', name: 'acme-ledger', modules: ['ledger'] }], popular);

/** What a name suggests that exists nowhere, or of which nobody knows. */
function meant(written: string, ecosystem: string, nameIndex = known) {
  return suggest({ package: packageOf(ecosystem, written), specifier: written }, nameIndex, 'generous');
}

/** Names as coding assistants invent them, with the package that was meant. */
const invented = `
  pypi  numpy_utils            numpy
  pypi  pandas_helpers         pandas
  pypi  easy_requests          requests
  pypi  requests_async_client  requests
  pypi  flask_gpt_helper       flask
  pypi  fast_json_schema       fastjsonschema
  pypi  django_toolkit         django
  pypi  sklearn_utils          scikit-learn
  pypi  yaml_tools             pyyaml
  pypi  pillow_helper          pillow
  pypi  torch_utils            torch
  pypi  fastapi_helpers        fastapi
  pypi  simple_sqlalchemy      sqlalchemy
  pypi  openai_wrapper         openai
  pypi  langchain_kit          langchain
  pypi  matplotlib_easy        matplotlib
  npm   react-ai-utils         react
  npm   express-helper         express
  npm   lodash-utils           lodash
  npm   axios-client           axios
  npm   easy-mongoose          mongoose
  npm   super-zod              zod
  npm   node-redis-helper      redis
  npm   vue-toolkit            vue
  npm   dayjs-helpers          dayjs
  npm   simple-jsonwebtoken    jsonwebtoken
  npm   prisma-utils           prisma
  npm   quick-express-server   express
  npm   react-state-helper     react
  npm   graphql-smart-client   graphql
`;

describe('suggest', () => {
  const names = invented
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));

  test('finds what was meant for 29 of 30 names that assistants invent', () => {
    const missed = names.filter(([ecosystem = '', name = '', wanted = '']) => {
      return !meant(name, ecosystem).some((suggestion) => suggestion.package.name === wanted);
    });
    expect(names).toHaveLength(30);
    expect(missed.length, missed.join('; ')).toBeLessThanOrEqual(1);
  });

  test.each([
    ['numpy_utils', 'pypi', 'numpy', 'numpy', 'without the generic part “utils”'],
    ['numpy_utils.linalg', 'pypi', 'numpy', 'numpy', 'without the generic part “utils”'],
    ['nunpy.linalg', 'pypi', 'numpy', 'numpy.linalg', 'one letter differs'],
    ['sklearn-helper', 'pypi', 'scikit-learn', 'sklearn', 'without the generic part “helper”'],
    ['opencv', 'pypi', 'opencv-python', 'cv2', 'with the generic part “python”'],
    ['pytorch', 'pypi', 'torch', 'torch', 'without the generic part “py”'],
    ['sklean', 'pypi', 'scikit-learn', 'sklearn', 'one letter differs from its module sklearn'],
    ['skleran', 'pypi', 'scikit-learn', 'sklearn', 'two letters of its module sklearn are swapped'],
    ['djang0', 'pypi', 'django', 'django', 'the names look the same'],
    ['types-node', 'npm', '@types/node', '@types/node', 'the same name without its scope'],
    ['pilow', 'pypi', 'pillow', 'PIL', 'one letter differs'],
    ['acme_ledgr', 'pypi', 'acme-ledger', 'ledger', 'one letter differs; this project uses it'],
    ['lodahs/fp', 'npm', 'lodash', 'lodash/fp', 'two letters are swapped'],
    ['react-ai-utils/hooks', 'npm', 'react', 'react', 'without the generic parts “ai” and “utils”'],
    ['@type/node', 'npm', '@types/node', '@types/node', 'one letter differs'],
  ])('%s on %s: %s, written %s', (...row) => {
    const [written, ecosystem, name, specifier, why] = row;
    expect(meant(written, ecosystem)[0]).toEqual({ package: { ecosystem, name }, specifier, why });
  });

  test('one letter away is not as near where that name is known less', () => {
    const names = (written: string) => meant(written, 'pypi').map((suggestion) => suggestion.package.name);
    expect(names('pytorch')).toEqual(['torch']);
  });

  test.each([
    ['two of the project’s, each one letter away', ['acme-ledger', 'acme-ledges'], 'acme-ledgex'],
    ['one of the project’s and a well-known one, spelled alike', ['flask'], 'flask_pagination_helper'],
  ])('innocent: two are as near: %s', (_, names, written) => {
    const project = names.map((name) => ({ ecosystem: 'pypi', name, modules: [] }));
    expect(meant(written, 'pypi', new NameIndex(project, popular))).toHaveLength(2);
  });

  test.each([
    ['express', 'pypi', 'npm', 'a known name on npm, not on PyPI'],
    ['beautifulsoup4', 'npm', 'pypi', 'a known name on PyPI, not on npm'],
  ])('%s, absent on %s: known on %s', (...row) => {
    const [name, ecosystem, other, why] = row;
    const target = { ecosystem: other, name };
    expect(sameNameElsewhere({ ecosystem, name }, known)).toEqual([
      { package: target, specifier: name, why },
    ]);
    expect(meant(name, ecosystem).map((suggestion) => suggestion.package)).not.toContainEqual(target);
  });

  test.each([
    'github.com/google/uuid',
    'github.com/acme-labs/toolbelt',
    'gopkg.in/yaml.v2',
    'golang.org/x/tools',
  ])('parts that most paths share make nothing near %j', async (name) => {
    const project = [{ ecosystem: 'golang', name: 'github.com/gorilla/mux', modules: [] }];
    const names = new NameIndex(project, await loadPopular(['golang']));
    expect(meant(name, 'golang', names)).toEqual([]);
    expect(meant('github.com/gorila/mux', 'golang', names)).toMatchObject([
      { specifier: 'github.com/gorilla/mux' },
    ]);
  });

  test.each(['xqzwv', 'zzz', 'stock_data_aggregator', '.', ''])('nothing is near %j', (name) => {
    expect(meant(name, 'pypi')).toEqual([]);
  });

  test('gives at most three different packages of the ecosystem, none of them the name itself', () => {
    const words = ecosystems.flatMap(({ topPackages }) => topPackages);
    const name = fc
      .tuple(
        fc.constantFrom(...words),
        fc.constantFrom('', '-', 'x'),
        fc.constantFrom('', 'utils', 'q', ...words),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(name, fc.constantFrom('npm', 'pypi'), (written, ecosystem) => {
        const { name: asked } = packageOf(ecosystem, written);
        const found = meant(written, ecosystem).map((one) => `${one.package.ecosystem}:${one.package.name}`);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(new Set(found).size).toBe(found.length);
        expect(found).not.toContain(`${ecosystem}:${asked}`);
      }),
      { numRuns: 60 },
    );
  });
});

describe.skipIf(inventedNames('fabrication').length === 0)('suggest, measured', () => {
  test.each([
    ['typo_small', 0.95],
    ['typo_medium', 0.8],
  ])('finds the origin of %s names in %d of all cases', (kind, share) => {
    const all = inventedNames(kind);
    const found = all.filter(({ name, base }) =>
      meant(name, 'pypi').some(({ package: { name: target }, specifier }) => {
        return base.some((one) => one === specifier || packageOf('pypi', one).name === target);
      }),
    );
    expect(found.length / all.length).toBeGreaterThanOrEqual(share);
  });

  test('suggests nothing for most names that derive from nothing', () => {
    const all = inventedNames('fabrication');
    const some = all.filter(({ name }) => meant(name, 'pypi').length > 0);
    expect(some.length / all.length).toBeLessThan(0.5);
  });

  test('finds the target of real typosquats', () => {
    const squats = rows('typosquats.jsonl').filter(({ ecosystem, target }) =>
      known.tierOf({ ecosystem, name: target }),
    );
    const found = squats.filter(({ ecosystem, name, target }) => {
      return meant(name, ecosystem).some((one) => one.package.name === target);
    });
    expect(squats.length).toBeGreaterThan(50);
    expect(found.length / squats.length).toBeGreaterThanOrEqual(0.8);
  });
});

test.each([
  ['npm', 'react'],
  ['npm', 'lodash'],
  ['pypi', 'numpy'],
  ['pypi', 'attrs'],
  ['pypi', 'grequests'],
  ['pypi', 'acme-ledger'],
])('nothing is suggested for %s:%s, which is known itself', (ecosystem, name) => {
  expect(meant(name, ecosystem)).toEqual([]);
});

/** Names of this list are equally near: nobody could say why one of them stands there and the other does not. */
test.each([
  ['acme-tabl', ['acme-table', 'acme-market'], 1],
  ['acme-tabl', ['acme-table', 'acme-tablx'], 2],
  ['acme-tabl', ['acme-table', 'acme-tablx', 'acme-tabls'], 3],
  ['acme-tabl', ['acme-table', 'acme-tablx', 'acme-tabls', 'acme-tably'], 2],
])('%s beside %j: %i are suggested', (name, project, count) => {
  const index = new NameIndex(
    project.map((known) => ({ ecosystem: 'pypi', name: known, modules: [] })),
    new Map(),
  );
  expect(meant(name, 'pypi', index)).toHaveLength(count);
});

test('names of an ecosystem whose list was not loaded are not compared with', async () => {
  const names = new NameIndex([], await loadPopular(['pypi']));
  expect(names.tierOf({ ecosystem: 'pypi', name: 'requests' })).toBe('top');
  expect(names.tierOf({ ecosystem: 'npm', name: 'react' })).toBeUndefined();
  expect(sameNameElsewhere({ ecosystem: 'pypi', name: 'react' }, names)).toEqual([]);
});
