import { describe, expect, test } from 'vitest';
import { readUsualLine } from '../../src/whitelist/usual-line.ts';
import { readWhitelistYaml } from '../../src/whitelist/yaml-reader.ts';
import { file, packagesText } from './entries.ts';

const where = { file, line: 2 };
const full = 'x'.repeat(120);

/** What `approve` and `init` write: all of these are read in one step, and as the YAML reader reads them. */
const usual = [
  'pypi:numpy: { approved: arrays, by: Ada Lovelace <ada@example.org>, date: 2026-11-23 }',
  'pypi:opencv-python: { approved: "vision, and more", imports: [cv2, a.b], by: A <a@b>, date: 2026-11-23 }',
  'pypi:flask_login: { approved: a:b, expires: 2027-11-23, by: A, date: 2026-11-23 }',
  'pypi:a.b: { approved: a }',
  'pypi:numpy: { approved: a, date: 2024-02-29 }',
  'npm:@acme/ui: { approved: ours, expires: 2024-10-31, by: A, date: 2024-02-28 }',
  'npm:@~x/y: { approved: ours }',
  'npm:lodash.get: { approved: x, by: A, created: 2013-11-24, repository: https://example.org/x }',
  'npm:y: { approved: "null" }',
  'npm:y: { approved: null and void, by: nullable }',
  'npm:y: { approved: 2026-11-23 }',
  'npm:y: { approved: true, by: "A" }',
  `npm:y: { approved: ${full} }`,
  'npm:y: { approved: größe 🐍 }',
  'npm:null: { approved: x }',
  'npm:y: { baseline: 2026-11-23 }',
  'npm:y: { baseline: 2024-02-29 }',
  'pypi:pyyaml: { baseline: 2026-11-23, imports: [yaml, _yaml], by: "Ada, L" }',
];

/** Each needs care, or is wrong. */
const unusual = [
  'pypi:numpy: {}',
  'pypi:numpy:',
  'pypi:numpy: { approved: ~ }',
  'pypi:numpy: { approved: null }',
  'pypi:numpy: { approved: "" }',
  'pypi:numpy: { approved: " " }',
  'pypi:numpy: { approved: "a\\u0041" }',
  "pypi:numpy: { approved: 'it''s' }",
  'pypi:numpy: { approved: a, approved: b }',
  'pypi:numpy: { approved: a, by: b, by: c }',
  'pypi:numpy: { approved: a, by: "" }',
  'pypi:numpy: { baseline: 2026-11-23, by: " " }',
  'pypi:numpy: { denied: a }',
  'pypi:numpy: { requested: a }',
  'pypi:numpy: { approved: a, denied: b }',
  'pypi:numpy: { approved: a, source: ./numpy }',
  'pypi:numpy: { approved: a, use: npm:b }',
  'pypi:numpy: { approved: a, unverified: true }',
  'pypi:numpy: { approved: a, asked: b }',
  'pypi:numpy: { by: b, approved: a }',
  'pypi:numpy: { approved: a, date: 2026-02-29 }',
  'pypi:numpy: { approved: a, date: 2026-04-31 }',
  'pypi:numpy: { approved: a, date: 2026-13-01 }',
  'pypi:numpy: { approved: a, date: 2026-00-10 }',
  'pypi:numpy: { approved: a, date: "2026-11-23" }',
  'pypi:numpy: { approved: a, by: NULL, date: 2026-02-28 }',
  'pypi:numpy: { approved: a, }',
  'pypi:numpy: { approved: a } # why',
  'pypi:numpy: { approved: a } ',
  'pypi:numpy: { approved: a }x',
  'pypi:numpy:  { approved: a }',
  'pypi:numpy: {approved: a}',
  'pypi:numpy: { approved: a, imports: [null] }',
  'pypi:numpy: { approved: a, imports: [a..b] }',
  'pypi:numpy: { approved: a, imports: [größe] }',
  'pypi:numpy: { approved: a, imports: [] }',
  'pypi:numpy: { baseline: today }',
  'pypi:numpy: { baseline: 2026-11-23, date: 2026-11-23 }',
  'pypi:numpy: { baseline: 2026-11-23, expires: 2026-11-23 }',
  'pypi:numpy: { baseline: 2026-11-23, created: 2026-11-23 }',
  'pypi:numpy: { baseline: 2026-11-23, repository: x }',
  'pypi:@acme/ui: { approved: a }',
  'pypi:-x: { approved: a }',
  'npm:@acme/*: { approved: ours }',
  'npm:@acme/ui@1: { approved: ours }',
  'npm:a: { approved: b: c }',
  'npm:a: { approved: b #c }',
  `npm:a: { approved: ${full}x }`,
  `npm:${'a'.repeat(215)}: { approved: x }`,
  'maven:a: { approved: b }',
  'pypi:A.b: { approved: a }',
  'NPM:a: { approved: b }',
  'a: { approved: b }',
  '"npm:a": { approved: b }',
];

test.each(usual)('read in one step, as by the YAML reader: %s', async (line) => {
  for (const indent of [2, 5]) {
    const text = `packages:\n${' '.repeat(indent)}${line}\n`;
    const yaml = await readWhitelistYaml(file, text);
    expect(yaml.faults).toEqual([]);
    expect(readUsualLine(' '.repeat(indent) + line, where)).toEqual({ entry: yaml.entries[0], indent });
  }
});

describe('read with care', () => {
  test.each(unusual)('%s', (line) => {
    expect(readUsualLine(`  ${line}`, where)).toBeUndefined();
  });

  test('without an indent', () => {
    expect(readUsualLine('npm:a: { approved: b }', where)).toBeUndefined();
  });

  test('many of them are wrong', async () => {
    const faulty = await Promise.all(
      unusual.map(async (line) => (await readWhitelistYaml(file, packagesText(line))).faults.length > 0),
    );
    expect(faulty.filter(Boolean).length).toBeGreaterThan(30);
  });
});
