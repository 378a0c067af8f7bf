import { mkdirSync, promises, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  HoverRequest,
  RegistrationRequest,
  type ClientCapabilities,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { Editor, shown, uri } from '../kit/editor.ts';
import { loggingGit } from '../kit/observe.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const fake = 'import os\nimport numpy_utils\n';
const approved = whitelistText({ 'pypi:numpy-utils': { approved: 'ours', ...byAda } });

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'numpy\n', 'app.py': 'import numpy\n', ...files });
  open.push(scratch);
  return scratch;
}

async function editorIn(scratch: Scratch, capabilities: ClientCapabilities = {}) {
  const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env, capabilities });
  open.push(editor);
  return editor;
}

const has = (count: number) => (found: PublishDiagnosticsParams) => found.diagnostics.length === count;

function watched(editor: Editor, where: string, type: FileChangeType): Promise<void> {
  const params = { changes: [{ uri: where, type }] };
  return editor.connection.sendNotification(DidChangeWatchedFilesNotification.type, params);
}

async function hovered(editor: Editor, where: string): Promise<string> {
  const params = { textDocument: { uri: where }, position: { line: 1, character: 8 } };
  const hover = await editor.connection.sendRequest(HoverRequest.type, params);
  return JSON.stringify(hover?.contents ?? null);
}

describe('each URI has its own text', () => {
  test('two texts that were never saved', async () => {
    const scratch = await project();
    const editor = await editorIn(scratch);
    const [first, second] = ['untitled:Untitled-1', 'untitled:Untitled-2'];
    await editor.open(first, fake);
    await editor.open(second, 'import foo_barrr\n');
    await editor.diagnostics(second, has(1));
    await editor.type(first, `\n${fake}`);
    const found = await editor.diagnostics(first, ({ version }) => version === 2);
    expect(shown(found)).toEqual(['2:7-2:18 unapproved-package/not-asked']);
    expect(await hovered(editor, second)).toBe('null');
  });

  test('one file under two URIs; for others the text counts that was edited last', async () => {
    const scratch = await project();
    const editor = await editorIn(scratch);
    const [app, same] = [
      uri(scratch.root, 'app.py'),
      uri(scratch.root, 'app.py').replace('app.py', '%61pp.py'),
    ];
    const importer = uri(scratch.root, 'importer.py');
    const taking = (name: string) => `from app.parts import ${name}\n`;
    await editor.open(app, fake);
    await editor.open(same, 'import numpy\n');
    expect(shown(await editor.diagnostics(app, has(1)))).toEqual(['1:7-1:18 unapproved-package/not-asked']);
    expect(await editor.diagnostics(same, has(0))).toEqual([]);
    await editor.type(app, `\n${fake}`);
    await editor.diagnostics(app, ({ version }) => version === 2);
    expect(editor.published.findLast((one) => one.uri === same)?.diagnostics).toEqual([]);
    await editor.open(importer, taking('x'));
    await editor.diagnostics(importer, has(1));
  });
});

