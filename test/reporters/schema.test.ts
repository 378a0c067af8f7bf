import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import { explanationJson, inventoryJson } from '../../fixtures/reports/others.ts';
import type { Report } from '../../rules/index.ts';
import { json } from '../../src/reporters/json.ts';
import { report } from './arbitrary.ts';

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
formats.default(ajv);
const schema = (name: string): object =>
  v.parse(
    v.looseObject({}),
    JSON.parse(readFileSync(new URL(`../../schema/${name}.schema.json`, import.meta.url), 'utf8')),
  );
ajv
  .addSchema(schema('report'), 'report')
  .addSchema(schema('list'), 'list')
  .addSchema(schema('explain'), 'explain');

const render = (given: Report) =>
  json.render(given, { color: false, version: '1.2.3', width: 80, verbose: false });

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

  test.each([
    'npx --no -- vetted-imports approve npm:left-pad --source "git+https://git.example.org/left-pad.git"',
    'npm --prefix web exec --no -- vetted-imports review',
    'uv run --no-sync --project ../api vetted-imports review',
    '/home/ada/.cache/pre-commit/repo1a2b/py_env-python3.11/bin/vetted-imports review',
  ])('report: what is said to run next, %s', (command) => {
    const text = render({ ...golden, findings: golden.findings.map((one) => ({ ...one, next: [command] })) });
    expect(text).toContain(JSON.stringify(command));
    expect(against('report', text)).toEqual([]);
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
const mutations: readonly (readonly [
  name: string,
  wrong: string,
  change: { readonly find: RegExp; readonly put: string },
])[] = [
  ['report', 'another version', { find: /"schemaVersion": 1/, put: '"schemaVersion": 2' }],
  ['report', 'an unknown key', { find: /"scope": "staged"/, put: '"scope": "staged", "mood": "good"' }],
  ['report', 'an unknown scope', { find: /"scope": "staged"/, put: '"scope": "index"' }],
  ['report', 'a severity of another tool', { find: /"severity": "warn"/, put: '"severity": "warning"' }],
  ['report', 'a line 0', { find: /"line": 3,/, put: '"line": 0,' }],
  ['report', 'no place', { find: /"places": \[[^\]]*\]/, put: '"places": []' }],
  [
    'report',
    'a package that is no package URL',
    { find: /"pkg:pypi\/numpy-utils"/, put: '"pypi:numpy-utils"' },
  ],
  [
    'report',
    'an absent fact with a value',
    { find: /"state": "absent",\s*"value": null/, put: '"state": "absent", "value": true' },
  ],
  ['report', 'an unknown fact without a reason', { find: /"state": "notAsked"/, put: '"state": "present"' }],
  ['report', 'a date that is none', { find: /2026-11-23T09:12:00Z/, put: 'yesterday' }],
  [
    'report',
    'a command that no shell reads as written',
    { find: /"npx --no -- vetted-imports review"/, put: '"git add \\"a b\\""' },
  ],
  ['report', 'a fault of an unknown kind', { find: /"kind": "unmerged"/, put: '"kind": "bored"' }],
  ['report', 'no notes', { find: /"notes": \[/, put: '"remarks": [' }],
  ['list', 'a package without a status', { find: /"status": "approved"/, put: '"status": null' }],
  [
    'list',
    'a local reference with a package',
    { find: /"origin": "local",\s*"package": null/, put: '"origin": "local", "package": "pkg:npm/a"' },
  ],
  ['list', 'an unknown kind', { find: /"kind": "require"/, put: '"kind": "include"' }],
  ['explain', 'a step that is a text', { find: /"steps": \[/, put: '"steps": ["looked", ' }],
  ['explain', 'a key that is missing', { find: /"specifier": "numpy_utils",/, put: '' }],
];

const texts = new Map([
  ['report', render(golden)],
  ['list', inventoryJson],
  ['explain', explanationJson],
]);

describe('the schemas refuse', () => {
  test.each(mutations)('%s: %s', (name, _, { find, put }) => {
    const text = texts.get(name) ?? '';
    expect(text).toMatch(find);
    expect(against(name, text.replace(find, put))).not.toEqual([]);
  });
});

test('JSON gives every text back as it was', () => {
  fc.assert(
    fc.property(report, (given) => {
      const data: unknown = JSON.parse(render(given));
      const { notes, faults } = given;
      const policyChanges = given.policyChanges.map(({ file, what, by, reason }) => ({
        file,
        what,
        by,
        reason,
      }));
      const findings = given.findings.map(({ file, message, specifier }) => ({ file, message, specifier }));
      expect(data).toMatchObject({ notes, faults, policyChanges, findings });
    }),
    { numRuns: 150 },
  );
});
