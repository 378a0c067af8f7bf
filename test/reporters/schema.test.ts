import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import { explanationJson, inventoryJson } from '../../fixtures/reports/others.ts';
import type { Report } from '../../rules/index.ts';
import { json } from '../../src/reporters/json.ts';
import { report } from './arbitrary.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
formats.default(ajv);
const schema = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8'));
ajv
  .addSchema(schema('report'), 'report')
  .addSchema(schema('list'), 'list')
  .addSchema(schema('explain'), 'explain');

const render = (given: Report) => json.render(given, { color: false, version: '1.2.3', width: 80 });

/** @returns What a schema says against a JSON text: nothing where it fits. */
function against(name: string, text: string): unknown[] {
  return ajv.validate(name, JSON.parse(text)) ? [] : (ajv.errors ?? []);
}

describe('the schemas fit', () => {
  test.each([
    ['report', 'the golden report', render(golden)],
    ['report', 'an empty report', render(empty)],
    ['list', 'the inventory', inventoryJson],
    ['explain', 'the explanation', explanationJson],
  ])('%s: %s', (name, _, text) => {
    expect(against(name, text)).toEqual([]);
  });

  test('any report', () => {
    fc.assert(
      fc.property(report, (given) => {
        expect(against('report', render(given))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

/** One wrong thing each, as a replacement in the JSON text. */
const mutations: readonly (readonly [schema: string, wrong: string, find: RegExp, put: string])[] = [
  ['report', 'another version', /"schemaVersion": 1/, '"schemaVersion": 2'],
  ['report', 'an unknown key', /"scope": "staged"/, '"scope": "staged", "mood": "good"'],
  ['report', 'an unknown scope', /"scope": "staged"/, '"scope": "index"'],
  ['report', 'a severity of another tool', /"severity": "warn"/, '"severity": "warning"'],
  ['report', 'a line 0', /"line": 3,/, '"line": 0,'],
  ['report', 'no place', /"places": \[[^\]]*\]/, '"places": []'],
  ['report', 'a package that is no package URL', /"pkg:pypi\/numpy-utils"/, '"pypi:numpy-utils"'],
  [
    'report',
    'an absent fact with a value',
    /"state": "absent",\s*"value": null/,
    '"state": "absent", "value": true',
  ],
  ['report', 'an unknown fact without a reason', /"state": "notAsked"/, '"state": "present"'],
  ['report', 'a date that is none', /2026-11-23T09:12:00Z/, 'yesterday'],
  [
    'report',
    'a command that no shell reads as written',
    /"npx vetted-imports review"/,
    '"git add \\"a b\\""',
  ],
  ['report', 'a fault of an unknown kind', /"kind": "unmerged"/, '"kind": "bored"'],
  ['report', 'no notes', /"notes": \[/, '"remarks": ['],
  ['list', 'a package without a standing', /"standing": "approved"/, '"standing": null'],
  [
    'list',
    'a local reference with a package',
    /"origin": "local",\s*"package": null/,
    '"origin": "local", "package": "pkg:npm/a"',
  ],
  ['list', 'an unknown kind', /"kind": "require"/, '"kind": "include"'],
  ['explain', 'a step that is a text', /"steps": \[/, '"steps": ["looked", '],
  ['explain', 'a key that is missing', /"specifier": "numpy_utils",/, ''],
];

const texts = new Map([
  ['report', render(golden)],
  ['list', inventoryJson],
  ['explain', explanationJson],
]);

describe('the schemas refuse', () => {
  test.each(mutations)('%s: %s', (name, _, find, put) => {
    const text = texts.get(name) ?? '';
    expect(text).toMatch(find);
    expect(against(name, text.replace(find, put))).not.toEqual([]);
  });
});

test('JSON gives every text back as it was', () => {
  fc.assert(
    fc.property(report, (given) => {
      const data: unknown = JSON.parse(render(given));
      const { notes, faults, policyChanges } = given;
      const findings = given.findings.map(({ file, message, specifier }) => ({ file, message, specifier }));
      expect(data).toMatchObject({ notes, faults, policyChanges, findings });
    }),
    { numRuns: 150 },
  );
});
