import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CancellationTokenSource,
  CodeActionRequest,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
  HoverRequest,
  LSPErrorCodes,
  ResponseError,
  ShowMessageNotification,
  ShowMessageRequest,
  DidChangeWorkspaceFoldersNotification,
  type ClientCapabilities,
  type CodeAction,
  type Command,
} from 'vscode-languageserver/node';
import { afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { Editor, shown, uri } from '../kit/editor.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const fake = 'import os\nimport numpy_utils\n';

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'numpy\n', 'app.py': 'import numpy\n', ...files });
  open.push(scratch);
  return scratch;
}

async function editorIn(scratch: Scratch, capabilities: ClientCapabilities = {}, folders = [scratch.root]) {
  const { editor, result } = await Editor.start({ folders, env: scratch.env, capabilities });
  open.push(editor);
  return { editor, result };
}

const has = (count: number) => (found: { diagnostics: readonly unknown[] }) =>
  found.diagnostics.length === count;

describe('diagnostics that are pushed', () => {
  test('an open text is checked, whatever is on disk', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    const [first] = await editor.diagnostics(app, has(1));
    expect(shown(first ? [first] : [])).toEqual(['1:7-1:18 unapproved-package/not-asked']);
    expect(first).toMatchObject({ severity: 1, source: 'check-imports' });
    expect(first?.message).toContain('nobody approved pypi:numpy-utils');
    expect(first?.message).toContain('Did you mean numpy');
    await editor.type(app, 'import numpy\n');
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
  });

  test('columns count UTF-16 code units', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const main = uri(scratch.root, 'main.ts');
    await editor.open(main, "/* 😀é */ import pad from 'left-padder';\n", 'typescript');
    expect(shown(await editor.diagnostics(main, has(1)))).toEqual(['0:27-0:38 unapproved-package/not-asked']);
  });

  test('rapid typing ends with the diagnostics of the last text', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy\n');
    await editor.diagnostics(app, has(0));
    const before = editor.published.length;
    let last = 0;
    for (const length of fake.split('').keys()) last = await editor.type(app, fake.slice(0, length + 1));
    const found = await editor.diagnostics(app, ({ version }) => version === last);
    expect(shown(found)).toEqual(['1:7-1:18 unapproved-package/not-asked']);
    expect(editor.published.length - before).toBeLessThan(fake.length / 2);
  });

  test('a module in an unsaved text of the project is local', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const [app, helper] = [uri(scratch.root, 'app.py'), uri(scratch.root, 'helper.py')];
    await editor.open(app, 'import helper\n');
    await editor.diagnostics(app, has(1));
    await editor.open(helper, 'import numpy_utils\n');
    await editor.diagnostics(helper, has(1));
    await editor.type(app, 'import helper\n\n');
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
  });

  test('a text that was never saved, and has no name, belongs to the first folder', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    await editor.open('untitled:Untitled-1', 'import numpy\nimport numpy_utils\n');
    expect(shown(await editor.diagnostics('untitled:Untitled-1', has(1)))).toEqual([
      '1:7-1:18 unapproved-package/not-asked',
    ]);
  });

  test('a file outside of the workspace, in no repository, is checked alone', async () => {
    const scratch = await project();
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'loose-')));
    open.push({
      dispose: () => {
        rmSync(folder, { recursive: true });
      },
    });
    writeFileSync(path.join(folder, 'beside.py'), '');
    const { editor } = await editorIn(scratch);
    const loose = uri(folder, 'loose.py');
    await editor.open(loose, 'import beside\nimport numpy\n');
    expect(shown(await editor.diagnostics(loose, has(1)))).toEqual(['1:7-1:12 unapproved-package/not-asked']);
  });

  test('a file of another repository is judged by that repository', async () => {
    const [scratch, other] = [await project(), await project({ 'requirements.txt': 'numpy-utils\n' })];
    const { editor } = await editorIn(scratch);
    const elsewhere = uri(other.root, 'app.py');
    await editor.open(elsewhere, 'import numpy_utils\n');
    expect(await editor.diagnostics(elsewhere, has(0))).toEqual([]);
  });

  test('two folders of one workspace have their own decisions', async () => {
    const [one, other] = [await project(), await project({ 'requirements.txt': 'numpy-utils\n' })];
    const { editor } = await editorIn(one, { workspace: { workspaceFolders: true } }, [one.root]);
    await editor.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [{ uri: uri(other.root), name: 'other' }], removed: [] },
    });
    const [first, second] = [uri(one.root, 'app.py'), uri(other.root, 'app.py')];
    await editor.open(first, fake);
    await editor.open(second, fake);
    await editor.diagnostics(first, has(1));
    expect(await editor.diagnostics(second, has(0))).toEqual([]);
  });

  test('a whitelist of one folder, not yet saved, approves nothing in the other', async () => {
    const [one, other] = [await project(), await project()];
    const { editor } = await editorIn(one, { workspace: { workspaceFolders: true } }, [one.root, other.root]);
    const approved = whitelistText({ 'pypi:numpy-utils': { approved: 'ours', ...byAda } });
    await editor.open(uri(other.root, 'approved-packages.yaml'), approved, 'yaml');
    const [first, second] = [uri(one.root, 'app.py'), uri(other.root, 'app.py')];
    await editor.open(first, fake);
    await editor.open(second, fake);
    const isChecked = ({ version }: { version?: number }) => version === 1;
    expect(await editor.diagnostics(second, isChecked)).toEqual([]);
    expect(shown(await editor.diagnostics(first, isChecked))).toEqual([
      '1:7-1:18 unapproved-package/not-asked',
    ]);
  });

  test('a folder without git is a project of its own', async () => {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'plain-')));
    open.push({
      dispose: () => {
        rmSync(folder, { recursive: true });
      },
    });
    writeFileSync(path.join(folder, 'requirements.txt'), 'numpy\n');
    const scratch = await project();
    const { editor } = await editorIn(scratch, {}, [folder]);
    const app = uri(folder, 'deep/app.py');
    await editor.open(app, `import numpy\n${fake}`);
    expect(shown(await editor.diagnostics(app, has(1)))).toEqual(['2:7-2:18 unapproved-package/not-asked']);
  });

  test('a closed text has no diagnostics, and texts of other schemes never had', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open('git:/app.py?ref=HEAD', fake);
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    await editor.close(app);
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
    expect(editor.published.some(({ uri: where }) => where.startsWith('git:'))).toBe(false);
  });

  test('a text that is no program says so as information, unless every import in it is seen', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const [main, other] = [uri(scratch.root, 'main.ts'), uri(scratch.root, 'other.ts')];
    await editor.open(other, "import pad from 'left-padder';\nconst = ;\n", 'typescript');
    expect((await editor.diagnostics(other, has(1))).map(({ severity }) => severity)).toEqual([1]);
    await editor.open(main, "import pad from 'left-padder';\nload = require\nconst = ;\n", 'typescript');
    const found = await editor.diagnostics(main, has(2));
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['unapproved-package/not-asked', 1],
      ['unparsable', 3],
    ]);
  });
});

