import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { formatOf, manifestFormats } from '../../src/ecosystems/manifest-formats.ts';
import { lineAdded, lineRemoved, lineReplaced, readManifest } from '../../src/ecosystems/manifest-change.ts';
import type { LineEdits } from '../../src/model/manifest-editor.ts';
import type { Dependency, ManifestContents, ManifestFormat } from '../../src/model/manifest.ts';
import { applySplices } from '../../src/text/text-edit.ts';
import { rounds } from '../kit/length.ts';
import { casesOf } from './manifests/fixtures.ts';
import { randomManifests } from './random-manifests.ts';

/* An edit of a manifest changes exactly one of the lines that it declares, and nothing around it. */

/** One edit of a text, and which line it is about: the numbers count from 0 and begin anew behind the last line. */
interface Trial {
  readonly text: string;
  readonly line: number;
  readonly kind: (typeof kinds)[number];
}

const trialOf = (texts: fc.Arbitrary<string>): fc.Arbitrary<Trial> =>
  fc.record({
    text: texts,
    line: fc.nat(40),
    kind: fc.constantFrom(...kinds),
  });

const kinds = ['add', 'remove', 'rename', 'replace'] as const;

const added = 'new-package';
const isLogged = process.env['EDITS_LOG'] !== undefined;

/** How often something was edited, and how often people have to. */
interface Count {
  edited: number;
  byHand: number;
}

interface Outcome {
  readonly plan: LineEdits;
  readonly line: Dependency | undefined;
  readonly contents: ManifestContents;
}

async function attempt(
  path: string,
  format: ManifestFormat,
  { text, line: number, kind }: Trial,
): Promise<Outcome | null> {
  const manifest = await readManifest(path, text, format);
  const { dependencies } = manifest.contents;
  const target = { ecosystem: format.ecosystem, name: added };
  if (kind === 'add') {
    const plan = await lineAdded(manifest, { package: target, latest: number % 2 === 0 ? '1.2.3' : null });
    return { plan, line: undefined, contents: manifest.contents };
  }
  const line = dependencies[number % Math.max(dependencies.length, 1)];
  if (line === undefined) return null;
  if (kind === 'remove')
    return { plan: await lineRemoved(manifest, line), line, contents: manifest.contents };
  const other = dependencies[(number * 7 + 1) % dependencies.length]?.name;
  const name = kind === 'rename' ? added : other;
  if (name === line.name || name === null || name === undefined) return null;
  return { plan: await lineReplaced(manifest, line, { ...target, name }), line, contents: manifest.contents };
}

/** @returns What is declared in one text and not in the other one, each line with all that it says. */
function difference(
  before: ManifestContents,
  after: ManifestContents,
): { readonly gone: string[]; readonly come: string[] } {
  const textsOf = ({ dependencies }: ManifestContents) =>
    dependencies.map((line) => JSON.stringify({ ...line, span: null }));
  const gone: string[] = [];
  const come = textsOf(after);
  for (const text of textsOf(before)) {
    const at = come.indexOf(text);
    if (at === -1) gone.push(text);
    else come.splice(at, 1);
  }
  return { gone, come };
}

async function holdFor(
  format: ManifestFormat,
  { path, isMarked }: { readonly path: string; readonly isMarked: boolean },
  trial: Trial,
  count: Count,
): Promise<void> {
  const outcome = await attempt(path, format, trial);
  if (outcome === null) return;
  const { plan, line, contents } = outcome;
  if (plan.kind === 'byHand') {
    count.byHand += 1;
    expect(plan.reason).toMatch(/\w/);
    return;
  }
  count.edited += 1;
  const after = applySplices(trial.text, plan.edits);
  const newContents = await format.read(path, after);
  const { gone, come } = difference(contents, newContents);
  const isRemoval = trial.kind === 'remove' || (trial.kind === 'replace' && come.length === 0);
  expect([gone.length, come.length], after).toEqual(
    trial.kind === 'add' ? [0, 1] : isRemoval ? [1, 0] : [1, 1],
  );
  expect(newContents.broken.map(({ message }) => message)).toEqual(
    contents.broken.map(({ message }) => message),
  );
  expect(restOf(newContents)).toEqual(restOf(contents));
  expectSameEnds(trial.text, after);
  if (contents.broken.length === 0) expectParsed(path, trial.text, after);
  if (!isMarked) return;
  const made = trial.kind === 'add' ? 'add' : isRemoval ? 'remove' : 'rename';
  expectOtherLinesKept(trial.text, after, { made, name: line?.specifier ?? added });
  expectCommentsWithTheirOwners(trial.text, after, isRemoval ? (line?.specifier ?? null) : null);
}

/** What a manifest says besides its lines, without the places. */
function restOf(contents: ManifestContents): unknown {
  const withoutPlaces = (lines: readonly unknown[]) =>
    lines.map((line) => JSON.stringify(line, (key, inner: unknown) => (key === 'span' ? null : inner)));
  const registries = withoutPlaces(contents.registries);
  // A string of a program that could name a file may be the very requirement.
  const stated = contents.includes.filter(({ isPossible }) => isPossible !== true);
  const [includes, constraints] = [withoutPlaces(stated), withoutPlaces(contents.constraints)];
  const broken = contents.broken.map(({ message }) => message);
  return { ...contents, dependencies: [], registries, includes, constraints, broken };
}

/** A text whose lines all end alike keeps that up. */
function expectSameEnds(before: string, after: string): void {
  if (before.includes('\r\n') && !/(?<!\r)\n/.test(before)) expect(after).not.toMatch(/(?<!\r)\n/);
  if (!before.includes('\r')) expect(after).not.toContain('\r');
}

