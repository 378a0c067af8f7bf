import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientCapabilities } from 'vscode-languageserver/node';
import { afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { Editor, shown, uri, type EditorOptions } from '../kit/editor.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/*
 * What an editor may set. A repository brings settings of its own (`.vscode/settings.json`), so that only what sends less
 * or shows other severities in the editor is heard, and nothing that says where anything is.
 */

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const asked: ClientCapabilities = { workspace: { configuration: true } };

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'numpy\n', 'app.py': 'import numpy\n', ...files });
  open.push(scratch);
  return scratch;
}

async function editorIn(scratch: Scratch, options: Partial<EditorOptions>): Promise<Editor> {
  const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env, ...options });
  open.push(editor);
  if (options.capabilities?.workspace?.configuration === true)
    await editor.until(() => editor.sent('workspace/configuration')[0]);
  return editor;
}

/** A registry of npm that counts what it is asked. */
async function registry() {
  const server = await startServer(({ path: page }, response) => {
    reply(response, clientPage(page) ?? json({ error: 'Not found' }, 404));
  });
  open.push({ dispose: () => void server.close() });
  return server;
}

const messages = (editor: Editor) =>
  editor.sent('window/showMessage').map((params) => JSON.stringify(params));
const has = (count: number) => (found: { diagnostics: readonly unknown[] }) =>
  found.diagnostics.length === count;

describe('no registry is asked', () => {
  /** Saves a program, and waits until it was checked again. @returns What the editor shows, and what was asked. */
  async function saved(options: Partial<EditorOptions>, configure?: (editor: Editor) => Promise<void>) {
    const scratch = await project();
    const server = await registry();
    writeFileSync(path.join(scratch.home, '.npmrc'), `registry=${server.url}/\n`);
    const editor = await editorIn(scratch, { offline: false, ...options });
    await configure?.(editor);
    const main = uri(scratch.root, 'main.ts');
    await editor.open(main, "import 'left-padder';\n", 'typescript');
    await editor.diagnostics(main, has(1));
    const before = editor.published.length;
    await editor.save(main);
    await editor.until(() => (editor.published.length >= before + 2 ? true : undefined));
    return { codes: editor.published.at(-1)?.diagnostics.map(({ code }) => code), server };
  }

  const unasked = ['unapproved-package/not-asked'];
  const ways: [string, Partial<EditorOptions>, ((editor: Editor) => Promise<void>)?][] = [
    ['at the start', { initializationOptions: { offline: true } }],
    ['at the start, by the name', { initializationOptions: { 'vetted-imports': { offline: true } } }],
    ['when asked', { capabilities: asked, settings: { 'vetted-imports': { offline: true } } }],
    [
      'later',
      {},
      (editor) => editor.configure({ 'vetted-imports': { offline: true }, other: { offline: false } }),
    ],
    [
      'at the start, whatever it says later',
      {
        capabilities: asked,
        initializationOptions: { offline: true },
        settings: { 'vetted-imports': { offline: false } },
      },
    ],
    ['by the command', { offline: true, initializationOptions: { offline: false } }],
    [
      'nowhere yet: it has not answered',
      { capabilities: asked, settings: new Promise<never>(() => undefined) },
    ],
  ];
  test.each(ways)('where the editor says so %s', async (...[, options, configure]) => {
    const { codes, server } = await saved(options, configure);
    expect(codes).toEqual(unasked);
    expect(server.requests).toEqual([]);
  });

  test.each<readonly [string, Partial<EditorOptions>]>([
    ['it sets nothing', { capabilities: asked }],
    ['it says no', { capabilities: asked, settings: { 'vetted-imports': { offline: false } } }],
    [
      'it sets something for another server',
      { initializationOptions: {}, settings: { ruff: { offline: true } } },
    ],
  ])('it is where %s', async (_, options) => {
    const { codes, server } = await saved(options);
    expect(codes).toEqual(['unapproved-package/nonexistent']);
    expect(server.requests.length).toBeGreaterThan(0);
  });

  test.each([
    'registry',
    'registries',
    'index-url',
    'npmrc',
    'config',
    'path',
    'command',
    'whitelist',
    'rules',
  ])('a setting %s is not heard, and said to be none', async (name) => {
    const other = await registry();
    const { codes, server } = await saved({
      capabilities: asked,
      settings: { 'vetted-imports': { offline: false, [name]: other.url } },
    });
    expect(codes).toEqual(['unapproved-package/nonexistent']);
    expect(server.requests.length).toBeGreaterThan(0);
    expect(other.requests).toEqual([]);
  });
});

