import { describe, expect, test } from 'vitest';
import { packageOf } from '../../src/ecosystems/index.ts';
import { distributionsOf } from '../../src/ecosystems/pypi/module-map/modules-of.ts';
import { suggestionsFor } from '../../src/lookups/suggestions-for.ts';
import { purl } from '../../src/model/package.ts';
import { NameIndex } from '../../src/similar-names/name-index.ts';
import { loadPopular } from '../../src/similar-names/popular.ts';

const project = [{ ecosystem: 'pypi', name: 'acme-ledger', modules: ['ledger'] }];
const nameIndex = new NameIndex(project, await loadPopular(['npm', 'pypi']));

/** What is said where `specifier` stands and leads to a package, which by its name is the same one. */
async function suggested(specifier: string, grade: string, subject = packageOf('pypi', specifier)) {
  const found = await suggestionsFor({ package: subject, specifier }, grade, { project, nameIndex });
  return found.map((one) => `${purl(one.package)} ${one.specifier}: ${one.why}`);
}

const grades = ['exists', 'lookalike', 'unproven', 'young', 'not-asked', 'nonexistent'];

describe('an import whose distribution the bundled map knows misspells nothing', () => {
  const modules =
    'PIL yaml cv2 sklearn bs4 fitz dotenv dateutil jwt serial docx Crypto OpenSSL git attr magic usb zmq ' +
    'google.protobuf MySQLdb psycopg2 skimage Xlib pkg_resources google yaml.nodes';
  test.each(modules.split(' '))('%s', async (module) => {
    const providers = distributionsOf(module);
    const subject = packageOf('pypi', providers[0] ?? 'google-cloud-storage');
    for (const grade of grades) expect(await suggested(module, grade, subject)).toEqual([]);
  });
});

describe('a line of a manifest with the name of a module of another distribution', () => {
  test.each([
    ['PIL', 'pillow'],
    ['pil', 'pillow'],
    ['jwt', 'pyjwt'],
    ['serial', 'pyserial'],
    ['docx', 'python-docx'],
    ['fitz', 'pymupdf'],
    ['sklearn', 'scikit-learn'],
    ['bs4', 'beautifulsoup4'],
    ['dotenv', 'python-dotenv'],
    ['crypto', 'pycryptodome'],
    ['ffmpeg', 'ffmpeg-python'],
  ])('%s: %s, and no other, whatever its grade', async (written, name) => {
    for (const grade of grades) {
      const found = await suggested(written, grade);
      expect(found).toEqual([expect.stringMatching(new RegExp(`^pkg:pypi/${name} .*it provides `, 'u'))]);
    }
  });

  test.each([
    ['attrs', 'provides a module of its own name'],
    ['jupyter', 'is known better than what provides its module'],
    ['setuptools', 'is known itself'],
    ['opencv-python-headless', 'is another provider of the same module'],
  ])('%s suggests nothing: it %s', async (written) => {
    for (const grade of grades) expect(await suggested(written, grade)).toEqual([]);
  });
});

describe('the grade tells how far a guess may go', () => {
  test.each([
    // What exists is compared narrowly.
    ['reqeusts', 'exists', ['pkg:pypi/requests requests: two letters are swapped']],
    ['requests-thing', 'exists', []],
    ['requests-thing', 'young', ['pkg:pypi/requests requests: the names are similar']],
    ['pil.Image', 'nonexistent', ['pkg:pypi/pillow PIL.Image: it provides PIL']],
    ['numpy_utils', 'not-asked', ['pkg:pypi/numpy numpy: without the generic part “utils”']],
    // Most well-known names exist in several ecosystems.
    ['lodash', 'nonexistent', ['pkg:npm/lodash lodash: a known name on npm, not on PyPI']],
    ['webpack', 'exists', []],
    ['playwright', 'exists', []],
    ['openai', 'lookalike', []],
    // No package can have these names: they resemble some by chance, if not by their letters.
    ['_speedups', 'nonexistent', []],
    ['_speedups', 'not-asked', []],
    ['_pandas_toolbelt', 'not-asked', []],
    ['pаndas', 'not-asked', ['pkg:pypi/pandas pandas: one letter differs']],
  ])('%s, %s: %j', async (specifier, grade, expected) => {
    expect(await suggested(specifier, grade)).toEqual(expected);
  });

  test.each(['exists', 'young', 'lookalike', 'unproven', 'unanswered', 'not-asked', 'withdrawn'])(
    '%s: nothing is said of other ecosystems',
    async (grade) => {
      for (const name of ['express', 'lodash', 'stripe', 'webpack'])
        expect((await suggested(name, grade)).join()).not.toContain('not on PyPI');
    },
  );
});
