import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packageLabel } from '../../src/model/package.ts';
import type { Entry } from '../../src/model/status.ts';
import { edit, type Edit } from '../../src/whitelist/edit.ts';
import { readLines } from '../../src/whitelist/line-reader.ts';
import { withoutMark } from '../../src/whitelist/read.ts';
import { readWhitelistYaml } from '../../src/whitelist/yaml-reader.ts';
import { rounds } from '../kit/length.ts';
import { entryOf, file, meaningOf, put, takeOut } from './entries.ts';
import { contentsOf, labels } from './generate.ts';

const count = rounds(250, 1000);

/** A line of a generated file, and what an edit may do with it. */
interface Line {
  readonly text: string;
  /** The package whose entry it is part of. */
  readonly owner?: string;
  /** What has to stay behind the entry. */
  readonly tail?: string;
  /** Does every edit join it with others? */
  readonly isJoined?: true;
}

/** An entry as people write it, in one of several styles; `mark` makes its comments recognisable. */
function entryLines(label: string, indent: string, mark: string): fc.Arbitrary<readonly Line[]> {
  const [owner, tail] = [label, ` # tail ${mark}`];
  const spelled = label.startsWith('pypi:') ? label.replaceAll('-', '_') : label;
  const head = `${indent}${spelled}:`;
  return fc.constantFrom<readonly Line[]>(
    [{ text: `${head} { approved: ${mark} }`, owner }],
    [{ text: `${head}   { 'denied': "${mark} # }" , by: it's }${tail}`, owner, tail }],
    [
      { text: `${indent}# above ${mark}` },
      { text: `  ${indent}#above ${mark}` },
      { text: `${head} { baseline: 2026-11-23 }`, owner },
    ],
    [
      { text: `${head}${tail}`, owner, tail },
      { text: `${indent}  # inside ${mark}`, owner },
      { text: `${indent}  requested: >-`, owner },
      { text: `${indent}   ${mark}`, owner },
      { text: `${indent}   and more`, owner },
      { text: `${indent}# below ${mark}` },
    ],
    [
      { text: `${head} { approved: ${mark},`, owner },
      { text: `${indent}  by: Ada }${tail}`, owner, tail },
      { text: '' },
    ],
    [
      { text: `${indent}? ${spelled}`, owner },
      { text: `${indent}: { approved: ${mark} }`, owner },
    ],
  );
}

const fillers = fc.constantFrom<readonly Line[]>(
  [],
  [],
  [],
  [{ text: '' }],
  [{ text: '  ' }, { text: '# alone' }, { text: '' }],
);

function packageLines(indent: string, part: string): fc.Arbitrary<readonly Line[]> {
  return fc
    .array(labels, { maxLength: 4 })
    .chain((all) =>
      fc.tuple(
        ...all.map((label, index) => fc.tuple(entryLines(label, indent, `${part}${String(index)}`), fillers)),
      ),
    )
    .map((blocks) => blocks.flat(2));
}

const covers = ['covers: [npm, pypi] # two', 'covers: ["golang"]'];
const headers = fc
  .tuple(fc.subarray(covers), fc.subarray(['extends: [a.yaml]', 'extends: b.yaml # more']))
  .map((keys) =>
    keys.flatMap((lines): Line[] =>
      lines.map((text) => (lines.length > 1 ? { text, isJoined: true as const } : { text })),
    ),
  );

/** Packages once, or twice as after a merge. */
const lines = fc
  .tuple(headers, fc.constantFrom('  ', '     '), fc.boolean())
  .chain(([first, indent, isTwice]) =>
    fc
      .tuple(packageLines(indent, 'a'), packageLines(indent, 'b'))
      .map(([one, other]): readonly Line[] => [
        { text: '# ours' },
        ...first,
        { text: '# prettier-ignore' },
        { text: 'packages: # all' },
        ...one,
        ...(isTwice ? [{ text: 'packages:', isJoined: true } as const, ...other] : []),
        { text: '# end' },
      ]),
  );

interface Document {
  readonly lines: readonly Line[];
  readonly eols: readonly string[];
  readonly hasEnd: boolean;
  readonly mark: string;
}

