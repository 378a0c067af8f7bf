import { describe, expect, test } from 'vitest';
import { edit, type Edit } from '../../src/whitelist/edit.ts';
import { readFast } from '../../src/whitelist/fast.ts';
import type { EntryContent } from '../../src/whitelist/write.ts';

const put = (address: string, content: EntryContent = {}): Edit => ({
  kind: 'put',
  ...parse(address),
  content,
});
const remove = (address: string): Edit => ({ kind: 'remove', ...parse(address) });

/** `approved pypi numpy` */
function parse(address: string): Pick<Edit, 'section' | 'ecosystem' | 'name'> {
  const [section, ecosystem = '', name = ''] = address.split(' ');
  if (section === 'approved' || section === 'denied' || section === 'baseline' || section === 'requested') {
    return { section, ecosystem, name };
  }
  throw new Error(`no section: ${address}`);
}

async function edited(text: string | null, ...edits: Edit[]): Promise<string> {
  const result = await edit('approved-packages.yaml', text, edits);
  return result.kind === 'edited' ? result.text : `refused: ${result.fault.message}`;
}

describe('adds', () => {
  const cases: [string, string, Edit[], string][] = [
    ['to an empty file', '', [put('approved pypi numpy')], 'approved:\n  pypi:\n    numpy: {}\n'],
    ['below comments', '# ours\n', [put('requested npm x')], '# ours\nrequested:\n  npm:\n    x: {}\n'],
    [
      'in sorted position, below the line before and above the comment of the next',
      'approved:\n  pypi:\n    boto3: {} # cloud\n    # the model\n    scipy: {}\n',
      [put('approved pypi numpy')],
      'approved:\n  pypi:\n    boto3: {} # cloud\n    numpy: {}\n    # the model\n    scipy: {}\n',
    ],
    [
      'first, with the spelling of its ecosystem',
      'approved:\n  pypi:\n    # the model\n    scipy: {}\n',
      [put('approved pypi Boto_Core')],
      'approved:\n  pypi:\n    boto-core: {}\n    # the model\n    scipy: {}\n',
    ],
    [
      'at the end of an unsorted section',
      'approved:\n  pypi:\n    scipy: {}\n    boto3: {}\n  npm:\n    x: {}\n',
      [put('approved pypi numpy')],
      'approved:\n  pypi:\n    scipy: {}\n    boto3: {}\n    numpy: {}\n  npm:\n    x: {}\n',
    ],
    [
      'several at one place, sorted',
      'approved:\n  npm:\n    a: {}\n    z: {}\n',
      [put('approved npm c'), put('approved npm b'), put('approved npm @acme/*')],
      'approved:\n  npm:\n    "@acme/*": {}\n    a: {}\n    b: {}\n    c: {}\n    z: {}\n',
    ],
    [
      'sections in their order, and comments stay with what they stand on',
      '# The policy.\n\n# never\ndenied:\n  npm:\n    x: {}\n    # y: {}\n',
      [put('approved npm a'), put('baseline npm b')],
      '# The policy.\n\napproved:\n  npm:\n    a: {}\n# never\ndenied:\n  npm:\n    x: {}\n    # y: {}\nbaseline:\n  npm:\n    b: {}\n',
    ],
    [
      'an ecosystem before its successor',
      'approved:\n    pypi:\n        numpy: {}\n',
      [put('approved npm a')],
      'approved:\n    npm:\n        a: {}\n    pypi:\n        numpy: {}\n',
    ],
    [
      'into empty braces',
      'approved: {}  # nothing yet\nrequested: { }\n',
      [put('approved npm a'), put('requested pypi b')],
      'approved:  # nothing yet\n  npm:\n    a: {}\nrequested:\n  pypi:\n    b: {}\n',
    ],
    [
      'below a key without a value',
      'approved:\n  pypi:\n\n  npm:\n',
      [put('approved npm a'), put('approved pypi b')],
      'approved:\n  pypi:\n    b: {}\n\n  npm:\n    a: {}\n',
    ],
    [
      'between braces',
      'baseline:\n  pypi: { boto3: {}, pyyaml: { imports: [yaml] } }\n',
      [
        put('baseline pypi numpy'),
        put('baseline pypi zope'),
        put('baseline pypi attrs', { imports: ['attr'] }),
      ],
      'baseline:\n  pypi: { attrs: { imports: [attr] }, boto3: {}, numpy: {}, pyyaml: { imports: [yaml] }, zope: {} }\n',
    ],
    [
      'between braces of braces',
      'baseline: { pypi: {}, npm: { a: {} } }\n',
      [put('baseline pypi numpy'), put('baseline npm b')],
      'baseline: { pypi: { numpy: {} }, npm: { a: {}, b: {} } }\n',
    ],
    [
      'between braces over several lines',
      'baseline:\n  pypi: {\n    boto3: {}, # cloud\n    scipy: {},\n  }\n',
      [put('baseline pypi numpy')],
      'baseline:\n  pypi: {\n    boto3: {}, # cloud\n    numpy: {}, scipy: {},\n  }\n',
    ],
    [
      'without a final newline',
      'approved:\n  npm:\n    a: {}',
      [put('approved npm b')],
      'approved:\n  npm:\n    a: {}\n    b: {}',
    ],
    [
      'with CRLF',
      'approved:\r\n  npm:\r\n    a: {}\r\n',
      [put('approved npm b')],
      'approved:\r\n  npm:\r\n    a: {}\r\n    b: {}\r\n',
    ],
    [
      'behind a byte-order mark',
      '\ufeffapproved: {}',
      [put('approved npm b')],
      '\ufeffapproved:\n  npm:\n    b: {}',
    ],
    [
      'behind an entry over several lines',
      'approved:\n  pypi:\n    numpy:\n      reason: >\n        arrays\n        and more\n      imports:\n        - numpy\n\n# end\n',
      [put('approved pypi scipy')],
      'approved:\n  pypi:\n    numpy:\n      reason: >\n        arrays\n        and more\n      imports:\n        - numpy\n    scipy: {}\n\n# end\n',
    ],
  ];
  test.each(cases)('%s', async (...[, text, edits, expected]) => {
    expect(await edited(text, ...edits)).toBe(expected);
  });

  test('a new file, with a line for each key of the entry', async () => {
    const content = {
      imports: ['cv2'],
      source: 'git+https://git.example.org/cv.git',
      reason: 'reads: pictures #1',
      by: 'Ada L <ada@example.org>',
      date: '2026-11-23',
      expires: '2027-11-23',
      created: '2016-04-05',
      repository: 'https://example.org/opencv',
      despite: 'young',
      unverified: true,
    };
    const text = await edited(
      null,
      put('approved pypi opencv-python', content),
      put('denied npm on', { use: 'off' }),
    );
    expect(text.replace(/^#.*\n/gm, '')).toBe(
      [
        'approved:',
        '  pypi:',
        '    opencv-python: { imports: [cv2], source: git+https://git.example.org/cv.git, reason: "reads: pictures #1", by: Ada L <ada@example.org>, date: 2026-11-23, expires: 2027-11-23, created: 2016-04-05, repository: https://example.org/opencv, despite: young, unverified: true }',
        'denied:',
        '  npm:',
        '    "on": { use: "off" }',
        '',
      ].join('\n'),
    );
    expect(text).toMatch(/^# /);
  });
});

describe('replaces and removes', () => {
  const cases: [string, string, Edit[], string][] = [
    [
      'the value, not the key or the comment',
      "approved:\n  pypi:\n    'NumPy':   { reason: old }  # why\n",
      [put('approved pypi numpy', { reason: 'new' })],
      "approved:\n  pypi:\n    'NumPy': { reason: new }  # why\n",
    ],
    [
      'a value over several lines',
      'approved:\n  pypi:\n    numpy:\n      reason: |\n        old\n      # inside\n      by: x\n    # next\n    scipy: {}\n',
      [put('approved pypi numpy', { reason: 'new' })],
      'approved:\n  pypi:\n    numpy: { reason: new }\n    # next\n    scipy: {}\n',
    ],
    [
      'nothing, with something',
      'approved:\n  pypi:\n    numpy: # why\n    scipy:\n',
      [put('approved pypi numpy', { reason: 'new' }), put('approved pypi scipy', { reason: 'x' })],
      'approved:\n  pypi:\n    numpy: { reason: new } # why\n    scipy: { reason: x }\n',
    ],
    [
      'between braces',
      'baseline: { pypi: { a: {}, b: { imports: [x] }, c: {} } }\n',
      [put('baseline pypi b', {}), remove('baseline pypi c')],
      'baseline: { pypi: { a: {}, b: {} } }\n',
    ],
    [
      'the line, and nothing around it',
      'approved:\n  pypi:\n    # one\n    a: {} # x\n\n    # two\n    b:\n      reason: y\n    # three\n    c: {}',
      [remove('approved pypi a'), remove('approved pypi b')],
      'approved:\n  pypi:\n    # one\n\n    # two\n    # three\n    c: {}',
    ],
    [
      'the last entry',
      'approved:\n  npm:\n    a: {}\n  pypi: # why\n    b: {}\n',
      [remove('approved pypi b')],
      'approved:\n  npm:\n    a: {}\n  pypi: {} # why\n',
    ],
    [
      'neighbours between braces',
      'baseline:\n  npm: { a: {}, b: {}, c: {}, d: {} }\n  pypi: {a: {}, b: {}}\n',
      [
        remove('baseline npm b'),
        remove('baseline npm c'),
        remove('baseline npm d'),
        remove('baseline pypi a'),
      ],
      'baseline:\n  npm: { a: {} }\n  pypi: {b: {}}\n',
    ],
    [
      'everything between braces, over several lines',
      'baseline:\n  npm: {\n    a: {}, # one\n    b: {}, # two\n  }\n  pypi: { a: {} }\n',
      [remove('baseline npm b'), remove('baseline pypi a')],
      'baseline:\n  npm: {\n    a: {}, # one\n  }\n',
    ],
    [
      'a request that is granted',
      'approved:\n  npm: { }\nrequested:\n  npm:\n    a: { reason: please }\n',
      [remove('requested npm a'), put('approved npm a', { reason: 'please' })],
      'approved:\n  npm:\n    a: { reason: please }\n',
    ],
    [
      'an ecosystem that is empty then, and no section that is not',
      'denied:\n  npm:\n    x: {}\nrequested:\n  npm:\n    a: {}\n  pypi:\n    b: {}\n',
      [remove('requested npm a')],
      'denied:\n  npm:\n    x: {}\nrequested:\n  pypi:\n    b: {}\n',
    ],
    [
      'a section that is empty then, wherever it stands',
      'requested: { npm: { a: {} } }\r\ndenied:\r\n  npm:\r\n    x: {}\r\n',
      [remove('requested npm a'), remove('denied npm x'), put('approved npm z')],
      'approved:\r\n  npm:\r\n    z: {}\r\n',
    ],
    [
      'nothing that a comment stands at',
      'requested: # wishes\n  npm:\n    a: {}\n# never\ndenied:\n  # of npm\n  npm:\n    x: {}\n  pypi:\n    # one day\n    y: {}\n',
      [remove('requested npm a'), remove('denied npm x'), remove('denied pypi y')],
      'requested: {} # wishes\n# never\ndenied:\n  # of npm\n  npm: {}\n  pypi: {}\n    # one day\n',
    ],
    [
      'nothing that was empty before',
      'approved: {}\nrequested:\n  npm: {}\n  pypi:\n    b: {}\n',
      [remove('requested pypi b')],
      'approved: {}\nrequested:\n  npm: {}\n',
    ],
    [
      'nothing that is filled again',
      'approved:\n  npm:\n    a: {}\n',
      [remove('approved npm a'), put('approved npm b')],
      'approved:\n  npm:\n    b: {}\n',
    ],
    [
      'a package that stands twice',
      'approved:\n  pypi:\n    a.b: {}\n    a_b: {}\n    c: {}\n    C: {}\n',
      [put('approved pypi a-b', { reason: 'x' }), remove('approved pypi c')],
      'approved:\n  pypi:\n    a.b: { reason: x }\n',
    ],
    [
      'an entry with marks of its own',
      'approved:\n  npm:\n    ? a\n    : {}\n    b: &b {}\n',
      [remove('approved npm b')],
      'approved:\n  npm:\n    ? a\n    : {}\n',
    ],
    ['what is not there', 'approved: {} # x\n', [remove('approved npm a')], 'approved: {} # x\n'],
  ];
  test.each(cases)('%s', async (...[, text, edits, expected]) => {
    expect(await edited(text, ...edits)).toBe(expected);
  });
});

describe('refuses', () => {
  const cases: [string, string, Edit, RegExp][] = [
    ['a conflict', '<<<<<<< HEAD\napproved: {}\n', put('approved npm a'), /conflict/],
    ['a fault elsewhere', 'aproved: {}\n', put('approved npm a'), /unknown key “aproved”/],
    ['a date that is none', '', put('approved npm a', { expires: '2026-02-30' }), /calendar day/],
    ['a name that is none', '', put('approved npm a%b'), /can’t be the name/],
    ['an ecosystem that is none', '', put('approved cargo a'), /unknown key “cargo”/],
    ['a key that means nothing here', '', put('denied npm a', { expires: '2026-02-20' }), /means nothing/],
    ['a key without its colon', 'approved: { npm }\n', put('approved npm a'), /not made/],
  ];
  test.each(cases)('%s', async (...[, text, one, message]) => {
    const result = await edit('approved-packages.yaml', text, [one]);
    expect(result.kind === 'refused' ? result.fault.message : result.text).toMatch(message);
  });
});

test('a thousand new entries are read without the YAML library', async () => {
  const edits = Array.from({ length: 1000 }, (_, index) => put(`baseline pypi package-${index}`));
  const text = await edited(null, ...edits);
  expect(readFast('approved-packages.yaml', text)?.entries).toHaveLength(1000);
});