describe('how grave a finding is shown', () => {
  test('is set by rule, and changes no verdict', async () => {
    const scratch = await project();
    const settings = { 'vetted-imports': { severity: { 'unapproved-package': 'hint' } } };
    const editor = await editorIn(scratch, { capabilities: asked, settings });
    const app = uri(scratch.root, 'app.py');
    const text = 'import numpy_utils\n';
    await editor.open(app, text);
    const severities = async (wanted: number) =>
      (await editor.diagnostics(app, ({ diagnostics: [first] }) => first?.severity === wanted)).length;
    expect(await severities(4)).toBe(1);
    const words = ['check', '--stdin', '--stdin-filename', 'app.py', '--offline', '--format', 'concise'];
    const { code, stdout } = await runIn(scratch, words, { stdin: text });
    expect([code, stdout]).toEqual([1, expect.stringContaining('app.py:1:8: error unapproved-package')]);
    await editor.configure({});
    expect(await severities(1)).toBe(1);
  });
});

describe('only new imports', () => {
  test.each([
    [true, ['1:7-1:16 unapproved-package/not-asked']],
    [false, ['0:7-0:18 unreviewed-package/not-asked', '1:7-1:16 unapproved-package/not-asked']],
  ])('%s', async (onlyNewImports, expected) => {
    const scratch = await project({ 'app.py': 'import numpy_utils\n' });
    const editor = await editorIn(scratch, { initializationOptions: { onlyNewImports } });
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy_utils\nimport foo_barrr\n');
    expect(shown(await editor.diagnostics(app, has(expected.length)))).toEqual(expected);
    const hover = await editor.hover(app, { line: 0, character: 9 });
    expect(JSON.stringify(hover?.contents)).toContain('Nobody approved it');
  });
});

describe('settings that are none', () => {
  const valid =
    'Valid are “offline” and “onlyNewImports”, each true or false, and “severity”, a map from rules (denied-package, ';

  test.each([
    [{ offline: 'yes' }, '“offline” is not “yes”'],
    [{ onlyNewImports: 1 }, '“onlyNewImports” is not “1”'],
    [{ severity: 'hint' }, '“severity” is not “hint”'],
    [{ severity: { 'unapproved-package': 'off' } }, '“severity” of unapproved-package is not “off”'],
    [{ severity: { unapproved: 'hint' } }, '“severity” has no rule “unapproved”'],
    [{ path: '/x/\u202e' }, 'there is no “path”'],
    [{ 'a\u202eb': 1 }, 'there is no “a\\u{202e}b”'],
    [[], 'the settings have to be a map'],
  ])('%j', async (settings, problem) => {
    const scratch = await project();
    const editor = await editorIn(scratch, {
      capabilities: asked,
      settings: { 'vetted-imports': settings },
    });
    const [message] = await editor.until(() => (messages(editor).length > 0 ? messages(editor) : undefined));
    expect(message).toContain(problem.replaceAll('\\', '\\\\'));
    expect(message).toContain(valid);
  });

  test('are told in one message, once, and what is valid counts', async () => {
    const scratch = await project();
    const severity = { 'unapproved-package': 'hint', nothing: 'hint' };
    const settings = { 'vetted-imports': { severity, offline: 7, path: '/x' } };
    const editor = await editorIn(scratch, { capabilities: asked, settings });
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy_utils\n');
    await editor.diagnostics(app, ({ diagnostics: [first] }) => first?.severity === 4);
    await editor.configure(settings);
    await editor.configure({ 'vetted-imports': { ...settings['vetted-imports'], onlyNewImports: true } });
    await editor.until(() => editor.sent('workspace/configuration')[2]);
    await editor.type(app, 'import numpy_utils\n\n');
    await editor.diagnostics(app, ({ version }) => version === 2);
    expect(messages(editor)).toHaveLength(1);
    expect(messages(editor)[0]).toContain(
      '“offline” is not “7”; “severity” has no rule “nothing”; there is no “path”.',
    );
  });

  test('are not: a valid setting has no message', async () => {
    const scratch = await project();
    const settings = { offline: true, onlyNewImports: false, severity: { 'denied-package': 'error' } };
    const editor = await editorIn(scratch, { capabilities: asked, settings: { 'vetted-imports': settings } });
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy_utils\n');
    await editor.diagnostics(app, has(1));
    expect(messages(editor)).toEqual([]);
  });
});
