import { describe, expect, test } from 'vitest';
import { edit, editCovers, joinedEdit, newFileText, type Edit } from '../../src/whitelist/edit.ts';
import { readLines } from '../../src/whitelist/line-reader.ts';
import { readWhitelist } from '../../src/whitelist/read.ts';
import { approval, entryOf, file, fileText, packagesText, put, takeOut } from './entries.ts';

const x = '{ approved: x }';
const isNew = approval('new');

async function edited(text: string | null, ...edits: Edit[]): Promise<string> {
  const result = await edit(file, text, edits);
  return result.kind === 'edited' ? result.text : `refused: ${result.fault.message} ${result.fault.next}`;
}

type Row = readonly [what: string, before: string, edits: readonly Edit[], after: string];

describe('a new file', () => {
  test('says what it covers, and has no entry yet', async () => {
    expect(newFileText()).toBe(
      '# What people decided about packages: one line each, in order, so that branches merge.\ncovers: [npm, pypi, golang, cargo, commands]\n# prettier-ignore\npackages:\n',
    );
    expect(newFileText(['npm'])).toContain('\ncovers: [npm]\n');
    expect(await readWhitelist(file, newFileText([]))).toMatchObject({ faults: [], covers: [] });
  });

  test.each([null, '', '\n', '\ufeff', '  \r\n'])('in place of %j', async (text) => {
    const mark = text === '\ufeff' ? text : '';
    expect(await edited(text, put('npm:a', isNew))).toBe(mark + fileText(['npm:a', isNew]));
  });

  test('a thousand new entries are in order, and read without the YAML library', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) =>
      put(`pypi:package-${String(index)}`, { kind: 'baseline', date: '2026-11-23' }),
    );
    const entries = readLines(file, await edited(null, ...rows))?.entries ?? [];
    expect(entries).toHaveLength(1000);
    const labels = entries.map(({ name }) => name);
    expect(labels).toEqual(labels.toSorted());
  });
});

