import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../src/app/version.ts';
import { runPrinted } from '../kit/printed.ts';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/** Every command that has a page of help, by the words that lead to it. */
const paths = [
  '',
  ...'check init list explain approve deny request prune review lsp mcp ci hook agent-hook completion version'.split(
    ' ',
  ),
  'hook pre-commit',
  'hook pre-push',
];

/** What each page of help says, on standard output. */
const pages = new Map<string, string>();

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({
      'npm:left-pad': { approved: 'once', ...byAda },
      'npm:react': { requested: 'pages', ...byAda },
      'pypi:flask': { approved: 'the API', ...byAda },
    }),
    '.check-importsrc': 'lookup: off\n',
    'requirements.txt': 'flask\n',
    'app.py': 'import flask\n',
    'event.json': '{ "hook_event_name": "Stop" }\n',
    'src/report.py': 'import flask\n',
  });
  await scratch.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  for (const path of paths) {
    const words = [...path.split(' '), '--help'].filter((word) => word !== '');
    pages.set(path, (await runIn(scratch, words)).stdout);
  }
});
afterAll(() => {
  scratch.dispose();
});

describe('--help', () => {
  test.each(['Usage: vetted-imports ', '\nExamples:\n', '\nExit codes:\n  0 ', 'https://github.com/'])(
    'has %j',
    (text) => {
      expect(pages.get('')).toContain(text);
    },
  );

  test('lists the commands whose pages are read here, and no other', () => {
    const [, commands = ''] = /\nCommands:\n((?: .*\n)+)/.exec(pages.get('') ?? '') ?? [];
    const listed = [...commands.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name);
    expect(listed).toEqual([...paths.filter((path) => /^[\w-]+$/.test(path)), 'help']);
  });

  test('of the program shows the options of the command that runs where none is named', () => {
    const optionsIn = (page = '') =>
      [...page.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name);
    expect(optionsIn(pages.get('')).toSorted()).toEqual(
      [...optionsIn(pages.get('check')), '--cwd', '--version'].toSorted(),
    );
  });

  test('of a command has its options, and no default that is empty', () => {
    expect(pages.get('check')).toContain('--format <format[=file]>');
    expect([...pages.values()].filter((page) => page.includes('(default: [])'))).toEqual([]);
  });

  test('names one command on every page', () => {
    expect([...pages.values()].filter((page) => page.includes('check-imports'))).toEqual([]);
  });
});

/** The protocol's library ends its process: test/e2e/completion.test.ts runs this one. */
const elsewhere = 'vetted-imports lsp --stdio';

