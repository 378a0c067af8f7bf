import { describe, expect, test } from 'vitest';
import { diffLines, replaceIn } from '../../src/app/replacement.ts';
import { packageOf } from '../../src/ecosystems/index.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import type { Reference, Use } from '../../src/model/reference.ts';
import { LineIndex } from '../../src/text/lines.ts';

/** A use of every place in which a text has a specifier. */
function useOf(file: string, text: string, { specifier, name }: { specifier: string; name: string }): Use {
  const format = manifestFormats.find((one) => one.matches(file));
  const ecosystem = format?.ecosystem ?? 'pypi';
  const lines = new LineIndex(text);
  const places: number[] = [];
  for (let at = text.indexOf(specifier); at >= 0; at = text.indexOf(specifier, at + 1)) places.push(at);
  const references = places.map((start): Reference => {
    const place = lines.place({ start, end: start + specifier.length });
    const origin = { kind: 'package', package: packageOf(ecosystem, name), alternatives: [] } as const;
    const kind = format ? 'dependency' : 'static';
    return { kind, specifier, names: [], optional: false, approximate: false, place, excerpt: null, origin };
  });
  const [first, ...rest] = references;
  if (!first) throw new Error(`${file} does not hold ${specifier}`);
  return {
    file,
    language: format?.id ?? 'python',
    package: packageOf(ecosystem, name),
    references: [first, ...rest],
  };
}

async function replaced(file: string, text: string, [from, to]: readonly [string, string]): Promise<string> {
  const format = manifestFormats.find((one) => one.matches(file)) ?? null;
  const ecosystem = format?.ecosystem ?? 'pypi';
  const use = useOf(file, text, { specifier: from, name: from });
  const suggestion = { package: packageOf(ecosystem, to), specifier: to, why: '' };
  const result = await replaceIn(use, suggestion, { text, format });
  return result.kind === 'edit' ? result.after : `by hand: ${result.reason}`;
}

describe('a suggestion takes the place of a package', () => {
  const python = ['numpy_utils', 'numpy'] as const;
  const line = ['numpy-utils', 'numpy'] as const;
  const npm = ['lodash-helpers', 'lodash'] as const;
  const cases: [file: string, texts: [before: string, after: string], names: readonly [string, string]][] = [
    ['a.py', ['import os\r\nimport numpy_utils as nu\r\n', 'import os\r\nimport numpy as nu\r\n'], python],
    ['a.py', ['# é 🐍\nfrom numpy_utils import x\n', '# é 🐍\nfrom numpy import x\n'], python],
    ['requirements.txt', ['flask\nnumpy-utils>=1 # sums\n', 'flask\nnumpy>=1 # sums\n'], line],
    ['requirements.txt', ['numpy-utils>=1 # sums\nnumpy\n', 'numpy\n'], line],
    ['requirements.txt', ['numpy\nnumpy-utils', 'numpy\n'], line],
    [
      'pyproject.toml',
      ['[project]\ndependencies = ["numpy-utils>=1"]\n', '[project]\ndependencies = ["numpy>=1"]\n'],
      line,
    ],
    [
      'pyproject.toml',
      [
        '[project]\ndependencies = [\n  "numpy",\n  "numpy-utils>=1",\n]\n',
        '[project]\ndependencies = [\n  "numpy",\n]\n',
      ],
      line,
    ],
    [
      'pyproject.toml',
      ['[project]\ndependencies = ["numpy", "numpy-utils"]\n', 'by hand: the line can’t be edited safely'],
      line,
    ],
    [
      'package.json',
      ['{ "dependencies": { "lodash-helpers": "^1" } }\n', '{ "dependencies": { "lodash": "^1" } }\n'],
      npm,
    ],
    [
      'package.json',
      [
        '{ "dependencies": { "lodash": "^4", "lodash-helpers": "^1" } }\n',
        '{ "dependencies": { "lodash": "^4" } }\n',
      ],
      npm,
    ],
    [
      'package.json',
      [
        '{ "dependencies": { "lodash-helpers": "^1", "lodash": "^4" } }\n',
        '{ "dependencies": {"lodash": "^4" } }\n',
      ],
      npm,
    ],
    [
      'package.json',
      [
        '{\n  "dependencies": {\n    "lodash": "^4",\n    "lodash-helpers": "^1"\n  }\n}\n',
        '{\n  "dependencies": {\n    "lodash": "^4"\n  }\n}\n',
      ],
      npm,
    ],
  ];
  test.each(cases)('%s: %j', async (file, [before, after], names) => {
    expect(await replaced(file, before, names)).toBe(after);
  });

  test('not where the text does not say it plainly', async () => {
    const text = 'import numpy_utils\n';
    const use = useOf('a.py', text, { specifier: 'numpy_utils', name: 'numpy-utils' });
    const suggestion = { package: packageOf('pypi', 'numpy'), specifier: 'numpy', why: '' };
    const moved = `# new first line\n${text}`;
    expect((await replaceIn(use, suggestion, { text: moved, format: null })).kind).toBe('byHand');
  });
});

test.each([
  ['a\nb\nc\n', 'a\nx\nc\n', ['f:2', '- b', '+ x']],
  ['a\nb\nc\n', 'x\nb\ny\n', ['f:1', '- a', '+ x', 'f:3', '- c', '+ y']],
  ['a\nb\nc\n', 'a\nc\n', ['f:2', '- b']],
  ['a\n', 'a\n', []],
])('the diff of %j and %j', (before, after, lines) => {
  expect(diffLines({ kind: 'edit', file: 'f', before, after })).toEqual(lines);
});