const documents: fc.Arbitrary<Document> = fc.record({
  lines,
  eols: fc.constantFrom(['\n'], ['\r\n'], ['\n', '\r\n']),
  hasEnd: fc.boolean(),
  mark: fc.constantFrom('', '\ufeff'),
});

const eolOf = ({ eols }: Document, index: number) => eols[index % eols.length] ?? '\n';
const textOf = (document: Document) =>
  document.mark +
  document.lines
    .map(({ text }, index) =>
      index === document.lines.length - 1 && !document.hasEnd ? text : text + eolOf(document, index),
    )
    .join('');

const edits = fc.array(
  fc.tuple(
    labels.chain((label) => contentsOf(label).map((content) => put(label, content))),
    fc.boolean(),
    fc.nat(),
  ),
  { minLength: 1, maxLength: 4 },
);

type RawEdit = readonly [change: Edit, removes: boolean, target: number];

/** Half of the edits meet an entry that is there. */
function aimed(all: readonly RawEdit[], entries: readonly Entry[]): Edit[] {
  return all.map(([change, removes, target]) => {
    const entry = target % 2 === 0 ? entries[target % Math.max(entries.length, 1)] : undefined;
    const label = packageLabel(entry ?? change);
    if (removes || change.content === null) return takeOut(label);
    const { kind, reason = null, date = null, by = null } = change.content;
    return entry === undefined ? change : put(label, { kind, reason, date, by });
  });
}

test('an edited file says what was meant, keeps everything else, and both readers agree on it', async () => {
  let [changed, joined] = [0, 0];
  await fc.assert(
    fc.asyncProperty(documents, edits, async (document, raw) => {
      const text = textOf(document);
      const before = await readWhitelistYaml(file, withoutMark(text));
      expect(before.faults).toEqual([]);
      const all = aimed(raw, before.entries);
      const result = await edit(file, text, all);
      if (result.kind === 'refused') throw new Error(`${result.fault.message} ${result.fault.next}`);
      if (result.text !== text) changed += 1;
      if (before.warnings.length > 0) joined += 1;

      const last = new Map(all.map((change) => [packageLabel(change), change]));
      const meant = [
        ...before.entries.filter((entry) => !last.has(packageLabel(entry))),
        ...[...last].flatMap(([label, { content }]) => (content === null ? [] : [entryOf([label, content])])),
      ];
      const after = await readWhitelistYaml(file, withoutMark(result.text));
      expect(after.faults).toEqual([]);
      expect(after.warnings).toEqual([]);
      expect(after.entries.map(meaningOf).toSorted()).toEqual(meant.map(meaningOf).toSorted());
      for (const key of ['covers', 'extends'] as const)
        expect(new Set(after[key]?.map((item) => ('word' in item ? item.word : item.path)))).toEqual(
          new Set(before[key]?.map((item) => ('word' in item ? item.word : item.path))),
        );

      const read = readLines(file, withoutMark(result.text));
      if (read !== undefined) expect(read.entries).toEqual(after.entries);
      expect(result.text.startsWith('\ufeff')).toBe(document.mark !== '');
      expectSameLines(document, last, result.text);
    }),
    { numRuns: count },
  );
  expect(changed).toBeGreaterThan(count / 2);
  expect(joined).toBeGreaterThan(count / 4);
});

