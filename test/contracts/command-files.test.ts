import { describe, expect, test } from 'vitest';
import { kindOf } from '../../src/analysis/source-kinds.ts';
import { commandFiles, containers } from '../../src/containers/index.ts';
import { languages } from '../../src/languages/index.ts';
import { commandFileSamples } from './command-file-samples.ts';
import { hooksCoverPath } from './repository.ts';

const formats = await Promise.all(
  commandFiles.map(async (format) => ({ id: (await format.container()).id, format })),
);
/** The same reader may be of several formats: pages are for assistants or for people. */
const ids = [...new Set(formats.map(({ id }) => id))];
const others = await Promise.all(containers.map(async (format) => (await format.container()).id));

/** @returns A path that ends so. */
function sampleOf(pattern: string): string {
  return pattern.replace(/^\//, '').replaceAll('**', 'harbour').replaceAll('*', 'harbour');
}

const paths = formats.flatMap(({ id, format }) =>
  [...format.commands.fileNames, ...format.commands.paths].map((name) => ({ id, format, name })),
);

test('no container has the id of another kind', () => {
  expect(ids.filter((id) => others.includes(id))).toEqual([]);
});

test.each(paths)('$id: $name is told by its name, and by no other format', ({ format, name }) => {
  const path = sampleOf(name);
  expect(commandFiles.filter(({ commands }) => commands.matches(path))).toEqual([format]);
  expect(kindOf(path, { languages, containers: [...containers, ...commandFiles] })).toEqual({
    kind: 'container',
    format,
  });
  expect(format.commands.matches(path.toUpperCase())).toBe(true);
});

test.each(paths.filter(({ format }) => format.commands.fileNames.length > 0))(
  '$id: $name has small letters where it is a whole name',
  ({ format }) => {
    for (const name of format.commands.fileNames) expect(name).toMatch(/^[^/A-Z]+$/);
  },
);

test.each(paths.filter(({ format }) => format.commands.runBy !== 'reader'))(
  '$id: hooks are called for $name',
  ({ name }) => {
    expect(hooksCoverPath(sampleOf(name))).toBe(true);
  },
);

describe('every container of commands', () => {
  test('has a sample', () => {
    expect(Object.keys(commandFileSamples).toSorted()).toEqual(ids.toSorted());
  });

  test.each(formats)(
    '$id finds the command of its sample, nothing in an empty file, and fails at no end',
    async ({ id, format }) => {
      const container = await format.container();
      const sample = commandFileSamples[id] ?? '';
      const whole = await container.contents(sample);
      expect(whole.segments.filter(({ text }) => /npx\W+harbour/.test(text))).toHaveLength(1);
      expect(whole.broken).toBeNull();
      expect(await container.contents('')).toEqual({ segments: [], broken: null });
      for (let end = 0; end < sample.length; end += 1) await container.contents(sample.slice(0, end));
    },
  );
});

test.each<readonly [path: string, isCommandFile: boolean]>([
  ['Dockerfile.md', false],
  ['Dockerfile-cpu.patch', false],
  ['a/Dockerfile.diff', false],
  ['Containerfile.txt', false],
  ['b.Dockerfile.orig', false],
  ['Makefile.rej', false],
  ['Procfile.MD', false],
  ['Dockerfile.dev', true],
  ['Dockerfile-cpu', true],
  ['Makefile-dev', true],
  ['Makefile.patches', true],
])('%s holds commands: %s', (path, isCommandFile) => {
  expect(commandFiles.some(({ commands }) => commands.matches(path))).toBe(isCommandFile);
});

test('a program by its ending stays one, whatever else its name says', () => {
  const kinds = { languages, containers: [...containers, ...commandFiles] };
  expect(kindOf('src/dockerfile.ts', kinds)?.kind).toBe('language');
  expect(kindOf('src/Dockerfile.vue', { languages, containers })?.kind).toBe('container');
  expect(kindOf('README', kinds)?.kind).toBe('script');
  expect(kindOf('notes.md', kinds)).toBeUndefined();
});