describe('what decides is edited', () => {
  const approved = whitelistText({ 'pypi:numpy-utils': { approved: 'ours', ...byAda } });

  test('in the editor, not yet saved', async () => {
    const scratch = await project({ 'approved-packages.yaml': whitelistText({}) });
    const { editor } = await editorIn(scratch);
    const [app, whitelist] = [uri(scratch.root, 'app.py'), uri(scratch.root, 'approved-packages.yaml')];
    await editor.open(whitelist, whitelistText({}), 'yaml');
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    await editor.type(whitelist, approved);
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
    await editor.type(whitelist, 'packages: [\n');
    const found = await editor.diagnostics(whitelist, ({ diagnostics }) => diagnostics.length > 0);
    expect(found[0]?.code).toBe('whitelist');
  });

  test('by somebody else: the editor watches', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    scratch.write({ 'approved-packages.yaml': approved });
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uri(scratch.root, 'approved-packages.yaml'), type: 1 }],
    });
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
  });
});

describe('diagnostics that are pulled', () => {
  const pulling: ClientCapabilities = { textDocument: { diagnostic: {} } };

  test('are answered, and nothing is pushed', async () => {
    const scratch = await project();
    const { editor, result } = await editorIn(scratch, pulling);
    expect(result.capabilities.diagnosticProvider).toBeDefined();
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    const report = await editor.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri: app },
    });
    expect(shown(report.kind === 'full' ? report.items : [])).toEqual([
      '1:7-1:18 unapproved-package/not-asked',
    ]);
    expect(editor.published).toEqual([]);
  });

  test('a cancelled request is answered as cancelled, and the next one as usual', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch, pulling);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: app } };
    const cancelled = editor.connection
      .sendRequest(DocumentDiagnosticRequest.type, params, source.token)
      .catch((error: unknown) => error);
    source.cancel();
    const error = await cancelled;
    expect(error instanceof ResponseError && error.code).toBe(LSPErrorCodes.RequestCancelled);
    // VS Code asks again for the text that it cancelled for, unless data say `retriggerRequest: false`.
    expect(error).toHaveProperty('data', undefined);
    expect((await editor.connection.sendRequest(DocumentDiagnosticRequest.type, params)).kind).toBe('full');
  });
});

