import { describe, expect, test } from 'vitest';
import { array, boolean, number, object, optional, parse, record, string } from 'valibot';
import { lines } from '../../similar-names/data.ts';
import { cratesIn } from './crates-in.ts';

const form = object({
  id: string(),
  form: string(),
  edition: optional(string()),
  source: optional(string()),
  files: optional(record(string(), string())),
  accepted: boolean(),
  crates: optional(
    array(object({ name: string(), line: number(), column: number(), via: optional(string()) })),
  ),
});

/** The crates that the compiler had at hand. */
const crates = ['dep', 'other', 'pm', 'try'];

/** What the compiler names and no reader of the text does, or the other way round, and why. */
const deviations: Readonly<Record<string, readonly string[]>> = {
  // In what an own macro writes, whether it is called or not: declared, and so of no consequence.
  'rust-use-055': ['dep 1:21'],
  // The name alone, which a macro makes a path of.
  'rust-use-057': ['- dep 1:49'],
  // A macro may drop what it takes.
  'rust-use-061': ['other 1:8'],
  // The condition does not hold for this build.
  'rust-use-069': ['pm 1:26'],
  // It stands in the other file.
  'rust-use-109': ['- other 1:5'],
  // Paths through what a declaration brings, of which the compiler tells the declaration alone.
  'rust-use-003': ['dep 1:17'],
  'rust-use-027': ['dep 1:26'],
  'rust-use-035': ['dep 1:27'],
  'rust-use-113': ['dep 1:29', 'dep 1:44'],
};

const forms = lines('rust/forms.jsonl')
  .map((line) => parse(form, JSON.parse(line)))
  .filter(({ id, source }) => id.startsWith('rust-use') && source !== undefined);

describe.skipIf(forms.length === 0)('odd forms name the crates that the compiler misses without them', () => {
  test.each(forms.filter(({ accepted }) => accepted))('$id: $form', async (row) => {
    const { id, source = '', edition = '2021', crates: expected = [] } = row;
    const manifest = `[package]\nname = "x"\nedition = "${edition}"\n[dependencies]\n${crates
      .map((name) => `${name} = "1"\n`)
      .join('')}`;
    const found = (await cratesIn(source, manifest)).map(
      ({ name, line, column }) => `${name} ${String(line)}:${String(column)}`,
    );
    const places = expected.flatMap(({ name, line, column, via }) =>
      via === undefined
        ? [`${name} ${String(line)}:${String(column + externLength(source, line, column))}`]
        : [],
    );
    const differences = [
      ...found.filter((place) => !places.includes(place)),
      ...places.filter((place) => !found.includes(place)).map((place) => `- ${place}`),
    ];
    expect(differences.sort()).toEqual([...(deviations[id] ?? [])].sort());
  });
});

/** What the compiler refuses, and which crates are named all the same. */
const rejected: Readonly<Record<string, readonly string[]>> = {
  // Of rstest, which takes it away before anything looks for a crate.
  'rust-use-071': [],
  // A module of the standard library that no prelude brings.
  'rust-use-095': ['vec'],
  'rust-use-097': [],
  // A manifest in a script, which takes a nightly compiler.
  'rust-use-107': ['dep'],
  // In edition 2015 these begin in the package itself, unless its manifest has the name.
  'rust-use-111': ['dep'],
  'rust-use-115': ['dep'],
};

describe.skipIf(forms.length === 0)('what the compiler refuses is read as far as it names crates', () => {
  test.each(forms.filter(({ accepted }) => !accepted))('$id: $form', async ({ id, source = '', edition }) => {
    const manifest = `[package]\nname = "x"\nedition = "${edition ?? '2021'}"\n[dependencies]\ndep = "1"\n`;
    expect((await cratesIn(source, manifest)).map(({ name }) => name)).toEqual(rejected[id]);
  });
});

/** The compiler points at the whole declaration. */
function externLength(source: string, line: number, column: number): number {
  const text = source.split('\n')[line - 1]?.slice(column - 1) ?? '';
  return /^extern\s+crate\s+/.exec(text)?.[0].length ?? 0;
}