describe('modules of the project', () => {
  test.each([
    ['opened', 'closed'],
    ['created', 'deleted'],
  ])('one that is %s concerns who imports it, and so when it is %s', async (before) => {
    const scratch = await project();
    const editor = await editorIn(scratch);
    const [app, helper] = [uri(scratch.root, 'app.py'), uri(scratch.root, 'helper.py')];
    const other = uri(scratch.root, 'other.py');
    await editor.open(other, 'import numpy\n');
    await editor.open(app, 'import helper\n');
    await editor.diagnostics(app, has(1));
    await editor.diagnostics(other, has(0));
    if (before === 'opened') await editor.open(helper, '');
    else {
      scratch.write({ 'helper.py': '' });
      await watched(editor, helper, FileChangeType.Created);
    }
    await editor.diagnostics(app, has(0));
    if (before === 'opened') await editor.close(helper);
    else {
      rmSync(path.join(scratch.root, 'helper.py'));
      await watched(editor, helper, FileChangeType.Deleted);
    }
    await editor.diagnostics(app, has(1));
    expect(editor.published.filter((one) => one.uri === other)).toHaveLength(1);
  });

  test('an editor that pulls is asked to pull again, where one concerns a text', async () => {
    const scratch = await project();
    const capabilities = {
      textDocument: { diagnostic: {} },
      workspace: { diagnostics: { refreshSupport: true } },
    };
    const editor = await editorIn(scratch, capabilities);
    let refreshes = 0;
    editor.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      refreshes += 1;
    });
    const app = uri(scratch.root, 'app.py');
    const pulled = async () => {
      const params = { textDocument: { uri: app } };
      const report = await editor.connection.sendRequest(DocumentDiagnosticRequest.type, params);
      return report.kind === 'full' ? report.items.length : -1;
    };
    await editor.open(app, 'import helper\n');
    expect(await pulled()).toBe(1);
    await watched(editor, uri(scratch.root, 'docs.md'), FileChangeType.Changed);
    expect(await pulled()).toBe(1);
    expect(refreshes).toBe(0);
    await editor.open(uri(scratch.root, 'helper.py'), '');
    await expect.poll(() => refreshes).toBeGreaterThan(0);
    expect(await pulled()).toBe(0);
  });

  test('one that is renamed, and the folder of one that is', async () => {
    const scratch = await project();
    scratch.write({ 'tools/helper.py': '' });
    const editor = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, 'import tools.helper\n');
    await editor.diagnostics(app, has(0));
    renameSync(path.join(scratch.root, 'tools'), path.join(scratch.root, 'kit'));
    await watched(editor, uri(scratch.root, 'tools'), FileChangeType.Deleted);
    await editor.diagnostics(app, has(1));
    renameSync(path.join(scratch.root, 'kit'), path.join(scratch.root, 'tools'));
    await watched(editor, uri(scratch.root, 'tools/helper.py'), FileChangeType.Created);
    await editor.diagnostics(app, has(0));
  });

  test('what stands in one concerns only who reads it', async () => {
    const scratch = await project({ 'kit/__init__.py': 'from numpy import array\n', 'helper.py': '' });
    const editor = await editorIn(scratch);
    const [app, kit] = [uri(scratch.root, 'app.py'), uri(scratch.root, 'kit/__init__.py')];
    const helper = uri(scratch.root, 'helper.py');
    await editor.open(app, 'from kit import array\nimport helper\n');
    await editor.diagnostics(app, has(0));
    await editor.open(helper, '');
    await editor.open(kit, 'from numpy import array\n');
    await editor.diagnostics(kit, has(0));
    await editor.type(helper, 'value = 1\n');
    await editor.diagnostics(helper, ({ version }) => version === 2);
    expect(editor.published.filter((one) => one.uri === app)).toHaveLength(1);
    await editor.type(kit, 'from numpy import sum\n');
    await editor.diagnostics(app, has(1));
  });

  test('what the editor watches: programs, and the files that a config names', async () => {
    const scratch = await project({
      '.check-importsrc.yaml': 'whitelist: team/ok.yaml\n',
      'team/ok.yaml': `extends: ['team/more-[1].yaml']\n${whitelistText({})}`,
      'team/more-[1].yaml': whitelistText({}),
    });
    const editor = await editorIn(scratch, {
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    });
    const patterns: string[] = [];
    editor.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      patterns.push(JSON.stringify(registrations));
    });
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    await editor.type(app, `${fake}\n`);
    await editor.diagnostics(app, ({ version }) => version === 2);
    const named = patterns.filter((text) => text.includes('team/ok.yaml'));
    expect(named).toHaveLength(1);
    expect(named.join()).toContain('more-?1?.yaml');
  });
});