describe('registries', () => {
  test('are asked when a text is saved, and never while somebody types', async () => {
    const registry = await startServer(({ path: page }, response) => {
      reply(response, clientPage(page) ?? json({ error: 'Not found' }, 404));
    });
    open.push({ dispose: () => void registry.close() });
    const scratch = await project();
    writeFileSync(path.join(scratch.home, '.npmrc'), `registry=${registry.url}/\n`);
    const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env, offline: false });
    open.push(editor);
    const main = uri(scratch.root, 'main.ts');
    await editor.open(main, "import 'left-padder';\n", 'typescript');
    await editor.diagnostics(main, has(1));
    const typed = await editor.type(main, "import 'left-padder';\n\n");
    const before = await editor.diagnostics(main, ({ version }) => version === typed);
    expect(shown(before)).toEqual(['0:8-0:19 unapproved-package/not-asked']);
    expect(registry.requests).toEqual([]);
    await editor.save(main);
    const isKnown = (found: { diagnostics: readonly { code?: unknown }[] }) =>
      found.diagnostics[0]?.code === 'unapproved-package/nonexistent';
    await editor.diagnostics(main, isKnown);
    const asked = registry.requests.length;
    expect(asked).toBeGreaterThan(0);
    const again = await editor.type(main, "import 'left-padder';\n");
    await editor.diagnostics(main, (found) => found.version === again && isKnown(found));
    expect(registry.requests).toHaveLength(asked);
    const hover = await editor.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: main },
      position: { line: 0, character: 10 },
    });
    expect(JSON.stringify(hover?.contents)).toContain('exists: no (npm');
  });
});