/** Of other lines at most a comma comes or goes; the line of a list gets or loses one item. */
function expectOtherLinesKept(
  before: string,
  after: string,
  { made, name }: { readonly made: 'add' | 'remove' | 'rename'; readonly name: string },
): void {
  const linesOf = (text: string) => text.split(/\r?\n/).map((line) => line.replace(/[\s,]/g, ''));
  const changed = linesOf(after).filter((line) => line !== '');
  const lost = linesOf(before).filter((line) => {
    const at = changed.indexOf(line);
    if (at !== -1) changed.splice(at, 1);
    return at === -1 && line !== '';
  });
  // What a table of its own says does not name it.
  const foreign = lost.filter(
    (line) => !line.includes(name) && !/^(?:version=|extras=|"fast"|\])/.test(line),
  );
  if (made === 'rename') expect([lost.length, foreign], after).toEqual([changed.length, []]);
  if (made === 'remove') expect(foreign, after).toEqual([]);
  if (made === 'remove')
    expect(
      changed.every((line) => lost.some((whole) => isLessThan(line, whole))),
      after,
    ).toBe(true);
  // An empty list or table gets its item in a line of its own, and its bracket another line.
  const joined = changed.join('');
  if (made === 'add')
    expect(
      lost.every((line) => isLessThan(line, joined)),
      after,
    ).toBe(true);
}

/** Is a line another one without one piece? */
function isLessThan(line: string, whole: string): boolean {
  let start = 0;
  while (start < line.length && line[start] === whole[start]) start += 1;
  return line.length <= whole.length && whole.endsWith(line.slice(start));
}

/** Programs that we did not write can still read it. */
function expectParsed(path: string, before: string, after: string): void {
  const parse = parserOf(path);
  if (parse === null || !isParsed(parse, before)) return;
  expect(isParsed(parse, after), after).toBe(true);
}

type Parser = (text: string) => unknown;

function isParsed(parse: Parser, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

function parserOf(path: string): Parser | null {
  if (/(?:package|manifest)\.json$/.test(path)) return JSON.parse;
  if (/\.toml$|Pipfile$/.test(path)) return (text) => parseToml(text);
  return /\.ya?ml$/.test(path) ? parseYaml : null;
}

/** Comments of random manifests name what they are about: they stay in the line of that, and go with it at most. */
function expectCommentsWithTheirOwners(before: string, after: string, removed: string | null): void {
  const misplaced = (text: string) =>
    text.split(/\r?\n/).filter((line) => {
      const name = /about ([^\s,]+)/.exec(line)?.[1];
      return (
        name !== undefined &&
        !line.slice(0, line.indexOf('about')).includes(name) &&
        !line.startsWith('    --hash')
      );
    });
  if (removed === null) expect(commentsOf(after)).toEqual(commentsOf(before));
  else
    expect(commentsOf(before).filter((comment) => !comment.endsWith(` ${removed}`))).toEqual(
      commentsOf(after).filter((comment) => !comment.endsWith(` ${removed}`)),
    );
  if (removed !== null) expect(misplaced(after)).toEqual(misplaced(before));
}

function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:about|above) [^\s,]+/g)].map(([comment]) => comment);
}

describe('a random edit of a random manifest', () => {
  test.each([...randomManifests])('%s', async (path, texts) => {
    const format = formatOf(path);
    if (format === undefined) throw new Error(`no format matches ${path}`);
    const count: Count = { edited: 0, byHand: 0 };
    await fc.assert(
      fc.asyncProperty(trialOf(texts), (trial) => holdFor(format, { path, isMarked: true }, trial, count)),
      { numRuns: rounds(60, 2000) },
    );
    if (isLogged) console.log(`${path}: ${JSON.stringify(count)}`);
    // An editor that leaves most to people is none.
    expect(count.edited / (count.edited + count.byHand)).toBeGreaterThan(0.5);
  });
});

/* Fixtures show every shape that a reader knows; broken ones show what people have while they type. */
describe('a random edit of a fixture with a few places cut out, repeated or replaced', () => {
  const editable = manifestFormats.filter(({ editing }) => editing.kind === 'editor');
  test.each(editable)('$id', async (format) => {
    const fixtures = casesOf(format);
    const count: Count = { edited: 0, byHand: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fixtures), cuts, fc.nat(), async ({ file, text }, made, number) => {
        const kind = kinds[number % kinds.length] ?? 'add';
        const damaged = made.reduce(cutAt, text);
        await holdFor(
          format,
          { path: file, isMarked: false },
          { text: damaged, line: number >> 2, kind },
          count,
        );
      }),
      { numRuns: rounds(40, 1000) },
    );
    if (isLogged) console.log(`fixtures of ${format.id}: ${JSON.stringify(count)}`);
  });
});

interface Cut {
  readonly at: number;
  readonly length: number;
  readonly piece: string;
}

const pieces = [
  '',
  '\\',
  '"',
  '"""',
  "'",
  ',',
  '#',
  '\n',
  '\r\n',
  '\\\n',
  '[',
  ']',
  '{',
  '}',
  ' ',
  ': ',
  '//',
];
const cuts: fc.Arbitrary<readonly Cut[]> = fc.array(
  fc.record({ at: fc.nat(900), length: fc.nat(12), piece: fc.constantFrom(...pieces) }),
  { maxLength: 2 },
);

function cutAt(text: string, { at, length, piece }: Cut): string {
  const from = at % Math.max(text.length, 1);
  return text.slice(0, from) + piece + text.slice(from + length);
}
