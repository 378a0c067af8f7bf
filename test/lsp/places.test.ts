import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  HoverRequest,
  LogMessageNotification,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { afterEach, describe, expect, test } from 'vitest';
import { Editor, shown, uri } from '../kit/editor.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const fake = 'import os\nimport numpy_utils\n';
const finding = ['1:7-1:18 unapproved-package/not-asked'];

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'numpy\n', 'app.py': 'import numpy\n', ...files });
  open.push(scratch);
  return scratch;
}

/** An editor, and what its server logs. */
async function editorIn(scratch: Scratch, folders = [scratch.root]) {
  const { editor } = await Editor.start({ folders, env: scratch.env });
  open.push(editor);
  const logged: string[] = [];
  editor.connection.onNotification(LogMessageNotification.type, ({ message }) => void logged.push(message));
  return { editor, logged };
}

function plainFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'plain-')));
  open.push({
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  });
  return folder;
}

const has = (count: number) => (found: PublishDiagnosticsParams) => found.diagnostics.length === count;

describe('a text whose place is odd', () => {
  test.each(['%ff/x.py', 'caf%e9.py', '100%.py'])(
    'a URI that is no UTF-8 keeps nobody else: %s',
    async (odd) => {
      const scratch = await project();
      const { editor, logged } = await editorIn(scratch);
      const [where, app] = [`${uri(scratch.root)}/${odd}`, uri(scratch.root, 'app.py')];
      await editor.open(where, fake);
      await editor.open(app, fake);
      expect(shown(await editor.diagnostics(app, has(1)))).toEqual(finding);
      expect(shown(await editor.diagnostics(where, has(1)))).toEqual(finding);
      const params = { textDocument: { uri: app }, position: { line: 1, character: 8 } };
      const hover = await editor.connection.sendRequest(HoverRequest.type, params);
      expect(JSON.stringify(hover?.contents)).toContain('Nobody approved it.');
      expect(logged).toEqual([]);
    },
  );

  test('a file whose name is no UTF-8 is a module of its folder for those beside it', async () => {
    const scratch = await project();
    const { editor } = await editorIn(scratch);
    const where = `${uri(scratch.root)}/caf%e9.py`;
    writeFileSync(
      Buffer.concat([Buffer.from(`${scratch.root}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]),
      '',
    );
    await editor.open(where, 'import app\nimport numpy\n');
    expect(await editor.diagnostics(where, has(0))).toEqual([]);
  });

  test('without git, that is what stands at the text; with it, nothing', async () => {
    const scratch = await project();
    const usual = scratch.env['PATH'] ?? '';
    scratch.env['PATH'] = path.join(scratch.home, 'no-programs');
    const { editor, logged } = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import numpy\n');
    const [diagnostic] = await editor.diagnostics(app, has(1));
    expect(diagnostic).toMatchObject({ code: 'git', severity: 2 });
    expect(diagnostic?.message).toContain('git was not found on PATH\nInstall git');
    expect(logged).toEqual([]);
    scratch.env['PATH'] = usual;
    await editor.type(app, 'import numpy\n\n');
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
  });

  test.each([true, false])(
    'a project that was removed, with git %s: its text is checked alone',
    async (hasGit) => {
      const scratch = await project();
      const folder = hasGit ? scratch.root : plainFolder();
      mkdirSync(path.join(folder, 'src'));
      writeFileSync(path.join(folder, 'requirements.txt'), 'numpy-utils\n');
      const { editor, logged } = await editorIn(scratch, [folder]);
      const app = uri(folder, 'src/app.py');
      if (hasGit) await scratch.git('commit', '-q', '-a', '-m', 'declare');
      await editor.open(app, fake);
      await editor.diagnostics(app, has(0));
      rmSync(folder, { recursive: true });
      await editor.type(app, `${fake}\n`);
      expect(shown(await editor.diagnostics(app, has(1)))).toEqual(finding);
      const params = { textDocument: { uri: app }, position: { line: 1, character: 8 } };
      expect(await editor.connection.sendRequest(HoverRequest.type, params)).not.toBeNull();
      expect(logged).toEqual([]);
    },
  );
});

describe('a folder without git', () => {
  /** A project in which `lib` is a module and numpy-utils is approved. */
  function plainProject(): string {
    const folder = plainFolder();
    mkdirSync(path.join(folder, 'src'));
    writeFileSync(path.join(folder, 'lib.py'), '');
    const approved = whitelistText({ 'pypi:numpy-utils': { approved: 'ours', ...byAda } });
    writeFileSync(path.join(folder, 'approved-packages.yaml'), approved);
    return folder;
  }

  const text = 'import lib\nimport numpy_utils\nimport nothing_such\n';
  const left = ['2:7-2:19 unapproved-package/not-asked'];

  test.each([
    ['rootUri', (folder: string) => ({ rootUri: uri(folder), rootPath: '/elsewhere' })],
    ['rootPath', (folder: string) => ({ rootUri: null, rootPath: folder })],
  ])('that an editor names by %s', async (_, paramsOf) => {
    const [scratch, folder] = [await project(), plainProject()];
    const params = { workspaceFolders: null, ...paramsOf(folder) };
    const { editor } = await Editor.start({ folders: [], env: scratch.env, params });
    open.push(editor);
    const app = uri(folder, 'src/app.py');
    await editor.open(app, text);
    expect(shown(await editor.diagnostics(app, has(1)))).toEqual(left);
  });

  test.each(['the folder', 'the text', 'both'])('that is reached by a symbolic link: %s', async (which) => {
    const [scratch, folder] = [await project(), plainProject()];
    const link = path.join(plainFolder(), 'link');
    symlinkSync(folder, link);
    const { editor } = await editorIn(scratch, [which === 'the text' ? folder : link]);
    const app = uri(which === 'the folder' ? folder : link, 'src/app.py');
    await editor.open(app, text);
    expect(shown(await editor.diagnostics(app, has(1)))).toEqual(left);
    writeFileSync(path.join(folder, 'nothing_such.py'), '');
    await editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uri(folder, 'nothing_such.py'), type: FileChangeType.Created }],
    });
    expect(await editor.diagnostics(app, has(0))).toEqual([]);
  });

  test('a link into a repository leads to its project', async () => {
    const scratch = await project({ 'src/lib.py': '' });
    const link = path.join(plainFolder(), 'link');
    symlinkSync(path.join(scratch.root, 'src'), link);
    const { editor } = await editorIn(scratch, []);
    const app = uri(link, 'new.py');
    await editor.open(app, 'import lib\nimport numpy\nimport numpy_utils\n');
    expect(shown(await editor.diagnostics(app, has(1)))).toEqual(['2:7-2:18 unapproved-package/not-asked']);
  });
});

describe('a file whose name tells no language', () => {
  test.each([
    ['tool', 'python', fake, finding],
    ['tool2', 'python', fake, finding],
    ['page.tpl', 'python', fake, finding],
    ['tool', 'shellscript', fake, []],
    ['tool', 'plaintext', fake, []],
    ['tool', 'javascript', `#!/usr/bin/env python3\n${fake}`, ['2:7-2:18 unapproved-package/not-asked']],
    ['app.py', 'javascript', fake, finding],
    ['Pipfile', 'python', '[packages]\nnumpy = "*"\n', []],
  ])('%s, which the editor calls %s', async (name, languageId, text, expected) => {
    const scratch = await project({
      'approved-packages.yaml': whitelistText({ 'pypi:numpy': { approved: 'x', ...byAda } }),
    });
    const { editor } = await editorIn(scratch);
    const where = uri(scratch.root, name);
    await editor.open(where, text, languageId);
    expect(shown(await editor.diagnostics(where, () => true))).toEqual(expected);
  });
});