describe('hover', () => {
  test.each([
    [0, 'pypi:numpy', 'by Ada L <ada@example.org> on 2026-01-02', 'arrays', 'approved-packages.yaml:5'],
    [1, 'numpy_utils', 'Nobody approved it.', '', ''],
    [2, 'os', 'builtin', 'provided by python', ''],
  ])('line %i', async (line, ...texts) => {
    const scratch = await project({
      'approved-packages.yaml': whitelistText({ 'pypi:numpy': { approved: 'arrays', ...byAda } }),
    });
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy\nimport numpy_utils\nimport os\n');
    const hover = await editor.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: app },
      position: { line, character: 8 },
    });
    const value = JSON.stringify(hover?.contents).replaceAll('numpy-utils', 'numpy_utils');
    for (const text of texts) expect(value).toContain(text);
    expect(hover?.range?.start).toEqual({ line, character: 7 });
  });

  test('of a denied package, with what is to be used instead', async () => {
    const scratch = await project();
    await runIn(scratch, ['deny', 'pypi:pyopencv', '--reason', 'old', '--use', 'opencv-python']);
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import pyopencv\n');
    const params = { textDocument: { uri: app }, position: { line: 0, character: 8 } };
    const hovered = async () =>
      JSON.stringify((await editor.connection.sendRequest(HoverRequest.type, params))?.contents);
    expect(await hovered()).toContain('the denial names pypi:opencv-python instead, but nobody approved it');
    await runIn(scratch, ['approve', 'pypi:opencv-python', '--reason', 'x', '--offline']);
    expect(await hovered()).toContain('use pypi:opencv-python instead');
  });

  test('of what a lockfile says, once the text was saved', async () => {
    const scratch = await project({
      'approved-packages.yaml': whitelistText({}),
      '.check-importsrc': 'lookup: off\n',
      'requirements.txt': 'flask\n',
      'uv.lock':
        'version = 1\n\n[[package]]\nname = "flask"\nsource = { registry = "https://pypi.org/simple" }\ndependencies = [{ name = "blinker" }]\n\n[[package]]\nname = "blinker"\nsource = { registry = "https://pypi.org/simple" }\n',
    });
    const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env, offline: false });
    open.push(editor);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import blinker\n');
    await editor.diagnostics(app, ({ diagnostics }) => diagnostics.length > 0);
    await editor.save(app);
    const params = { textDocument: { uri: app }, position: { line: 0, character: 8 } };
    await expect
      .poll(async () =>
        JSON.stringify((await editor.connection.sendRequest(HoverRequest.type, params))?.contents),
      )
      .toMatch(/lookups are off.*dependency of flask, in uv/);
  });

  test('nothing where no import stands', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'value = 1\n');
    const params = { textDocument: { uri: app }, position: { line: 0, character: 2 } };
    expect(await editor.connection.sendRequest(HoverRequest.type, params)).toBeNull();
  });
});

