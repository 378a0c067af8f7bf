import fc from 'fast-check';
import type { Evidence, Suggestion } from '../../src/model/evidence.ts';
import type { Fault } from '../../src/model/fault.ts';
import type { GradedChange } from '../../src/model/policy.ts';
import type { Place } from '../../src/model/text.ts';
import { grades } from '../../rules/grades.ts';
import { rules, type Finding, type Report } from '../../rules/index.ts';

/** Pieces that mean something to a terminal, a build server, Markdown, XML, a shell or JSON. */
const pieces = fc.constantFrom(
  ...['::error::', '##[group]', '##vso[x]', '#', '|', '\\', '`', '](', '[', '<script>', '&', '{0}', '*', '_'],
  ...[
    '\u001b[31m',
    '\r',
    '\n',
    '\t',
    '\u202e',
    '\u2066',
    '\u200d',
    '\ufe0f',
    '\u0085',
    '\u2028',
    '\0',
    '\u{e0041}',
  ],
  ...[
    '\ud83d',
    '\udce9',
    '😀',
    '数',
    'e\u0301',
    ' ',
    '  ',
    "'",
    '"',
    '$(id)',
    '%',
    ',',
    ':',
    '/',
    'a',
    'numpy',
  ],
);

/** Text that anybody may have written. */
export const foreignText = fc.oneof(
  fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 190, maxLength: 260 }),
);

const line = fc.integer({ min: 1, max: 400 });
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });

const place: fc.Arbitrary<Place> = fc
  .record({ line, column: line, lines: fc.nat(2), columns: fc.nat(30), cell: orNull(line) })
  .map(({ line: at, column, lines, columns, cell }) => ({
    line: at,
    column,
    endLine: at + lines,
    endColumn: lines > 0 ? columns + 1 : column + columns,
    cell,
  }));

const asOf = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const evidence: fc.Arbitrary<Evidence> = fc.oneof(
  fc.record({
    fact: foreignText,
    source: foreignText,
    state: fc.constant('present' as const),
    value: fc.oneof(foreignText, fc.integer(), fc.boolean(), fc.array(foreignText, { maxLength: 3 })),
    asOf,
  }),
  fc.record({ fact: foreignText, source: foreignText, state: fc.constant('absent' as const), asOf }),
  fc.record({
    fact: foreignText,
    source: foreignText,
    state: fc.constantFrom('unknown' as const, 'notAsked' as const),
    reason: foreignText,
  }),
);

const named = fc.record({ ecosystem: fc.constantFrom('npm', 'pypi'), name: foreignText.filter(Boolean) });
const suggestion: fc.Arbitrary<Suggestion> = fc.record({
  package: named,
  specifier: foreignText,
  why: foreignText,
});

const policyChange: fc.Arbitrary<GradedChange> = fc.record({
  kind: fc.constantFrom('decision' as const, 'denied-module' as const, 'setting' as const),
  subject: foreignText,
  file: foreignText,
  line,
  what: foreignText,
  approves: fc.constant(null),
  by: orNull(foreignText),
  reason: orNull(foreignText),
  grade: orNull(fc.constantFrom(...grades.map(({ id }) => id))),
  evidence: fc.array(evidence, { maxLength: 2 }),
});

export const finding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.constantFrom(...rules.map(({ id }) => id)),
  grade: orNull(fc.constantFrom(...grades.map(({ id }) => id))),
  severity: fc.constantFrom('error' as const, 'warn' as const),
  file: foreignText,
  places: fc
    .tuple(place, fc.array(place, { maxLength: 12 }))
    .map(([first, rest]) => [first, ...rest] as const),
  excerpt: orNull(foreignText),
  language: orNull(foreignText),
  specifier: orNull(foreignText),
  package: orNull(named),
  change: orNull(policyChange),
  status: orNull(fc.constantFrom('approved' as const, 'declared' as const, 'unapproved' as const)),
  message: foreignText,
  evidence: fc.array(evidence, { maxLength: 3 }),
  suggestions: fc.array(suggestion, { maxLength: 4 }),
  next: fc.array(foreignText, { maxLength: 2 }),
});

const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constantFrom('config' as const, 'unparsable' as const, 'too-large' as const, 'git' as const),
  file: orNull(foreignText),
  line: orNull(line),
  column: orNull(line),
  message: foreignText,
  next: foreignText,
});

/** Reports of any content: what rules, registries, files and people may have put there. */
export const report: fc.Arbitrary<Report> = fc.record({
  scope: fc.constantFrom('staged' as const, 'since' as const, 'all' as const),
  files: fc.nat(),
  lookups: fc.constantFrom('asked' as const, 'offline' as const, 'none' as const),
  findings: fc.array(finding, { maxLength: 4 }),
  policyChanges: fc.array(policyChange, { maxLength: 2 }),
  faults: fc.array(fault, { maxLength: 2 }),
  notes: fc.array(foreignText, { maxLength: 2 }),
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-'), minLength: 1, maxLength: 18 });
const words = fc.array(word, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(' '));

/** Reports whose words fit into the narrowest terminal, so that every line of them can be broken. */
export const wordReport: fc.Arbitrary<Report> = fc
  .record({
    report,
    texts: fc.array(words, { minLength: 5, maxLength: 5 }),
    names: fc.array(word, { minLength: 3, maxLength: 3 }),
  })
  .map(({ report: given, texts: [message = '', why = '', reason = '', value = '', note = ''], names }) => {
    const [file = '', name = '', source = ''] = names;
    const evidence: readonly Evidence[] = [
      { fact: name, source, state: 'present', value, asOf: '2026-11-23T09:12:00Z' },
      { fact: file, source, state: 'unknown', reason },
    ];
    const policyChanges = given.policyChanges.map((change) => ({
      ...change,
      file,
      what: message,
      by: name,
      reason,
    }));
    const findings = given.findings.map((one) => ({
      ...one,
      file,
      message,
      evidence,
      package: { ecosystem: 'npm', name },
      suggestions: one.suggestions.map((meant) => ({
        ...meant,
        package: { ...meant.package, name },
        specifier: name,
        why,
      })),
    }));
    const faults = given.faults.map((one) => ({ ...one, file, message, next: why }));
    return { ...given, findings, policyChanges, faults, notes: [note] };
  });
