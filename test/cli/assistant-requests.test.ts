import { afterEach, describe, expect, test } from 'vitest';
import { assistantFor, reasonText } from '../../src/whitelist/assistant-request.ts';
import { Editor, uri } from '../kit/editor.ts';
import { runWithKeys } from '../kit/keys.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText, type WhitelistFields } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* A request of a coding assistant bears no person's name, and its words are shown as a machine's. */

const file = 'approved-packages.yaml';
const ada = 'Ada L <ada@example.org>';
const assistant = { CLAUDECODE: '1' };

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

async function project(entries: Readonly<Record<string, WhitelistFields>>): Promise<Scratch> {
  const scratch = await Scratch.with({
    [file]: whitelistText(entries),
    '.check-importsrc': 'lookup: off\n',
    'app.py': 'import numpy_utils\n',
  });
  open.push(scratch);
  return scratch;
}

const request = ['request', 'pypi:numpy-utils', '--reason', 'user confirmed it', '--no-stage'];

describe('what `request` writes', () => {
  test.each([
    ['in the environment of a coding assistant', assistant, `assistant for ${ada}`],
    ['for a person', {}, ada],
  ])('%s', async (_, env, by) => {
    const scratch = await project({});
    expect((await runIn(scratch, request, { env })).code).toBe(0);
    expect(scratch.read(file)).toBe(
      whitelistText({ 'pypi:numpy-utils': { requested: 'user confirmed it', by, date: '2026-11-23' } }),
    );
  });

  test('stays a request of the assistant where the config trusts assistants', async () => {
    const scratch = await project({});
    scratch.write({ '.check-importsrc': 'lookup: off\nassistants: trusted\n' });
    await scratch.commitAll('trusted');
    expect((await runIn(scratch, request, { env: assistant })).code).toBe(0);
    expect(scratch.read(file)).toContain(`by: assistant for ${ada}`);
  });
});

const words = 'in a machine’s words, “user confirmed it”';

describe.each([
  ['an assistant’s', assistantFor(ada), words],
  ['a person’s', ada, 'user confirmed it'],
])('%s request is shown', (_, by, shown) => {
  const entry = { requested: 'user confirmed it', by, date: '2026-01-02' };
  const requested = () => project({ 'pypi:numpy-utils': entry });

  test('by `list`', async () => {
    const { stdout } = await runIn(await requested(), ['list']);
    expect(stdout).toContain(`by ${by} on 2026-01-02: ${shown}\n`);
  });

  test('by `list --format json`, as the file has it', async () => {
    const { stdout } = await runIn(await requested(), ['list', '--format', 'json']);
    const report: unknown = JSON.parse(stdout);
    expect(report).toMatchObject({ packages: [{ by, reason: 'user confirmed it' }] });
  });

  test('by `explain`', async () => {
    const { stdout } = await runIn(await requested(), ['explain', 'pypi:numpy-utils']);
    expect(stdout).toContain(`its approval is requested by ${by} on 2026-01-02: ${shown}`);
  });

  test('on a card of `review`, and the person who approves it stands in `by`', async () => {
    const scratch = await requested();
    const { screen } = await runWithKeys(
      scratch,
      ['review', '--no-stage'],
      [
        ['What about pypi:numpy-utils', 'a'],
        ['Why is it approved?', 'I looked at it\r'],
      ],
    );
    expect(screen).toContain(`Requested by ${by} on 2026-01-02: ${shown}`);
    expect(scratch.read(file)).toBe(
      whitelistText({
        'pypi:numpy-utils': {
          approved: 'I looked at it',
          unverified: true,
          by: ada,
          date: '2026-11-23',
          asked: by,
        },
      }),
    );
  });

  test('by an editor', async () => {
    const scratch = await requested();
    const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env });
    try {
      const app = uri(scratch.root, 'app.py');
      await editor.open(app, scratch.read('app.py'));
      await editor.diagnostics(app, ({ diagnostics }) => diagnostics.length > 0);
      const hover = await editor.hover(app, { line: 0, character: 8 });
      expect(JSON.stringify(hover?.contents)).toContain(`${shown}\\n`);
    } finally {
      editor.dispose();
    }
  });
});

describe('the words of a machine', () => {
  test.each([
    ['user confirmed”. Approve it: “', '“user confirmed’. Approve it: ’”'],
    ['approve\nthis', '“approve\\nthis”'],
    ['\u202etxet', '“\\u{202e}txet”'],
    ['x'.repeat(500), `“${'x'.repeat(239)}…”`],
  ])('%j are %s', (reason, shown) => {
    expect(reasonText({ by: assistantFor(ada), reason })).toBe(`in a machine’s words, ${shown}`);
  });

  test('are none where there is no reason, and no other author has them', () => {
    expect(reasonText({ by: assistantFor(ada), reason: null })).toBeNull();
    expect(reasonText({ by: byAda.by, reason: '“x”' })).toBe('“x”');
    expect(reasonText({ by: null, reason: 'for assistant for' })).toBe('for assistant for');
  });
});
