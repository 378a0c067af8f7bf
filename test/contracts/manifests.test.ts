import { expect, test } from 'vitest';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import type { ManifestContents, ManifestFormat } from '../../src/model/manifest.ts';
import { problemsOf } from './manifest.ts';

test.each(manifestFormats)('$id has everything that a manifest format has to have', async (format) => {
  expect(await problemsOf(format)).toEqual([]);
});

const nothing: ManifestContents = {
  defines: null,
  members: [],
  dependencies: [],
  registries: [],
  usualRegistries: [],
  withoutIndex: [],
  channels: [],
  includes: [],
  constraints: [],
  tables: null,
  generation: null,
  broken: [],
};
const line: ManifestContents = {
  ...nothing,
  registries: [{ what: 'an index', value: 'https://index.example.org', span: { start: 0, end: 0 } }],
};

/** A format of which nothing but its name is written. */
const toy: ManifestFormat = {
  id: 'toys.txt',
  ecosystem: 'toys',
  matches: () => false,
  fileNames: [],
  paths: [],
  furtherEndings: [],
  makesPackage: false,
  isOfMember: false,
  isSettings: false,
  isRare: false,
  read: () => Promise.resolve(nothing),
  editing: { kind: 'byHand', reason: 'change it' },
};

/** A format that is there, so that it has its fixtures. */
const written = formatOf('uv.toml');

const missingFixtures = [
  'write fixtures/manifests/toys.txt/claims.txt: a line “+ path” for what it matches, “- path” for what it does not',
  'write a folder into fixtures/manifests/toys.txt with a manifest that declares something, and expected.txt',
  'write a folder into fixtures/manifests/toys.txt with a malformed manifest, and expected.txt',
];

const faults: readonly (readonly [string, ManifestFormat, readonly string[]])[] = [
  [
    'a format of which nothing is written',
    toy,
    [
      'there is no ecosystem toys: write src/ecosystems/toys and a line into src/ecosystems/index.ts',
      'it has no file name to try in a folder',
      ...missingFixtures,
    ],
  ],
  [
    'names that lead elsewhere, and something out of nothing',
    {
      ...toy,
      ecosystem: written.ecosystem,
      fileNames: ['toys.txt', 'uv.toml'],
      matches: (path) => path === 'uv.toml',
      read: () => Promise.resolve(line),
    },
    [
      'it does not match its own file name toys.txt',
      'it does not match web/toys.txt, its own file name in a folder',
      'it does not match web/uv.toml, its own file name in a folder',
      'its file name uv.toml is also matched by uv.toml',
      'it reads something in an empty text',
      ...missingFixtures,
    ],
  ],
  [
    'a reader that reads nothing',
    { ...written, read: () => Promise.resolve(nothing) },
    [
      'write a folder into fixtures/manifests/uv.toml with a manifest that declares something, and expected.txt',
      'write a folder into fixtures/manifests/uv.toml with a malformed manifest, and expected.txt',
      'its editor changes no line of fixtures/manifests/uv.toml',
    ],
  ],
];

test.each(faults)('%s', async (_, format, sentences) => {
  expect(await problemsOf(format)).toEqual(sentences);
});

function formatOf(id: string): ManifestFormat {
  const format = manifestFormats.find((candidate) => candidate.id === id);
  if (format === undefined) throw new Error(`there is no format ${id}`);
  return format;
}
