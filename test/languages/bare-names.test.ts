import { expect, test } from 'vitest';
import { languages } from '../../src/languages/index.ts';

/** The names that a file may have without a path, in every language: `folder > specifier`. */
const namesOf = (path: string): string[] =>
  languages.flatMap((language) =>
    language.importableNames(path).map(({ folder, specifier }) => `${folder || '.'} > ${specifier}`),
  );

test.each([
  ['numpy.py', ['. > numpy']],
  ['a/b/c.py', ['a/b > c', 'a > b.c', '. > a.b.c']],
  ['a/numpy/__init__.py', ['a > numpy', '. > a.numpy']],
  ['numpy.cpython-312-x86_64-linux-gnu.so', ['. > numpy']],
  ['numpy.pyi', []],
  ['__init__.py', []],
  ['numpy.ipynb', []],
  ['react.ts', ['. > react.ts', '. > react', '. > react.js']],
  ['src/react/index.js', ['src/react > index.js', 'src/react > index', 'src > react']],
  ['src/normalize.css', ['src > normalize.css']],
  ['src/react.web.tsx', ['src > react.web.tsx', 'src > react.web', 'src > react', 'src > react.web.js']],
  ['src/@acme/ui.vue', ['src > @acme/ui.vue', 'src > @acme/ui', 'src > @acme/ui.js']],
  [
    'src/@acme/ui/index.ts',
    ['src/@acme/ui > index.ts', 'src/@acme/ui > index', 'src/@acme/ui > index.js', 'src > @acme/ui'],
  ],
  ['src/react/package.json', ['src > react']],
  ['package.json', []],
  ['react.d.ts', []],
  ['react.d.mts', []],
  ['react.json', []],
  ['README', []],
])('%s', (path, names) => {
  expect(namesOf(path)).toEqual(names);
});

const project = {
  files: {
    existing: () => Promise.reject(new Error('nobody asks for files')),
    text: () => Promise.reject(new Error('nobody asks for files')),
    list: () => Promise.reject(new Error('nobody asks for files')),
  },
  trusted: [],
  localModules: [],
  ambient: [],
};

test.each([
  ['python', 'numpy', ['numpy']],
  ['python', 'yaml', ['pyyaml']],
  ['python', 'my_lib', ['my-lib']],
  ['python', 'billing', ['acme-billing']],
  ['python', 'google.cloud.storage', ['google-cloud-storage']],
  ['python', 'google', []],
  ['python', 'google.cloud', []],
  ['python', 'numpy.linalg', []],
  ['javascript', 'lodash', ['lodash']],
  ['javascript', '@acme/ui', ['@acme/ui']],
  ['javascript', 'billing', ['acme-billing']],
  ['javascript', 'lodash/fp', []],
  ['javascript', '@/x', []],
  ['javascript', '', []],
])('in %s, %s names %j, whatever files there are', async (id, specifier, names) => {
  const imports = new Map([['billing', ['acme-billing']]]);
  const found = languages.filter((language) => language.id === id);
  const providers = await Promise.all(
    found.map((language) =>
      language.resolver({ ...project, imports, recorded: new Map() }).providers(specifier),
    ),
  );
  expect(providers.flat().map(({ name }) => name)).toEqual(names);
});