describe('what decides, whatever it is called', () => {
  const files = {
    '.check-importsrc.yaml': 'whitelist: team/ok.yaml\n',
    'team/ok.yaml': `extends: [team/more.yaml]\n${whitelistText({})}`,
    'team/more.yaml': whitelistText({}),
  };

  test.each([
    ['team/ok.yaml', approved],
    ['team/more.yaml', approved],
    ['.check-importsrc.yaml', 'trust: manifests\nlocalModules: [numpy_utils]\n'],
  ])('edited in the editor, then closed without saving: %s', async (name, text) => {
    const scratch = await project(files);
    const editor = await editorIn(scratch);
    const [app, deciding] = [uri(scratch.root, 'app.py'), uri(scratch.root, name)];
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    await editor.open(deciding, scratch.read(name), 'yaml');
    await editor.type(deciding, text);
    await editor.diagnostics(app, has(0));
    await editor.close(deciding);
    await editor.diagnostics(app, has(1));
  });

  test.each(['team/ok.yaml', 'team/more.yaml'])('written by somebody else: %s', async (name) => {
    const scratch = await project(files);
    const editor = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    scratch.write({ [name]: approved });
    await watched(editor, uri(scratch.root, name), FileChangeType.Changed);
    await editor.diagnostics(app, has(0));
  });
});

describe('an editor that watches nothing', () => {
  const events: readonly (readonly [string, (editor: Editor, other: string) => Promise<unknown>])[] = [
    ['a text is opened', (editor, other) => editor.open(other, 'import numpy\n')],
    ['a text is saved', (editor, other) => editor.save(other)],
    ['somebody points at an import', (editor, other) => hovered(editor, other)],
  ];
  test.each(events)('sees a whitelist that was written outside when %s', async (name, event) => {
    const scratch = await project();
    const editor = await editorIn(scratch);
    const [app, other] = [uri(scratch.root, 'app.py'), uri(scratch.root, 'other.py')];
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    if (name !== 'a text is opened') {
      await editor.open(other, 'import os\nimport numpy\n');
      await editor.diagnostics(other, has(0));
    }
    scratch.write({ 'approved-packages.yaml': approved });
    await event(editor, other);
    await editor.diagnostics(app, has(0));
  });

  test('sees a manifest that was committed outside, and is quiet where nothing has changed', async () => {
    const scratch = await project();
    const editor = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    await editor.diagnostics(app, has(1));
    scratch.write({ 'requirements.txt': 'numpy\nnumpy-utils\n' });
    await hovered(editor, app);
    await expect.poll(() => editor.published.length).toBe(2);
    await scratch.git('commit', '-q', '-a', '-m', 'declare');
    await hovered(editor, app);
    await editor.diagnostics(app, has(0));
    const before = editor.published.length;
    await hovered(editor, app);
    await editor.open(uri(scratch.root, 'last.py'), '');
    await editor.diagnostics(uri(scratch.root, 'last.py'), has(0));
    await hovered(editor, app);
    expect(editor.published.slice(before).filter((one) => one.uri === app)).toEqual([]);
  });
});