describe('adds', () => {
  const rows: readonly Row[] = [
    [
      'below comments',
      '# ours\n\n',
      [put('npm:a', isNew)],
      '# ours\n\n# prettier-ignore\npackages:\n  npm:a: { approved: new }\n',
    ],
    [
      'below other keys, without a final newline',
      'covers: [npm]',
      [put('npm:b', isNew), put('npm:a', isNew)],
      'covers: [npm]\n# prettier-ignore\npackages:\n  npm:a: { approved: new }\n  npm:b: { approved: new }\n',
    ],
    [
      'below the line before, and above the comment of the next',
      packagesText(`npm:a: ${x} # a`, '# c', `npm:c: ${x}`),
      [put('npm:b', isNew)],
      packagesText(`npm:a: ${x} # a`, 'npm:b: { approved: new }', '# c', `npm:c: ${x}`),
    ],
    [
      'below a comment that an empty line sets apart',
      `packages:\n  # all of ours\n\n  npm:b: ${x}\n`,
      [put('npm:a', isNew)],
      `packages:\n  # all of ours\n\n  npm:a: { approved: new }\n  npm:b: ${x}\n`,
    ],
    [
      'first, with the spelling of its ecosystem',
      packagesText('# the model', `pypi:scipy: ${x}`),
      [{ ecosystem: 'pypi', name: 'Boto_Core', content: isNew }],
      packagesText('pypi:boto-core: { approved: new }', '# the model', `pypi:scipy: ${x}`),
    ],
    [
      'last',
      `${packagesText(`npm:a: ${x}`)}\n# the end\n`,
      [put('pypi:a', isNew)],
      `${packagesText(`npm:a: ${x}`, 'pypi:a: { approved: new }')}\n# the end\n`,
    ],
    [
      'before the first greater one where lines are in no order, and moves none',
      packagesText(`npm:z: ${x}`, `npm:a: ${x}`, `npm:m: ${x}`),
      [put('npm:b', isNew)],
      packagesText('npm:b: { approved: new }', `npm:z: ${x}`, `npm:a: ${x}`, `npm:m: ${x}`),
    ],
    [
      'several at one place, by code points',
      packagesText(`npm:A: ${x}`, `pypi:z: ${x}`),
      [
        'pypi:a',
        'npm:~a',
        'npm:ab',
        'npm:a.b',
        'npm:a-b',
        'npm:a',
        'npm:Z',
        'npm:@a/b',
        'npm:@a/*',
        'npm:-',
      ].map((label) => put(label, approval('x'))),
      packagesText(
        ...[
          'npm:-',
          'npm:@a/*',
          'npm:@a/b',
          'npm:A',
          'npm:Z',
          'npm:a',
          'npm:a-b',
          'npm:a.b',
          'npm:ab',
          'npm:~a',
        ].map((label) => `${label}: ${x}`),
        `pypi:a: ${x}`,
        `pypi:z: ${x}`,
      ),
    ],
    [
      'into empty braces',
      'packages: {}  # nothing yet\nextends: [a.yaml]\n',
      [put('npm:a', isNew)],
      'packages:  # nothing yet\n  npm:a: { approved: new }\nextends: [a.yaml]\n',
    ],
    ['into empty braces', 'packages: { }\n', [put('npm:a', isNew)], packagesText('npm:a: { approved: new }')],
    ['in place of nothing', 'packages: ~\n', [put('npm:a', isNew)], packagesText('npm:a: { approved: new }')],
    [
      'below a key without a value',
      'packages:\n\n# end\n',
      [put('npm:a', isNew)],
      'packages:\n  npm:a: { approved: new }\n\n# end\n',
    ],
    [
      'in the column of the others',
      `"packages":\n     npm:b: ${x}\n`,
      [put('npm:a', isNew)],
      `"packages":\n     npm:a: { approved: new }\n     npm:b: ${x}\n`,
    ],
    [
      'without a final newline',
      packagesText(`npm:a: ${x}`).trimEnd(),
      [put('npm:b', isNew)],
      packagesText(`npm:a: ${x}`, 'npm:b: { approved: new }').trimEnd(),
    ],
    [
      'with CRLF',
      packagesText(`npm:a: ${x}`).replaceAll('\n', '\r\n'),
      [put('npm:b', isNew)],
      packagesText(`npm:a: ${x}`, 'npm:b: { approved: new }').replaceAll('\n', '\r\n'),
    ],
    [
      'between both ends of lines, each of which stays',
      `packages:\r\n  npm:a: ${x}\n  npm:c: ${x}\r\n# end\n`,
      [put('npm:b', isNew), takeOut('npm:c')],
      `packages:\r\n  npm:a: ${x}\n  npm:b: { approved: new }\r\n# end\n`,
    ],
    [
      'behind a byte-order mark',
      `\ufeff${packagesText(`npm:a: ${x}`)}`,
      [put('npm:b', isNew)],
      `\ufeff${packagesText(`npm:a: ${x}`, 'npm:b: { approved: new }')}`,
    ],
    [
      'to a document with marks',
      `%YAML 1.2\n---\n${packagesText(`npm:a: ${x}`)}...\n`,
      [put('npm:b', isNew)],
      `%YAML 1.2\n---\n${packagesText(`npm:a: ${x}`, 'npm:b: { approved: new }')}...\n`,
    ],
  ];
  test.each(rows)('%s: %j', async (...[, text, edits, expected]) => {
    expect(await edited(text, ...edits)).toBe(expected);
  });
});

