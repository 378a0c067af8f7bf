import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { golden } from '../../fixtures/reports/golden.ts';
import { inventoryJson, explanationJson } from '../../fixtures/reports/others.ts';
import { grades } from '../../rules/grades.ts';
import { rules } from '../../rules/index.ts';
import { reporters } from '../../src/reporters/index.ts';

/**
 * Every reporter renders the golden report to `fixtures/reports/expected/<id>.<extension>`. To write these
 * files anew, and then review what changed:
 *
 *     UPDATE_EXPECTED=1 npx --no -- vitest run test/reporters/golden.test.ts
 *
 * Without that variable nothing is written, and a missing file fails.
 */
const update = process.env['UPDATE_EXPECTED'] === '1';
const folder = fileURLToPath(new URL('../../fixtures/reports/expected/', import.meta.url));
const setting = { color: false, version: '1.2.3', width: 80, verbose: false };

describe('the golden report holds', () => {
  test('every rule', () => {
    expect(new Set(golden.findings.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
  });

  test('every grade', () => {
    const found = golden.findings.flatMap(({ grade }) => (grade === null ? [] : [grade]));
    expect(new Set(found)).toEqual(new Set(grades.map(({ id }) => id)));
  });

  test('every state of a fact', () => {
    const states = golden.findings.flatMap(({ evidence }) => evidence.map(({ state }) => state));
    expect(new Set(states)).toEqual(new Set(['present', 'absent', 'unknown', 'notAsked']));
  });
});

describe('is rendered as expected by', () => {
  test.each([...reporters.keys()])('%s', async (id) => {
    const reporter = await reporters.get(id)?.();
    expect(reporter?.id).toBe(id);
    expectFile(id, reporter?.render(golden, setting) ?? '');
  });

  test('list', () => {
    expectFile('list', inventoryJson);
  });

  test('explain', () => {
    expectFile('explain', explanationJson);
  });
});

function expectFile(id: string, rendered: string): void {
  const name = readdirSync(folder).find((file) => file.startsWith(`${id}.`)) ?? `${id}.txt`;
  if (update) writeFileSync(`${folder}${name}`, rendered);
  expect(rendered).toBe(readFileSync(`${folder}${name}`, 'utf8'));
}