describe('a registry that takes its time', () => {
  /** A registry that answers once it may. */
  async function slowRegistry(scratch: Scratch, answer: 'missing' | 'failure', clock?: () => number) {
    const held: (() => void)[] = [];
    let isOpen = false;
    const registry = await startServer(async ({ path: page }, response) => {
      if (!isOpen) await new Promise<void>((resolve) => held.push(resolve));
      const status = answer === 'missing' ? 404 : 500;
      reply(response, (answer === 'missing' ? clientPage(page) : undefined) ?? json({ error: 'x' }, status));
    });
    open.push({ dispose: () => void registry.close() });
    writeFileSync(path.join(scratch.home, '.npmrc'), `registry=${registry.url}/\n`);
    const release = () => {
      isOpen = true;
      for (const one of held.splice(0)) one();
    };
    const { editor } = await Editor.start({
      folders: [scratch.root],
      env: scratch.env,
      offline: false,
      ...(clock === undefined ? {} : { clock }),
    });
    open.push(editor);
    return { editor, registry, release };
  }

  const isGraded =
    (grade: string) =>
    ({ diagnostics }: PublishDiagnosticsParams): boolean =>
      diagnostics.length > 0 && diagnostics.every(({ code }) => code === `unapproved-package/${grade}`);

  test('holds up nobody who types; what it says is shown once it has answered', async () => {
    const scratch = await project();
    const { editor, registry, release } = await slowRegistry(scratch, 'missing');
    const main = uri(scratch.root, 'main.ts');
    await editor.open(main, "import 'left-padder';\n", 'typescript');
    await editor.diagnostics(main, has(1));
    await editor.save(main);
    await expect.poll(() => registry.requests.length).toBeGreaterThan(0);
    const edit = await editor.type(main, "import 'left-padder';\nimport 'right-padder';\n");
    const typed = await editor.diagnostics(main, ({ version }) => version === edit);
    expect(typed).toHaveLength(2);
    expect(await hovered(editor, main)).toContain('Nobody approved it.');
    release();
    await editor.diagnostics(main, ({ diagnostics }) =>
      diagnostics.some(({ code }) => code === 'unapproved-package/nonexistent'),
    );
  });

  test('is asked again after a minute only, where it has not answered, and at once of what is new', async () => {
    const scratch = await project();
    let time = 0;
    const { editor, registry, release } = await slowRegistry(scratch, 'failure', () => time);
    release();
    const main = uri(scratch.root, 'main.ts');
    await editor.open(main, "import 'left-padder';\n", 'typescript');
    await editor.diagnostics(main, has(1));
    await editor.save(main);
    await editor.diagnostics(main, isGraded('unanswered'));
    const before = registry.requests.length;
    const count = editor.published.length;
    await editor.save(main);
    await expect.poll(() => editor.published.length).toBeGreaterThanOrEqual(count + 2);
    expect(registry.requests).toHaveLength(before);
    await editor.type(main, "import 'left-padder';\nimport 'right-padder';\n");
    await editor.save(main);
    await editor.diagnostics(
      main,
      (found) => found.diagnostics.length === 2 && isGraded('unanswered')(found),
    );
    const later = registry.requests.slice(before).map((request) => request.path);
    expect(later.join()).toContain('right-padder');
    expect(later.join()).not.toContain('left-padder');
    const asked = () => registry.requests.filter(({ path: page }) => page.includes('left-padder')).length;
    const times = asked();
    time = 59_999;
    const shownBefore = editor.published.length;
    await editor.save(main);
    await expect.poll(() => editor.published.length).toBeGreaterThanOrEqual(shownBefore + 2);
    expect(asked()).toBe(times);
    time = 60_000;
    await editor.save(main);
    await expect.poll(asked).toBeGreaterThan(times);
  });
});