describe('replaces and takes out', () => {
  const rows: readonly Row[] = [
    [
      'what is decided, not the comments above it and behind it',
      packagesText('# above', `npm:a:   { approved: old }  # why }`, `npm:b: ${x}`),
      [put('npm:a', { kind: 'denied', reason: 'new' })],
      packagesText('# above', 'npm:a: { denied: new }  # why }', `npm:b: ${x}`),
    ],
    [
      'a value with marks of a comment',
      packagesText('npm:a: { approved: "} # no", by: it\'s me } # {yes} # yes'),
      [put('npm:a', isNew)],
      packagesText('npm:a: { approved: new } # {yes} # yes'),
    ],
    [
      'the spelling of a key',
      packagesText(`pypi:Foo_Bar: ${x}`, `pypi:foo.baz: ${x}`),
      [put('pypi:foo-bar', isNew), takeOut('pypi:foo-baz')],
      packagesText('pypi:foo-bar: { approved: new }'),
    ],
    [
      'a line, with the comment directly above it, and nothing else',
      packagesText(
        '# all of ours',
        '',
        '# one',
        '  # one, too',
        `npm:a: ${x} # one`,
        '',
        '# two',
        `npm:b: ${x}`,
        '# three',
        '',
        `npm:c: ${x}`,
      ),
      [takeOut('npm:a'), takeOut('npm:c')],
      packagesText('# all of ours', '', '', '# two', `npm:b: ${x}`, '# three', ''),
    ],
    [
      'the last entry',
      `# top\n# prettier-ignore\npackages: # ours\n  npm:a: ${x}\n`,
      [takeOut('npm:a')],
      '# top\n# prettier-ignore\npackages: # ours\n',
    ],
    [
      'the last line of a file without a final newline',
      packagesText(`npm:a: ${x}`, `npm:b: ${x}`).trimEnd(),
      [takeOut('npm:b')],
      packagesText(`npm:a: ${x}`).trimEnd(),
    ],
    [
      'a line, and adds one in its place',
      packagesText('# b', `npm:b: ${x}`),
      [takeOut('npm:b'), put('npm:a', isNew)],
      packagesText('npm:a: { approved: new }'),
    ],
    [
      'a request that is granted',
      packagesText('npm:a: { requested: please, by: Grace }'),
      [put('npm:a', { ...isNew, requestedBy: 'Grace' })],
      packagesText('npm:a: { approved: new, asked: Grace }'),
    ],
    [
      'a package that stands several times: the first line stays',
      packagesText('# 1', 'npm:a: { denied: x } # 1', `npm:b: ${x}`, '# 2', `npm:a: ${x} # 2`, `npm:a: ${x}`),
      [put('npm:a', isNew)],
      packagesText('# 1', 'npm:a: { approved: new } # 1', `npm:b: ${x}`),
    ],
    [
      'a package that stands several times: all of it goes',
      packagesText('# 1', `pypi:a.b: ${x}`, `npm:b: ${x}`, '# 2', `pypi:A_B: ${x}`),
      [takeOut('pypi:a-b')],
      packagesText(`npm:b: ${x}`),
    ],
    [
      'what is not there',
      packagesText(`npm:a: ${x} # x`),
      [takeOut('npm:b')],
      packagesText(`npm:a: ${x} # x`),
    ],
    [
      'the last of several edits about one package',
      packagesText(`npm:a: ${x}`),
      [takeOut('npm:a'), put('npm:a', approval('one')), put('npm:a', isNew)],
      packagesText('npm:a: { approved: new }'),
    ],
  ];
  test.each(rows)('%s: %j', async (...[, text, edits, expected]) => {
    expect(await edited(text, ...edits)).toBe(expected);
  });
});