describe('code actions', () => {
  const decisions = [
    'Request approval of pypi:numpy-utils',
    'Approve pypi:numpy-utils for this repository…',
    'Deny pypi:numpy-utils for this repository…',
  ];

  async function actionsAt(editor: Editor, where: string, line: number): Promise<CodeAction[]> {
    const diagnostics = await editor.diagnostics(where, ({ diagnostics: found }) => found.length > 0);
    const position = { line, character: 9 };
    const found = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: where },
      range: { start: position, end: position },
      context: { diagnostics },
    });
    return (found ?? []).filter((one: CodeAction | Command): one is CodeAction => 'kind' in one);
  }

  test('replace by what was meant, at every place that is written like this', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy_utils\nfrom numpy_utils import array\nimport numpy_utils.linalg\n');
    const actions = await actionsAt(editor, app, 0);
    expect(actions[0]?.title).toBe('Replace with numpy (2 of 3 places)');
    expect(actions[0]?.edit?.changes?.[app]).toEqual([
      { range: { start: { line: 0, character: 7 }, end: { line: 0, character: 18 } }, newText: 'numpy' },
      { range: { start: { line: 1, character: 5 }, end: { line: 1, character: 16 } }, newText: 'numpy' },
    ]);
    expect(actions[0]?.diagnostics).toHaveLength(3);
    expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([]);
  });

  const replaced = (actions: readonly CodeAction[], where: string) =>
    actions
      .filter(({ title }) => title.startsWith('Replace with '))
      .map(({ title, edit }) => [
        title,
        ...(edit?.changes?.[where] ?? []).map(({ range: { start, end }, newText }) => {
          return `${String(start.line)}:${String(start.character)}-${String(end.character)} ${newText}`;
        }),
      ]);

  test('what follows the name of the package in a specifier stays', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(
      app,
      'import numpy_utils.linalg\nfrom numpy_utils.linalg import norm\nimport numpy_utils\n',
    );
    const actions = await actionsAt(editor, app, 0);
    expect(replaced(actions, app)[0]).toEqual([
      'Replace with numpy.linalg (2 of 3 places)',
      '0:7-18 numpy',
      '1:5-16 numpy',
    ]);
  });

  test('a module of the project that is not there by the one that is spelled nearest', async () => {
    const scratch = await project();
    scratch.write({ 'web/format-price.ts': 'export default 1;\n' });
    const { editor } = await editorIn(scratch);
    const page = uri(scratch.root, 'web/page.ts');
    const text = "import './format-prices';\nexport { default } from './format-prices';\n";
    await editor.open(page, text, 'typescript');
    expect(replaced(await actionsAt(editor, page, 0), page)).toEqual([
      ['Replace with ./format-price', '0:8-23 ./format-price', '1:25-40 ./format-price'],
    ]);
  });

  test('what a denial names, by its module; not while nobody approved it', async () => {
    const scratch = await project();
    await runIn(scratch, ['deny', 'pypi:pyopencv', '--reason', 'old', '--use', 'opencv-python']);
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import pyopencv\n');
    expect(await actionsAt(editor, app, 0)).toEqual([]);
    await runIn(scratch, ['approve', 'pypi:opencv-python', '--reason', 'x', '--offline']);
    const actions = await actionsAt(editor, app, 0);
    expect(replaced(actions, app)).toEqual([['Replace with cv2', '0:7-15 cv2']]);
  });

  test('in a manifest the name alone, at every place that is written like this', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const file = uri(scratch.root, 'requirements.txt');
    await editor.open(file, 'flask\nnumpy_utils>=1\nnumpy-utils\n', 'plaintext');
    const actions = await actionsAt(editor, file, 1);
    expect(replaced(actions, file)[0]).toEqual(['Replace with numpy', '1:0-11 numpy']);
    const other = uri(scratch.root, 'requirements-dev.txt');
    await editor.open(other, 'flask\ngoogleapiclient\n', 'plaintext');
    expect(replaced(await actionsAt(editor, other, 1), other)).toEqual([
      ['Replace with google-api-python-client', '1:0-15 google-api-python-client'],
    ]);
  });

  test('in a manifest the line goes whose list has what was meant, and nothing is offered that would change more', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const file = uri(scratch.root, 'pyproject.toml');
    const listed = (items: string) => `[project]\nname = "x"\ndependencies = [\n${items}]\n`;
    await editor.open(file, listed('  "numpy", # keep\n  "numpy-utils>=1", # sums\n'), 'toml');
    const [action] = await actionsAt(editor, file, 4);
    expect(action?.title).toBe('Remove it: numpy is there already');
    expect(action?.edit?.changes?.[file]).toEqual([
      { range: { start: { line: 4, character: 0 }, end: { line: 5, character: 0 } }, newText: '' },
    ]);
    const other = uri(scratch.root, 'requirements-dev.txt');
    await editor.open(other, 'flask\nnumpy-utils==1 --hash=sha256:aaaa\n', 'plaintext');
    expect(replaced(await actionsAt(editor, other, 1), other)).toEqual([]);
  });

  test('of a module that its distribution does not have, the one to import and no decision', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'from PIL import Image\nimport pillow\n');
    const actions = await actionsAt(editor, app, 1);
    expect(replaced(actions, app)).toEqual([['Replace with PIL', '1:7-13 PIL']]);
    expect(actions).toHaveLength(1);
  });

  test('of a module whose name no package can have, no decision', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import _numpy_toolbelt\nimport numрy\n');
    expect(await actionsAt(editor, app, 0)).toEqual([]);
    const actions = await actionsAt(editor, app, 1);
    expect(actions.map(({ title }) => title)).toEqual(['Replace with numpy']);
  });

  test('ask for it, approve it, deny it; nothing of that in “fix all”', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    const actions = await actionsAt(editor, app, 1);
    const titles = actions.map(({ title }) => title);
    // No registry has told of the package, so that nothing would install it.
    expect(titles.filter((title) => !title.startsWith('Replace with '))).toEqual(decisions);
    const params = {
      textDocument: { uri: app },
      range: { start: { line: 1, character: 8 }, end: { line: 1, character: 8 } },
      context: { diagnostics: [], only: ['source.fixAll'] },
    };
    expect(await editor.connection.sendRequest(CodeActionRequest.type, params)).toEqual([]);
  });

  // Who asks for what somebody decided once changes nothing: there is the decision.
  const again = decisions.slice(1);
  test.each([
    ['an approval that ended', { approved: 'ours', expires: '2026-11-01', ...byAda }, 'numpy\n', again],
    ['a package that is requested already', { requested: 'sums', ...byAda }, 'numpy\n', again],
    ['a package that a manifest declares', null, 'numpy-utils\n', decisions],
    ['an approval that ends later', { approved: 'ours', expires: '2027-01-01', ...byAda }, 'numpy\n', []],
    ['a denial', { denied: 'ours is better', ...byAda }, 'numpy\n', []],
  ])('what there is to decide about %s', async (_, entry, requirements, expected) => {
    const scratch = await project({
      'approved-packages.yaml': whitelistText(entry === null ? {} : { 'pypi:numpy-utils': entry }),
      'requirements.txt': requirements,
    });
    const { editor } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, `${fake}import left_padder\n`);
    const titles = (await actionsAt(editor, app, 1)).map(({ title }) => title);
    expect(titles.filter((title) => !title.startsWith('Replace with '))).toEqual(expected);
  });

  async function decide(scratch: Scratch, command: string, answer: 'Approve' | 'Cancel'): Promise<string[]> {
    const { editor } = await editorIn(scratch);
    const messages: string[] = [];
    editor.connection.onRequest(ShowMessageRequest.type, ({ message }) => {
      messages.push(message);
      return { title: answer };
    });
    editor.connection.onNotification(
      ShowMessageNotification.type,
      ({ message }) => void messages.push(message),
    );
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    await editor.connection.sendRequest(ExecuteCommandRequest.type, {
      command,
      arguments: [{ uri: app, package: 'pypi:numpy-utils' }],
    });
    return messages;
  }

  test('a request is written and approves nothing', async () => {
    const scratch = await project({ 'approved-packages.yaml': whitelistText({}) });
    const messages = await decide(scratch, 'vetted-imports.request', 'Cancel');
    expect(messages).toEqual([
      'Requested pypi:numpy-utils in approved-packages.yaml:5, which is not staged yet.',
    ]);
    expect(scratch.read('approved-packages.yaml')).toMatch(
      /^ {2}pypi:numpy-utils: \{ requested: .*used in app\.py/m,
    );
  });

  test('what became of a command is told, and no editor makes a question of that', async () => {
    const scratch = await project({ 'approved-packages.yaml': whitelistText({}) });
    const { editor } = await editorIn(scratch);
    const [questions, told]: [string[], string[]] = [[], []];
    editor.connection.onRequest(ShowMessageRequest.type, ({ message }) => {
      questions.push(message);
      return null;
    });
    editor.connection.onNotification(ShowMessageNotification.type, ({ message }) => void told.push(message));
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    const ask = (subject: string) =>
      editor.connection.sendRequest(ExecuteCommandRequest.type, {
        command: 'vetted-imports.request',
        arguments: [{ uri: app, package: subject }],
      });
    await ask('pypi:numpy-utils');
    await ask('pypi:no such name');
    expect(questions).toEqual([]);
    expect(told).toHaveLength(2);
  });

  test('an approval needs a yes', async () => {
    const scratch = await project({ 'approved-packages.yaml': whitelistText({}) });
    const messages = await decide(scratch, 'vetted-imports.approve', 'Cancel');
    expect(messages).toHaveLength(1);
    expect(scratch.read('approved-packages.yaml')).toBe(whitelistText({}));
    await decide(scratch, 'vetted-imports.approve', 'Approve');
    expect(scratch.read('approved-packages.yaml')).toMatch(
      /^ {2}pypi:numpy-utils: \{ approved: .*by: Ada L <ada@example\.org>/m,
    );
  });

  test('an assistant may not approve', async () => {
    const scratch = await project({ 'approved-packages.yaml': whitelistText({}) });
    scratch.env['AI_AGENT'] = '1';
    const messages = await decide(scratch, 'vetted-imports.approve', 'Approve');
    expect(messages).toEqual([
      'approve is for people; this is the environment of a coding assistant.\nAn approval of it can be requested.',
    ]);
    expect(scratch.read('approved-packages.yaml')).toBe(whitelistText({}));
  });
});