describe('one event', () => {
  async function opened(editor: Editor, scratch: Scratch, names: readonly string[]): Promise<void> {
    for (const name of names) {
      await editor.open(uri(scratch.root, name), fake);
      await editor.diagnostics(uri(scratch.root, name), has(1));
    }
  }

  const names = Array.from({ length: 12 }, (_, at) => `m${String(at)}.py`);

  test('opens its project once for all texts, the one first that was edited last', async () => {
    const scratch = await project();
    const log = path.join(scratch.home, 'git.log');
    scratch.env['PATH'] = `${loggingGit(scratch, log)}${path.delimiter}${scratch.env['PATH'] ?? ''}`;
    const editor = await editorIn(scratch);
    await opened(editor, scratch, names);
    const [edited] = [uri(scratch.root, 'm7.py')];
    await editor.type(edited, `${fake}\n`);
    await editor.diagnostics(edited, ({ version }) => version === 2);
    await hovered(editor, uri(scratch.root, 'm3.py'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(log, '');
    const before = editor.published.length;
    scratch.write({ 'approved-packages.yaml': approved });
    await watched(editor, uri(scratch.root, 'approved-packages.yaml'), FileChangeType.Created);
    for (const name of names) await editor.diagnostics(uri(scratch.root, name), has(0));
    const published = editor.published.slice(before).map((one) => path.basename(one.uri));
    expect(published).toHaveLength(names.length);
    expect(published.slice(0, 2)).toEqual(['m3.py', 'm7.py']);
    const started = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    expect(started.length).toBeLessThanOrEqual(4);
  });

  test('concerns a text whose check is under way', async () => {
    const scratch = await project();
    const lock = path.join(scratch.home, 'lock');
    const bin = loggingGit(scratch, path.join(scratch.home, 'git.log'));
    // HEAD is read after the policy.
    const waiting = `case " $* " in *" cat-file "*) while [ -e ${lock} ]; do sleep 0.02; done;; esac\n`;
    const script = readFileSync(path.join(bin, 'git'), 'utf8');
    writeFileSync(
      path.join(bin, 'git'),
      script.replace('exec git', () => `${waiting}exec git`),
    );
    writeFileSync(lock, '');
    scratch.env['PATH'] = `${bin}${path.delimiter}${scratch.env['PATH'] ?? ''}`;
    const editor = await editorIn(scratch);
    const app = uri(scratch.root, 'app.py');
    await editor.open(app, fake);
    await expect.poll(() => readFileSync(path.join(scratch.home, 'git.log'), 'utf8')).toContain('cat-file');
    scratch.write({ 'approved-packages.yaml': approved });
    await watched(editor, uri(scratch.root, 'approved-packages.yaml'), FileChangeType.Created);
    // Whatever compares files does so before there is a report.
    await new Promise((resolve) => setTimeout(resolve, 400));
    rmSync(lock);
    await editor.diagnostics(app, has(0));
  });

  test('walks through a folder without git once, for all of its texts', async () => {
    const scratch = await project();
    const folder = path.join(scratch.home, 'plain');
    mkdirSync(folder);
    const { editor } = await Editor.start({ folders: [folder], env: scratch.env });
    open.push(editor);
    for (const name of names) {
      writeFileSync(path.join(folder, name), fake);
      await editor.open(uri(folder, name), fake);
      await editor.diagnostics(uri(folder, name), has(1));
    }
    const walks = vi.spyOn(promises, 'readdir');
    open.push({
      dispose: () => {
        walks.mockRestore();
      },
    });
    writeFileSync(path.join(folder, 'approved-packages.yaml'), approved);
    await watched(editor, uri(folder, 'approved-packages.yaml'), FileChangeType.Created);
    for (const name of names) await editor.diagnostics(uri(folder, name), has(0));
    expect(walks.mock.calls.filter(([read]) => String(read).startsWith(folder)).length).toBeLessThanOrEqual(
      1,
    );
  });

  test('of one project concerns no text of another one, and what is ignored concerns nobody', async () => {
    const [scratch, other] = [await project({ '.gitignore': 'node_modules\n' }), await project()];
    const editor = await editorIn(scratch);
    await opened(editor, scratch, ['m1.py']);
    await opened(editor, other, ['m1.py']);
    const before = editor.published.length;
    for (const name of ['node_modules/x/package.json', 'node_modules/x/index.py', 'docs/nothing.py'])
      await watched(editor, uri(scratch.root, name), FileChangeType.Created);
    scratch.write({ 'requirements.txt': 'numpy\nnumpy-utils\n' });
    await watched(editor, uri(scratch.root, 'requirements.txt'), FileChangeType.Changed);
    await expect.poll(() => editor.published.length).toBeGreaterThan(before);
    await hovered(editor, uri(other.root, 'm1.py'));
    const published = editor.published.slice(before).map((one) => one.uri);
    expect(published).toEqual([uri(scratch.root, 'm1.py')]);
  });
});