/** What our commands never write; each is joined by whichever edit comes next. */
describe('joins', () => {
  const added = 'npm:b: { approved: new }';
  const rows: readonly (readonly [what: string, before: string, after: string])[] = [
    [
      'what a merge left twice above the packages',
      `# top\ncovers: [npm] # one\n# mid\ncovers: [npm, pypi] # two\nextends: a.yaml\nextends: [b.yaml, a.yaml]\n${packagesText(`npm:a: ${x}`)}`,
      `# top\ncovers: [npm, pypi] # one\n# mid\nextends: [a.yaml, b.yaml]\n${packagesText(`npm:a: ${x}`, added)}`,
    ],
    [
      'lists over several lines',
      `extends:\n  - a.yaml\n  # more\n  - b.yaml\nextends:\n- c.yaml\ncovers: [\n  npm ]\ncovers: [pypi]\npackages:\n  npm:a: ${x}\n`,
      `extends: [a.yaml, b.yaml, c.yaml]\n  # more\ncovers: [npm, pypi]\n${packagesText(`npm:a: ${x}`, added)}`,
    ],
    [
      'packages that stand twice, with what stands between them',
      `packages: # one\n  npm:a: ${x}\ncovers: [npm]\n# prettier-ignore\npackages: # two\n  # c\n  npm:c: ${x}\n`,
      `covers: [npm]\npackages: # one\n  npm:a: ${x}\n  ${added}\n  # c\n  npm:c: ${x}\n`,
    ],
    [
      'packages that stand twice, and held nothing',
      `packages: {}\npackages:\n  npm:c: ${x}\npackages: {}\n`,
      packagesText(added, `npm:c: ${x}`),
    ],
    [
      'an entry over several lines, with what people wrote in it',
      packagesText(
        '# above',
        'npm:a: # why',
        '  # inside',
        '  approved: >-',
        '    x',
        '    y',
        '  # end',
        `npm:c: ${x}`,
      ),
      packagesText(
        '# above',
        '  # inside',
        'npm:a: { approved: x y } # why',
        added,
        '  # end',
        `npm:c: ${x}`,
      ),
    ],
    [
      'entries between braces over several lines',
      packagesText(
        'npm:a:',
        '  {',
        '    approved: x,',
        '    by: Ada,',
        '  } # a',
        'npm:c: { approved: x,',
        '    by: Ada }',
      ),
      packagesText('npm:a: { approved: x, by: Ada } # a', added, 'npm:c: { approved: x, by: Ada }'),
    ],
    [
      'a text over several lines',
      packagesText('npm:a: { approved: "x # no', '   y" }'),
      packagesText('npm:a: { approved: "x # no y" }', added),
    ],
    [
      'an explicit key',
      packagesText('? npm:a # why', `: ${x}`, `npm:c: ${x}`),
      packagesText(`npm:a: ${x} # why`, added, `npm:c: ${x}`),
    ],
  ];
  test.each(rows)('%s: %j', async (...[, text, expected]) => {
    expect(await edited(text, put('npm:b', isNew))).toBe(expected);
    expect(await readWhitelist(file, expected)).toMatchObject({ faults: [], warnings: [] });
  });

  test('an entry over several lines that is edited itself', async () => {
    const text = packagesText('# above', 'npm:a: # why', '  # inside', '  approved: old', `npm:c: ${x}`);
    expect(await edited(text, put('npm:a', isNew))).toBe(
      packagesText('# above', '  # inside', 'npm:a: { approved: new } # why', `npm:c: ${x}`),
    );
    expect(await edited(text, takeOut('npm:a'))).toBe(packagesText(`npm:c: ${x}`));
  });

  test.each([
    [`${packagesText(`npm:a: ${x}`)}# below\ncovers: [npm] # why\n`],
    [`extends: ['a, b.yaml'] # why\n${packagesText(`npm:a: ${x}`)}`],
    [`extends:\n  - a.yaml # why\n${packagesText(`npm:a: ${x}`)}`],
  ])('nothing of what stands once, however it is written: %j', async (text) => {
    expect(await edited(text, put('npm:b', isNew))).toBe(text.replace(x, `${x}\n  ${added}`));
  });
});