/** Every line that stays is there, in its order and with its end; what else is there was written by the edit. */
function expectSameLines(document: Document, all: ReadonlyMap<string, Edit>, after: string): void {
  const rest = withoutMark(after).match(/.*?(?:\r?\n|$)/gs) ?? [];
  const added: string[] = [];
  let at = 0;
  const entries = entriesOf(document.lines, all);
  for (const line of keptLines(document, entries)) {
    const found = rest.findIndex((candidate, index) => index >= at && sameLine(candidate, line, document));
    expect(found, `the line ${JSON.stringify(line)} is gone`).toBeGreaterThanOrEqual(at);
    for (const other of rest.slice(at, found)) added.push(other);
    at = found + 1;
  }
  for (const other of rest.slice(at)) if (other !== '') added.push(other);
  const keysWithTails = added.map(
    (line) => (/^ *(\S+):/.exec(line)?.[1] ?? line) + (/ # tail \S+$/.exec(line.trimEnd())?.[0] ?? ''),
  );
  expect(keysWithTails.toSorted()).toEqual(writtenKeys(document.lines, entries, all).toSorted());
}

/** The last line of a file may lose its end, or get one. */
function sameLine(candidate: string, line: string, { hasEnd }: Document): boolean {
  return hasEnd ? candidate === line : candidate.trimEnd() === line.trimEnd();
}

/** The lines of an entry, and what an edit does with it: a package that stands several times keeps its first place. */
interface EntryLines {
  readonly owner: string;
  readonly start: number;
  readonly end: number;
  readonly fate: 'stays' | 'written' | 'gone';
}

function keptLines(document: Document, entries: readonly EntryLines[]): string[] {
  const isComment = (index: number) => document.lines[index]?.text.trimStart().startsWith('#') === true;
  const dropped = new Set<number>();
  for (const { start, end, fate } of entries) {
    for (let index = start; index < end; index++)
      if (fate === 'gone' || (fate === 'written' && !isComment(index))) dropped.add(index);
    for (let index = start - 1; fate === 'gone' && isComment(index); index--) dropped.add(index);
  }
  return document.lines.flatMap(({ text, owner, isJoined }, index) =>
    dropped.has(index) || (owner === undefined && isJoined) ? [] : [text + eolOf(document, index)],
  );
}

/** The keys of the lines that an edit writes, with what people wrote behind them. */
function writtenKeys(
  lines: readonly Line[],
  entries: readonly EntryLines[],
  all: ReadonlyMap<string, Edit>,
): string[] {
  const headerLines = lines.filter(({ owner, isJoined }) => owner === undefined && isJoined);
  const headerKeys = new Set(headerLines.map(({ text }) => text.slice(0, text.indexOf(':'))));
  headerKeys.delete('packages');
  const owners = new Set(entries.map(({ owner }) => owner));
  const added = [...all].filter(([label, { content }]) => content !== null && !owners.has(label));
  const inPlace = entries.filter(({ fate }) => fate === 'written');
  return [
    ...headerKeys,
    ...added.map(([label]) => label),
    ...inPlace.map(
      ({ owner, start, end }) =>
        owner + (lines.slice(start, end).find(({ tail }) => tail !== undefined)?.tail ?? ''),
    ),
  ];
}

function entriesOf(lines: readonly Line[], all: ReadonlyMap<string, Edit>): EntryLines[] {
  const written = new Set<string>();
  return rangesOf(lines).map((range): EntryLines => {
    const change = all.get(range.owner);
    const isLong = range.end > range.start + 1;
    if (change === undefined) return { ...range, fate: isLong ? 'written' : 'stays' };
    if (change.content === null || written.has(range.owner)) return { ...range, fate: 'gone' };
    written.add(range.owner);
    return { ...range, fate: 'written' };
  });
}

function rangesOf(lines: readonly Line[]): { start: number; end: number; owner: string }[] {
  const found: { start: number; end: number; owner: string }[] = [];
  for (const [index, { owner, text }] of lines.entries()) {
    if (owner === undefined) continue;
    const last = found.at(-1);
    const isHead = /^ *(?:\? )?(?:npm|pypi):/.test(text);
    if (last?.owner === owner && last.end === index && !isHead) last.end = index + 1;
    else found.push({ start: index, end: index + 1, owner });
  }
  return found;
}

test('what we write ourselves needs no YAML library to be read', async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (raw) => {
      const all = aimed(raw, []);
      const result = await edit(file, null, all);
      if (result.kind === 'refused') throw new Error(result.fault.message);
      const last = new Map(all.map((change) => [packageLabel(change), change]));
      const meant = [...last].flatMap(([label, { content }]) =>
        content === null ? [] : [meaningOf(entryOf([label, content]))],
      );
      expect((readLines(file, result.text)?.entries ?? []).map(meaningOf).toSorted()).toEqual(
        meant.toSorted(),
      );
    }),
    { numRuns: count },
  );
});
