import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { empty, golden } from '../../fixtures/reports/golden.ts';
import type { GradedChange } from '../../src/model/policy.ts';
import { rules, type Finding, type Report } from '../../rules/index.ts';
import { sarif } from '../../src/reporters/sarif.ts';
import { finding, report } from './arbitrary.ts';

const location = v.object({
  physicalLocation: v.object({
    artifactLocation: v.object({ uri: v.string() }),
    region: v.optional(v.record(v.string(), v.number())),
  }),
});
const log = v.object({
  runs: v.tuple([
    v.object({
      tool: v.object({
        driver: v.object({
          rules: v.array(v.object({ id: v.string(), properties: v.record(v.string(), v.unknown()) })),
        }),
      }),
      invocations: v.tuple([
        v.object({
          executionSuccessful: v.boolean(),
          toolExecutionNotifications: v.array(
            v.object({
              level: v.string(),
              descriptor: v.optional(v.object({ id: v.string() })),
              message: v.object({ text: v.string() }),
            }),
          ),
        }),
      ]),
      results: v.array(
        v.object({
          ruleId: v.string(),
          ruleIndex: v.number(),
          level: v.string(),
          message: v.object({ text: v.string() }),
          locations: v.array(location),
          relatedLocations: v.optional(v.array(location), []),
          partialFingerprints: v.object({ primaryLocationLineHash: v.string() }),
          properties: v.object({ label: v.string() }),
        }),
      ),
    }),
  ]),
});

const render = (given: Report) =>
  sarif.render(given, { color: false, version: '1.2.3', width: 80, verbose: false });
const runOf = (given: Report) => v.parse(log, JSON.parse(render(given))).runs[0];
const resultsOf = (...findings: Finding[]) => runOf({ ...empty, findings }).results;

const plain: Finding = {
  rule: 'unapproved-package',
  grade: 'nonexistent',
  severity: 'error',
  file: 'src/app.py',
  places: [{ line: 3, column: 8, endLine: 3, endColumn: 19, cell: null }],
  excerpt: null,
  language: 'python',
  specifier: 'numpy_utils',
  package: { ecosystem: 'pypi', name: 'numpy-utils' },
  status: 'unapproved',
  change: null,
  message: 'nobody approved pypi:numpy-utils',
  evidence: [],
  suggestions: [],
  next: [],
};

const schemaAt = (where: string): object =>
  v.parse(v.looseObject({}), JSON.parse(readFileSync(where, 'utf8')));

/**
 * The schema that OASIS publishes, as it stands in a package of Microsoft's. It is of JSON Schema's draft 4; of what a
 * later draft reads in another way it uses its own name only.
 */
function publishedSchema(): object {
  const where = createRequire(import.meta.url).resolve(
    '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
  );
  const { $schema, id, ...schema } = v.parse(
    v.looseObject({ $schema: v.string(), id: v.string() }),
    schemaAt(where),
  );
  expect($schema).toContain('draft-04');
  return { ...schema, $id: id };
}

/** @returns What a schema says against a text: nothing where it fits. */
function judgeBy(schema: object): (text: string) => unknown[] {
  const isLater = String(Reflect.get(schema, '$schema')).includes('2020-12');
  const ajv = new (isLater ? Ajv2020 : Ajv)({ allErrors: true, strict: false, unicodeRegExp: isLater });
  formats.default(ajv);
  const fits = ajv.compile(schema);
  return (text) => (fits(JSON.parse(text)) ? [] : (fits.errors ?? []));
}

