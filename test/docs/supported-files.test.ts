import { describe, expect, test } from 'vitest';
import { manifestPurposes, supportedFiles, type Purpose } from '../../scripts/docs/supported-files.ts';
import { ecosystems } from '../../src/ecosystems/index.ts';
import { manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import { languages } from '../../src/languages/index.ts';
import type { ManifestContents } from '../../src/model/manifest.ts';
import { places } from '../../src/starts/places.ts';
import { casesOf } from '../ecosystems/manifests/fixtures.ts';

/*
 * The table of docs/supported-files.md against the code: what the manifests of a format are read for is what its fixtures
 * say, and nothing that is read is without a row. That the page has the table is tested in generated.test.ts.
 */

const registries = { manifests: manifestFormats, starts: places };
const rows = supportedFiles();

/** What a manifest says, in the page's words. */
function purposesIn({ dependencies, members, ...rest }: ManifestContents): readonly Purpose[] {
  const { registries: lines, channels, withoutIndex, constraints, generation } = rest;
  const isSource = lines.length + channels.length + withoutIndex.length + constraints.length > 0;
  return [
    ...(dependencies.some(({ source }) => source.kind === 'registry') ? (['declares'] as const) : []),
    ...(isSource ? (['sources'] as const) : []),
    ...(members.length > 0 ? (['workspace'] as const) : []),
    ...(generation === null ? [] : (['evidence'] as const)),
  ];
}

test.each(manifestFormats)('$id is read for what its fixtures say', async (format) => {
  const readings = await Promise.all(casesOf(format).map(({ file, text }) => format.read(file, text)));
  const said = new Set(readings.flatMap(purposesIn));
  const claimed = manifestPurposes[format.id] ?? [];
  expect([...said].filter((purpose) => !claimed.includes(purpose))).toEqual([]);
  // Of workspaces, Deno’s and uv’s are read elsewhere.
  const shown = claimed.filter((purpose) => purpose === 'declares' || purpose === 'sources');
  expect(shown.filter((purpose) => !said.has(purpose))).toEqual([]);
});

test('no format is told of that there is no longer', () => {
  expect(Object.keys(manifestPurposes).toSorted()).toEqual(manifestFormats.map(({ id }) => id).toSorted());
});

test.each(ecosystems)('every lockfile of $title is evidence', async ({ lockfiles }) => {
  const formats = (await lockfiles?.()) ?? [];
  const evidence = rows.filter(({ purposes }) => purposes.includes('evidence'));
  const names = new Set(evidence.flatMap((row) => row.names));
  expect(formats.flatMap(({ fileNames }) => fileNames).filter((name) => !names.has(name))).toEqual([]);
  expect(formats.filter((format) => !format.fileNames.every((name) => format.matches(name)))).toEqual([]);
});

test('every file that maps names could be one by its name', () => {
  const maps = rows.flatMap((row) => (row.purposes.includes('module map') ? row.names : []));
  const settings = maps.filter((name) => /config|babelrc|webpack|storybook|deno|import_map/.test(name));
  const mapping = settings.filter((name) => languages.some((language) => language.mapsNames(name)));
  expect(settings.length).toBeGreaterThan(100);
  expect(settings.filter((name) => !mapping.includes(name))).toEqual([]);
});

describe('what is new in the code has no row yet', () => {
  test('a manifest format', () => {
    const manifests = manifestFormats.map((format) => ({ ...format, id: `new ${format.id}` }));
    expect(() => supportedFiles({ ...registries, manifests })).toThrow(
      'say in manifestPurposes of scripts/docs/supported-files.ts what new package.json is read for',
    );
  });

  test('a file that may start the tool', () => {
    const starts = [...places, { path: /^toys\.lego$/ }];
    expect(() => supportedFiles({ ...registries, starts })).toThrow(
      String.raw`write a name into samples of scripts/docs/supported-files.ts that ^toys\.lego$ (starts) meets`,
    );
  });
});