/** How each example ends, and what it says, on whichever stream. They are run as they are printed. */
const outcomes: readonly (readonly [example: string, code: number, says: string])[] = [
  ['vetted-imports', 1, 'nobody approved pypi:numpy-utils'],
  ['vetted-imports --staged', 0, ''],
  ['vetted-imports --since origin/main', 0, ''],
  ['vetted-imports check', 1, 'nobody approved pypi:numpy-utils'],
  ['vetted-imports check src app.py', 1, '1 error in 2 files checked'],
  ['vetted-imports check --since origin/main --policy-from base', 0, ''],
  ['vetted-imports check --all --format concise --format sarif=report.sarif', 1, 'app.py:2:8: error'],
  ['vetted-imports check --stdin --stdin-filename app.py < app.py', 1, 'nobody approved pypi:numpy-utils'],
  ['vetted-imports init', 2, '+++ b/.git/hooks/pre-commit'],
  ['vetted-imports init --dry-run', 0, '+++ b/.git/hooks/pre-commit'],
  ['vetted-imports init --yes', 0, 'Commit it: git add .gitattributes'],
  ['vetted-imports init --check', 0, 'Commits are checked: .git/hooks/pre-commit'],
  [
    'vetted-imports init --ci github --owner @acme/security --dry-run',
    0,
    '+++ b/.github/workflows/vetted-imports.yml',
  ],
  // Nothing in this project brings what hooks would start.
  ['vetted-imports init --agent claude,codex --dry-run', 2, 'Add it first: '],
  ['vetted-imports init --remove --yes', 0, 'Commits are no longer checked.'],
  ['vetted-imports list', 0, 'pypi:flask        approved '],
  ['vetted-imports list src --references', 0, 'src/report.py:1:8  static  flask'],
  ['vetted-imports list --format json', 0, '"package": "pkg:pypi/flask"'],
  ['vetted-imports explain flask', 0, 'flask → pypi:flask (approved)'],
  ['vetted-imports explain npm:lodash/fp', 0, 'lodash/fp → npm:lodash (unapproved, not-asked)'],
  ['vetted-imports explain app.py:1', 0, '1. app.py:1 imports it'],
  ['vetted-imports explain unapproved-package/young', 0, 'It was first published within the last 90 days'],
  ['vetted-imports approve npm:undici --reason "connection pools"', 0, '{ approved: connection pools,'],
  ['vetted-imports approve pypi:opencv-python --imports cv2 --reason "thumbnails"', 0, 'imports: [cv2]'],
  ['vetted-imports approve npm:undici --reason "a trial" --expires 2027-06-30', 0, 'expires: 2027-06-30'],
  ['vetted-imports approve --all-requested', 1, 'npm:react is left out'],
  ['vetted-imports approve --record-imports', 0, 'There is nothing to record.'],
  ['vetted-imports deny npm:request --use npm:undici --reason "unmaintained"', 0, '{ denied: unmaintained,'],
  ['vetted-imports request pypi:pandas --reason "the monthly report"', 0, 'lets no commit pass'],
  ['vetted-imports prune --dry-run', 0, 'remove approved npm:left-pad: nothing uses it'],
  ['vetted-imports prune --yes', 0, 'remove approved npm:left-pad: nothing uses it'],
  ['vetted-imports review', 2, 'review asks questions and needs a terminal'],
  ['vetted-imports review --all', 2, 'review asks questions and needs a terminal'],
  ['vetted-imports review --expiring', 0, 'No approval ends soon.'],
  ['vetted-imports review --baseline', 2, '--baseline asks registries'],
  ['vetted-imports mcp', 0, ''],
  ['vetted-imports ci', 2, 'not running in a GitHub workflow or a GitLab pipeline'],
  ['vetted-imports ci --since origin/main --sarif report.sarif', 0, ''],
  ['vetted-imports hook pre-commit', 0, ''],
  ['vetted-imports hook pre-push', 0, ''],
  ['vetted-imports hook pre-push origin', 0, ''],
  ['vetted-imports agent-hook --agent claude < event.json', 0, '"decision":"block"'],
  ['vetted-imports version', 0, version],
];

const examples = () =>
  [...pages.values()].flatMap((page) =>
    [...page.matchAll(/^ {2}(vetted-imports\b.*?)(?: {2}.*)?$/gm)].map(([, line = '']) => line.trim()),
  );

test('every page has an example, and every example a row', () => {
  const [, ...withExamples] = [...pages]
    .filter(([, page]) => page.includes('\nExamples:\n'))
    .map(([path]) => path);
  expect(withExamples).toEqual(paths.filter((path) => path !== '' && path !== 'completion'));
  expect([...new Set(examples())].toSorted()).toEqual(
    [...outcomes.map(([line]) => line), elsewhere].toSorted(),
  );
});

async function runExample(line: string): Promise<Finished> {
  if (line === 'vetted-imports') return runIn(scratch, []);
  const [, input] = / < (\S+)$/.exec(line) ?? [];
  return runPrinted(scratch, line, input === undefined ? {} : { stdin: scratch.read(input) });
}

test.each(outcomes)('%s', async (line, code, says) => {
  scratch.write({ 'app.py': 'import flask\nimport numpy_utils\n' });
  const { stdout, stderr, ...ended } = await runExample(line);
  expect([ended.code, stdout + stderr]).toEqual([code, expect.stringContaining(says)]);
  await scratch.git('checkout', '--quiet', 'HEAD', '--', '.');
  await scratch.git('clean', '--quiet', '--force');
});