describe.each([
  ['OASIS publishes', publishedSchema()],
  [
    'GitHub requires',
    schemaAt(fileURLToPath(new URL('../../fixtures/reports/sarif.schema.json', import.meta.url))),
  ],
])('the log fits the schema of what %s', (_, schema) => {
  const judge = judgeBy(schema);
  const against = (given: Report) => judge(render(given));

  test('for the golden report and an empty one', () => {
    expect(against(golden)).toEqual([]);
    expect(against(empty)).toEqual([]);
  });

  test('for any report with names in it', () => {
    const named = report.filter(({ findings, faults }) =>
      [...findings, ...faults].every(
        ({ file, message }) => file !== '' && !file?.startsWith('/') && message !== '',
      ),
    );
    fc.assert(
      fc.property(named, (given) => {
        expect(against({ ...given, notes: [] })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ['a level of another tool', '"level": "warning"', '"level": "warn"'],
    ['a line 0', '"startLine": 3', '"startLine": 0'],
    ['a result without a message', '"message": {\n            "text"', '"message": {\n            "txt"'],
    ['a path that is no reference', '"uri": "src/pricing/app.py"', '"uri": "src\\\\pricing app.py"'],
    ['an unknown key', '"ruleIndex"', '"ruleNumber"'],
    ['another version', '"version": "2.1.0"', '"version": "2.0.0"'],
  ])('and not with %s', (_, right, wrong) => {
    const text = render(golden);
    expect(text).toContain(right);
    expect(judge(text.replace(right, wrong))).not.toEqual([]);
  });

  test('and each result names its rule by id and by index', () => {
    const { tool, results } = runOf(golden);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  });
});

describe('an alert stays the same one', () => {
  const fingerprint = (change: Partial<Finding>) =>
    resultsOf({ ...plain, ...change })[0]?.partialFingerprints.primaryLocationLineHash;
  const first = fingerprint({});

  test.each<[string, Partial<Finding>]>([
    ['another grade', { grade: 'unanswered' }],
    ['another line', { places: [{ line: 30, column: 1, endLine: 30, endColumn: 2, cell: null }] }],
    ['another message', { message: 'another' }],
    ['another severity', { severity: 'warn' }],
    ['another module of the package', { specifier: 'numpy_utils.extra' }],
    ['evidence', { evidence: [{ fact: 'exists', source: 'pypi', state: 'absent', asOf: '2026-11-23' }] }],
  ])('with %s', (_, change) => {
    expect(fingerprint(change)).toBe(first);
  });

  test.each<[string, Partial<Finding>]>([
    ['another rule', { rule: 'denied-package' }],
    ['another file', { file: 'src/other.py' }],
    ['another package', { package: { ecosystem: 'pypi', name: 'numpy' } }],
    ['another ecosystem', { package: { ecosystem: 'npm', name: 'numpy-utils' } }],
  ])('but not with %s', (_, change) => {
    expect(fingerprint(change)).not.toBe(first);
  });

  const change: GradedChange = {
    kind: 'decision',
    subject: 'pypi:numpy',
    file: 'approved-packages.yaml',
    line: 4,
    what: 'approved pypi:numpy',
    approves: { ecosystem: 'pypi', name: 'numpy' },
    by: 'Ada L',
    reason: 'arrays',
    grade: null,
    evidence: [],
  };
  const { file } = change;
  const policy = { ...plain, rule: 'policy-change', file, specifier: null, package: null, change } as const;
  const policyFingerprint = (next: Partial<GradedChange>, finding: Partial<Finding> = {}) =>
    fingerprint({ ...policy, ...finding, change: { ...change, ...next } });

  test.each<[string, Partial<GradedChange>, Partial<Finding>]>([
    ['another reason', { reason: 'linear algebra' }, { message: 'approved pypi:numpy: linear algebra' }],
    ['another author', { by: 'Bob' }, { message: 'approved pypi:numpy, by Bob' }],
    [
      'the environment of an assistant',
      {},
      { severity: 'error', message: 'approved; nobody can commit this', next: ['request pypi:numpy'] },
    ],
    ['another line', { line: 7 }, {}],
  ])('where policy is loosened, with %s', (_, next, finding) => {
    expect(policyFingerprint(next, finding)).toBe(policyFingerprint({}));
  });

  test.each<[string, Partial<GradedChange>, Partial<Finding>]>([
    ['of another package', { subject: 'npm:numpy', what: 'approved npm:numpy' }, {}],
    ['of another kind', { kind: 'source', what: 'lets pypi:numpy come from ./numpy' }, {}],
    ['in another file', {}, { file: 'team/approved.yaml' }],
  ])('but not where what is loosened is %s', (_, next, finding) => {
    expect(policyFingerprint(next, finding)).not.toBe(policyFingerprint({}));
  });

  test('and two in one report are two', () => {
    const hashes = resultsOf(plain, plain).map((one) => one.partialFingerprints.primaryLocationLineHash);
    expect(new Set(hashes).size).toBe(2);
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 6 }), (findings) => {
        const found = resultsOf(...findings).map((one) => one.partialFingerprints.primaryLocationLineHash);
        expect(new Set(found).size).toBe(findings.length);
      }),
      { numRuns: 100 },
    );
  });

  test('its rule has no grade, its label has', () => {
    expect(resultsOf(plain)[0]).toMatchObject({
      ruleId: 'unapproved-package',
      properties: { label: 'unapproved-package/nonexistent' },
    });
  });
});