describe('refuses', () => {
  const rows: readonly (readonly [what: string, text: string, one: Edit, message: RegExp])[] = [
    ['a conflict', `<<<<<<< HEAD\n${packagesText()}`, put('npm:a', isNew), /conflict/],
    ['white space that is a fault', '\ufeff\ufeff', put('npm:a', isNew), /invisible character U\+FEFF/],
    ['white space that is a text', '\u00a0', put('npm:a', isNew), /expected a map, found a text/],
    ['a fault elsewhere', 'pakages: {}\n', put('npm:a', isNew), /unknown key “pakages”/],
    ['the form of 0.1.0', 'approved: {}\n', put('npm:a', isNew), /0\.1\.0.*vetted-imports init --update/],
    [
      'a date that is none',
      '',
      put('npm:a', approval('x', { expires: '2026-02-30' })),
      /not made.*calendar day/,
    ],
    ['a decision without a reason', '', put('npm:a', { kind: 'denied' }), /not made.*no reason/],
    ['a reason that is too long', '', put('npm:a', approval('x'.repeat(121))), /not made.*120 characters/],
    ['a name that is none', '', put('npm:a%b', isNew), /not made.*can’t be the name/],
    ['an ecosystem that is none', '', put('maven:a', isNew), /not made.*no ecosystem “maven”/],
    [
      'a key that means nothing here',
      '',
      put('npm:a', { kind: 'denied', reason: 'x', expires: '2026-02-20' }),
      /not made.*is not allowed with/,
    ],
    [
      'a module that is none',
      '',
      put('pypi:a', approval('x', { imports: ['a b'] })),
      /not made.*can’t be imported/,
    ],
  ];
  test.each(rows)('%s', async (...[, text, one, message]) => {
    expect(await edited(text, one)).toMatch(/^refused: /);
    expect(await edited(text, one)).toMatch(message);
  });

  const sameLine = `packages: { npm:a: ${x}, npm:c: ${x} }\n`;
  const braces = `packages: {\n  npm:a: ${x},\n  npm:c: ${x}\n}\n`;
  test.each([
    [sameLine, put('npm:b', isNew)],
    [sameLine, put('npm:a', isNew)],
    [sameLine, takeOut('npm:a')],
    [braces, put('npm:b', isNew)],
    [braces, put('npm:a', isNew)],
    ['{}\n', put('npm:a', isNew)],
    ['covers: [npm]\n...\n', put('npm:a', isNew)],
    [`packages:\n  npm:a: ${x}\npackages:\n   npm:c: ${x}\n`, put('npm:b', isNew)],
  ])('what can’t be edited line by line, with the line to write by hand: %j', async (text, one) => {
    const line = one.content === null ? 'take out npm:a' : `write npm:${one.name}: { approved: new }`;
    expect(await edited(text, one)).toBe(
      `refused: this edit can’t be made safely in the file Give each package a line of its own, and by hand ${line}.`,
    );
  });

  test.each([
    [braces, takeOut('npm:c'), `packages: {\n  npm:a: ${x},\n}\n`],
    [`packages: {\n  npm:a: ${x},\n}\n`, takeOut('npm:b'), `packages: {\n  npm:a: ${x},\n}\n`],
  ])('nothing that comes out right: %j', async (text, one, expected) => {
    expect(await edited(text, one)).toBe(expected);
  });

  test('not what can be edited without joining what stands around it', async () => {
    const long = 'packages: {\n  npm:a: { approved: x,\n    by: y },\n';
    const text = `${long}  npm:c: ${x},\n  npm:d: ${x},\n}\n`;
    expect(await edited(text, takeOut('npm:d'))).toBe(`${long}  npm:c: ${x},\n}\n`);
  });
});

describe('covers', () => {
  const covers = async (text: string, ...words: string[]) => {
    const result = await editCovers(file, text, words);
    return result.kind === 'edited' ? result.text : `refused: ${result.fault.message} ${result.fault.next}`;
  };

  test.each([
    ['covers: [npm] # why\npackages:\n', 'covers: [npm, golang] # why\npackages:\n'],
    ['covers: [npm]\ncovers: [pypi]\r\n', 'covers: [npm, golang]\n'],
    ['covers:\n- npm\n# c\n- pypi\npackages:\n', 'covers: [npm, golang]\n# c\npackages:\n'],
    [
      '# top\n\n# prettier-ignore\npackages:\n',
      '# top\n\ncovers: [npm, golang]\n# prettier-ignore\npackages:\n',
    ],
    ['\ufeffpackages:\r\n', '\ufeffcovers: [npm, golang]\r\npackages:\r\n'],
    ['packages:\ncovers: [npm]', 'packages:\ncovers: [npm, golang]'],
  ])('%j', async (text, expected) => {
    expect(await covers(text, 'npm', 'golang')).toBe(expected);
  });

  test.each([
    ['{}\n', 'can’t be edited safely in this file Write covers: [npm, golang] above packages.'],
    ['covers: [[npm]]\n', 'expected a name, found a list Write a name.'],
  ])('refuses %j', async (text, message) => {
    expect(await covers(text, 'npm', 'golang')).toMatch(/^refused: /);
    expect(await covers(text, 'npm', 'golang')).toContain(message);
  });
});

test('what counts of twins, as an edit', () => {
  const twins = [
    entryOf(['npm:a', approval('x', { expires: '2027-01-01' })], { line: 2 }),
    entryOf(['npm:a', { kind: 'requested', reason: 'y' }], { line: 3 }),
  ];
  expect(joinedEdit(twins)).toMatchObject({
    ecosystem: 'npm',
    name: 'a',
    content: { kind: 'approved', reason: 'x', expires: '2027-01-01' },
  });
  expect(joinedEdit([])).toBeNull();
});
