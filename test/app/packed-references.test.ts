import { expect, test } from 'vitest';
import { listedPackages } from '../../src/app/listed-packages.ts';
import { PackedReferences } from '../../src/app/packed-references.ts';
import type { ApprovalStatus, ReferenceWithStatus } from '../../src/model/status.ts';

const declared: ApprovalStatus = { kind: 'declared', at: { file: 'package.json', line: 3 }, requested: null };
const unapproved: ApprovalStatus = { kind: 'unapproved', requested: null };

/** A reference of a.ts or of another file. A name without a status leads to a module of the project. */
function reference(
  name: string,
  line: number,
  status: ApprovalStatus | null,
  file = 'a.ts',
): ReferenceWithStatus {
  const used = { ecosystem: 'npm', name };
  return {
    file,
    language: 'javascript',
    reference: {
      kind: 'static',
      form: 'module',
      specifier: name,
      names: ['x'],
      optional: false,
      approximate: false,
      place: { line, column: 8, endLine: line, endColumn: 9, cell: null },
      excerpt: `import x from '${name}';`,
      origin: status ? { kind: 'package', package: used, alternatives: [] } : { kind: 'local', file: null },
    },
    judged: status && { package: used, status },
  };
}

function textOf(packed: PackedReferences): string {
  return [...packed]
    .map(
      ({ file, line, specifier, packageStatus }) =>
        `${file}:${String(line)} ${specifier} ${packageStatus?.status ?? '-'}`,
    )
    .join('\n');
}

function packagesOf(packed: PackedReferences): string {
  const nobody = { entries: [], decide: () => unapproved };
  return listedPackages(packed.decisions(), nobody)
    .map(({ package: { name }, status, places }) => {
      const at = 'at' in status ? ` in ${status.at.file}` : '';
      return `${name} ${status.kind}${at}, ${String(places)}`;
    })
    .join('\n');
}

test('references come back in the order of files and places, whatever order they came in', () => {
  const packed = new PackedReferences();
  packed.add('b.ts', 1, [reference('chalk', 2, declared, 'b.ts'), reference('./c', 1, null, 'b.ts')]);
  packed.add('empty.ts', 2, []);
  packed.add('a.ts', 0, [reference('chalk', 7, declared)]);
  expect(textOf(packed)).toBe('a.ts:7 chalk declared\nb.ts:1 ./c -\nb.ts:2 chalk declared');
  expect(textOf(packed)).toBe(textOf(packed));
  expect(packagesOf(packed)).toBe('chalk declared in package.json, 2');
});

test('what a base uses is decided for the file alone that uses it', () => {
  const packed = new PackedReferences();
  packed.add('a.ts', 0, [reference('left-pad', 1, unapproved), reference('left-pad', 2, unapproved)]);
  packed.add('b.ts', 1, [reference('left-pad', 1, unapproved, 'b.ts')]);
  packed.decide('a.ts', {
    package: { ecosystem: 'npm', name: 'left-pad' },
    status: { kind: 'in-use', at: { file: 'a.ts', line: 1 }, requested: null },
  });
  packed.decide('c.ts', { package: { ecosystem: 'npm', name: 'left-pad' }, status: declared });
  expect(textOf(packed)).toBe('a.ts:1 left-pad in-use\na.ts:2 left-pad in-use\nb.ts:1 left-pad unapproved');
  expect(packagesOf(packed)).toBe('left-pad unapproved, 3');
});

test('an import of what a package lacks stays undecided beside one of what it has', () => {
  const packed = new PackedReferences();
  const lacking: ApprovalStatus = { ...unapproved, provides: ['pil'] };
  packed.add('a.ts', 0, [reference('pillow', 1, lacking), reference('pillow', 2, unapproved)]);
  packed.decide('a.ts', {
    package: { ecosystem: 'npm', name: 'pillow' },
    status: { kind: 'in-use', at: { file: 'a.ts', line: 2 }, requested: null },
  });
  expect(textOf(packed)).toBe('a.ts:1 pillow unapproved\na.ts:2 pillow in-use');
});

test.each([
  ['the file that stands first was read first', [0, 1]],
  ['it was read last', [1, 0]],
])('of decisions that weigh the same, the first file’s is told: %s', (_, order) => {
  const packed = new PackedReferences();
  const files = [
    () => {
      packed.add('a.ts', 0, [reference('chalk', 1, declared)]);
    },
    () => {
      const elsewhere: ApprovalStatus = { ...declared, at: { file: 'b/package.json', line: 3 } };
      packed.add('b.ts', 1, [reference('chalk', 1, elsewhere, 'b.ts')]);
    },
  ];
  for (const at of order) files[at]?.();
  expect(packagesOf(packed)).toBe('chalk declared in package.json, 2');
});