test.each([
  ['src/app.py', 'src/app.py'],
  ['with space/100%.py', 'with%20space/100%25.py'],
  ['a:b/[id].ts', 'a%3Ab/%5Bid%5D.ts'],
  ['größe/💥.js', 'gr%C3%B6%C3%9Fe/%F0%9F%92%A5.js'],
  ['caf\udce9.py', 'caf%E9.py'],
  ['\ud800.py', '%EF%BF%BD.py'],
  ['#?\\.py', '%23%3F%5C.py'],
])('the path %j is the reference %s', (file, uri) => {
  expect(resultsOf({ ...plain, file })[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(uri);
});

test('a message has neither links nor placeholders', () => {
  const message = 'see [this](https://evil.example) {0}';
  expect(resultsOf({ ...plain, message })[0]?.message.text).toBe('see [this] (https://evil.example) {{0}}.');
});

test('a notebook’s cell is named, because its lines are not those of the file', () => {
  const places = [{ line: 2, column: 8, endLine: 2, endColumn: 13, cell: 3 }] as const;
  const [result] = resultsOf({ ...plain, places });
  expect(result?.locations[0]?.physicalLocation.region).toMatchObject({ startLine: 1, startColumn: 1 });
  expect(result?.message.text).toContain('cell 3, 2:8');
});

test('a fault makes the run unsuccessful', () => {
  expect(runOf(empty).invocations[0].executionSuccessful).toBe(true);
  const [invocation] = runOf(golden).invocations;
  expect(invocation.executionSuccessful).toBe(false);
  const kinds = invocation.toolExecutionNotifications.flatMap(({ descriptor }) => descriptor?.id ?? []);
  expect(kinds).toEqual(golden.faults.map(({ kind }) => kind));
});

test('no more results than GitHub takes: warnings are left out first, and it is said', () => {
  const warning: Finding = { ...plain, severity: 'warn' };
  const findings = [...Array.from({ length: 25_000 }, () => warning), plain, plain];
  const { results, invocations } = runOf({ ...empty, findings });
  expect(results).toHaveLength(25_000);
  expect(results.filter(({ level }) => level === 'error')).toHaveLength(2);
  expect(invocations[0].toolExecutionNotifications.at(-1)?.message.text).toMatch(/^2 more results/);
});

test('loosened policy is left out of no report, however much else there is', () => {
  const loosened: Finding = { ...plain, rule: 'policy-change', severity: 'warn', message: 'approved npm:x' };
  const findings = [...Array.from({ length: 25_000 }, () => plain), loosened];
  const [first] = runOf({ ...empty, findings }).results;
  expect(first?.message.text).toBe('approved npm:x.');
});

test('as many results as GitHub takes, of different files, fit into the 10 MB that it takes compressed', () => {
  const other = (at: number): Finding => {
    const name = createHash('sha256').update(String(at)).digest('hex');
    return {
      ...plain,
      file: `src/${name}.py`,
      package: { ecosystem: 'pypi', name: `a${name.slice(0, 12)}` },
    };
  };
  const text = render({ ...empty, findings: Array.from({ length: 25_000 }, (_, at) => other(at)) });
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

test('a hundred places at most', () => {
  const [first] = plain.places;
  const [result] = resultsOf({ ...plain, places: [first, ...Array.from({ length: 300 }, () => first)] });
  expect([...(result?.locations ?? []), ...(result?.relatedLocations ?? [])]).toHaveLength(100);
});

test('rules that warn do not fail GitHub’s check of a pull request', () => {
  for (const [index, { severity }] of rules.entries()) {
    const score = Number(runOf(empty).tool.driver.rules[index]?.properties['security-severity']);
    expect(score >= 7).toBe(severity === 'error');
  }
});
