import { writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  ExecuteCommandRequest,
  ShowMessageNotification,
  ShowMessageRequest,
  WorkDoneProgress,
  WorkDoneProgressCreateRequest,
  type ApplyWorkspaceEditParams,
  type ApplyWorkspaceEditResult,
  type ClientCapabilities,
  type CodeAction,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decide } from '../../src/lsp/decide.ts';
import { Editor, uri } from '../kit/editor.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { now, runIn } from '../kit/world.ts';

/* Decisions that are taken in an editor: what is offered, what is asked, and into which text they are written. */

const file = 'approved-packages.yaml';
const whitelist = whitelistText({ 'pypi:numpy': { approved: 'arrays', ...byAda } });

let scratch: Scratch;
const open: { dispose(): void }[] = [];
beforeEach(async () => {
  scratch = await Scratch.with({
    [file]: whitelist,
    'requirements.txt': 'numpy\n',
    'app.py': 'import numpy\n',
  });
  open.push(scratch);
});
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const edits: ClientCapabilities = {
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } },
};

/** An editor with one open program, and what its person read. */
interface Desk {
  readonly editor: Editor;
  readonly app: string;
  readonly questions: string[];
  readonly messages: string[];
}

async function desk({
  text = 'import qwxz\n',
  capabilities = {},
  offline = true,
  answer = (question: string): string => (question.startsWith('Deny') ? 'Deny' : 'Approve'),
} = {}): Promise<Desk> {
  const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env, capabilities, offline });
  open.push(editor);
  const [questions, messages]: [string[], string[]] = [[], []];
  editor.connection.onRequest(ShowMessageRequest.type, ({ message }) => {
    questions.push(message);
    return { title: answer(message) };
  });
  editor.connection.onNotification(
    ShowMessageNotification.type,
    ({ message }) => void messages.push(message),
  );
  const app = uri(scratch.root, 'app.py');
  await editor.open(app, text);
  await editor.diagnostics(app, ({ diagnostics }) => diagnostics.length > 0);
  return { editor, app, questions, messages };
}

function run({ editor, app }: Desk, name: string, more: { package?: string; reason?: string } = {}) {
  return editor.connection.sendRequest(ExecuteCommandRequest.type, {
    command: `vetted-imports.${name}`,
    arguments: [{ uri: app, package: 'pypi:qwxz', ...more }],
  });
}

async function actions({ editor, app }: Desk): Promise<CodeAction[]> {
  const position = { line: 0, character: 8 };
  const found = await editor.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: app },
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  return (found ?? []).filter((one): one is CodeAction => 'kind' in one);
}

const titled = (found: readonly CodeAction[], start: string) =>
  found.find(({ title }) => title.startsWith(start));

describe('with the whitelist open, the editor edits it', () => {
  const unsaved = `# not saved\n${whitelist}`;

  interface EditorHabits {
    readonly answers: ApplyWorkspaceEditResult;
    readonly capabilities: ClientCapabilities;
    /** When it tells what became of the text; `another`: it did something else. */
    readonly behavior: 'at once' | 'later' | 'another';
  }

  /** An editor that applies what it is sent, or says that it does. */
  async function openWhitelist({
    answers = { applied: true },
    capabilities = edits,
    behavior = 'at once',
  }: Partial<EditorHabits> = {}) {
    const place = await desk({ capabilities });
    const where = uri(scratch.root, file);
    await place.editor.open(where, unsaved, 'yaml');
    const document = { text: unsaved };
    const asked: ApplyWorkspaceEditParams[] = [];
    place.editor.connection.onRequest(ApplyWorkspaceEditRequest.type, async (params) => {
      asked.push(params);
      if (!answers.applied) return answers;
      const edited = applied(document.text, textEdits(params.edit, where));
      document.text = behavior === 'another' ? `# typed\n${document.text}` : edited;
      if (behavior !== 'later') await place.editor.type(where, document.text);
      return answers;
    });
    return { ...place, where, document, asked };
  }

  test.each([
    ['approve', ['--offline']],
    ['deny', []],
    ['request', []],
  ])('%s writes what the command line would have written into that text', async (name, flags) => {
    const place = await openWhitelist();
    await run(place, name, { reason: 'stones' });
    expect(place.messages).toEqual([expect.stringContaining(`${file}:7, which is not saved yet.`)]);
    expect(scratch.read(file)).toBe(whitelist);
    const [params] = place.asked;
    expect(params?.edit.documentChanges).toMatchObject([{ textDocument: { uri: place.where, version: 1 } }]);
    scratch.write({ [file]: unsaved });
    await runIn(scratch, [name, 'pypi:qwxz', '--reason', 'stones', ...flags]);
    // The server looks at the clock.
    const undated = (text: string) => text.replace(/date: \d{4}-\d\d-\d\d \}\n$/, 'date }\n');
    expect(undated(place.document.text)).toBe(undated(scratch.read(file)));
    if (name !== 'approve') return;
    expect(await place.editor.diagnostics(place.app, ({ diagnostics }) => diagnostics.length === 0)).toEqual(
      [],
    );
  });

  test('a decision counts with what is open: an entry that is not saved is replaced, not doubled', async () => {
    const place = await openWhitelist();
    await run(place, 'request', { reason: 'stones' });
    await run(place, 'approve', { reason: 'rocks' });
    expect(place.document.text.match(/pypi:qwxz/g)).toHaveLength(1);
    expect(place.document.text).toContain('approved: rocks');
    expect(place.document.text).toContain('# not saved\n');
  });

  test('of decisions at once none is lost', async () => {
    const place = await openWhitelist();
    const names = ['pypi:one', 'pypi:two', 'npm:three'];
    await Promise.all(names.map((name) => run(place, 'request', { package: name, reason: 'stones' })));
    for (const name of names) expect(place.document.text).toContain(`  ${name}: { requested: stones, `);
    expect(place.messages).toHaveLength(3);
  });

  test('CRLF and a text without a last line end stay', async () => {
    const place = await openWhitelist();
    place.document.text = unsaved.replaceAll('\n', '\r\n').replace(/\r\n$/, '');
    await place.editor.type(place.where, place.document.text);
    await run(place, 'deny', { reason: 'stones' });
    expect(place.document.text).toMatch(/2026-01-02 \}\r\n {2}pypi:qwxz: \{ denied: stones/);
    expect(place.document.text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test.each<[title: string, ApplyWorkspaceEditResult, behavior: 'at once' | 'another', said: string]>([
    ['that it did not', { applied: false, failureReason: 'busy' }, 'at once', `did not edit ${file}: busy.`],
    ['that it did, and its text tells otherwise', { applied: true }, 'another', `did not edit ${file}.`],
  ])('the editor says %s: that is told, and nothing is lost', async (_, answers, behavior, said) => {
    const place = await openWhitelist({ answers, behavior });
    await run(place, 'request', { reason: 'stones' });
    expect(place.messages.join()).toContain(said);
    expect(place.messages.join()).toContain('Nothing was written.');
    expect(scratch.read(file)).toBe(whitelist);
    expect(place.document.text).toContain(unsaved);
  });

  test('innocent: an editor that tells of its edits only when the command is over', async () => {
    const place = await openWhitelist({ behavior: 'later' });
    await run(place, 'request', { reason: 'stones' });
    expect(place.messages).toEqual([`Requested pypi:qwxz in ${file}:7, which is not saved yet.`]);
    expect(place.document.text).toContain('requested: stones');
  });

  test('also one that the config names, as the config is open', async () => {
    const place = await openWhitelist();
    const named = uri(scratch.root, 'team/ok.yaml');
    await place.editor.open(uri(scratch.root, '.check-importsrc.yaml'), 'whitelist: team/ok.yaml\n', 'yaml');
    await place.editor.open(named, unsaved, 'yaml');
    place.editor.connection.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
      await place.editor.type(named, applied(unsaved, textEdits(edit, named)));
      return { applied: true };
    });
    await run(place, 'deny', { reason: 'stones' });
    expect(place.messages).toEqual(['Denied pypi:qwxz in team/ok.yaml:7, which is not saved yet.']);
    expect([scratch.has('team/ok.yaml'), scratch.read(file)]).toEqual([false, whitelist]);
  });

  test('an editor that takes no edits is told to save and close it first', async () => {
    const place = await openWhitelist({ capabilities: {} });
    await run(place, 'request', { reason: 'stones' });
    expect(place.messages).toEqual([
      `${file} is open in the editor, which takes no edits from the server.\nSave and close it, and try again.\nNothing was written.`,
    ]);
    expect([place.asked, scratch.read(file)]).toEqual([[], whitelist]);
  });

  test('an editor without versions gets plain edits', async () => {
    const place = await openWhitelist({ capabilities: { workspace: { applyEdit: true } } });
    await run(place, 'request', { reason: 'stones' });
    expect(place.asked[0]?.edit).toEqual({ changes: { [place.where]: [expect.anything()] } });
    expect(place.document.text).toContain('requested: stones');
  });

  test('innocent: a closed one is written as ever, and staged by nobody', async () => {
    const place = await openWhitelist();
    await place.editor.close(place.where);
    await run(place, 'deny', { reason: 'stones' });
    expect(place.messages).toEqual([`Denied pypi:qwxz in ${file}:6, which is not staged yet.`]);
    expect([place.asked, scratch.read(file).includes('denied: stones')]).toEqual([[], true]);
    expect(await scratch.git('diff', '--cached', '--name-only')).toBe('');
  });
});

test('the config that the server was started with says where the whitelist is', async () => {
  scratch.write({ 'other.yaml': 'whitelist: other-packages.yaml\n', 'other-packages.yaml': whitelist });
  const context = { cwd: scratch.root, env: scratch.env, now };
  const order = { name: 'deny', package: 'pypi:qwxz', reason: 'stones' } as const;
  const confirm = () => Promise.resolve(true);
  await decide(order, { context, config: 'other.yaml', offline: true, confirm });
  expect([scratch.read('other-packages.yaml').includes('pypi:qwxz'), scratch.read(file)]).toEqual([
    true,
    whitelist,
  ]);
});

describe('what is asked and said', () => {
  test('the question comes when everything else is known, and a no writes nothing', async () => {
    const place = await desk({ text: 'from qwxz import a, b\n', answer: () => 'Cancel' });
    await run(place, 'approve');
    await run(place, 'deny');
    expect(place.questions).toEqual([
      'Approve pypi:qwxz for the whole repository? No registry was asked about it. CI takes this approval for a request, until it is approved again with an answer. Reason: “used in app.py: a, b”.',
      'Deny pypi:qwxz for the whole repository? Reason: “not wanted in app.py”.',
    ]);
    expect([place.messages, scratch.read(file)]).toEqual([[], whitelist]);
  });

  test('a reason that nobody gave is never too long', async () => {
    const place = await desk();
    const deep = `${'very-long-name/'.repeat(10)}x.py`;
    const app = uri(scratch.root, deep);
    await place.editor.open(app, 'from qwxz import a\n');
    await run({ ...place, app }, 'request');
    expect(scratch.read(file)).toContain('requested: used in x.py, ');
  });

  test('of what is there already, and of a reason that is none', async () => {
    const place = await desk();
    await run(place, 'approve', { reason: ' ' });
    await run(place, 'request');
    await run(place, 'request');
    expect(place.messages.map((message) => message.split('\n')[0])).toEqual([
      'A decision has a reason.',
      `Requested pypi:qwxz in ${file}:6, which is not staged yet.`,
      expect.stringMatching(/:6: pypi:qwxz is requested already, by .*; nothing was written\.$/),
    ]);
    expect(place.questions).toEqual([]);
    expect(place.messages.join('\n')).not.toMatch(/--[a-z]/);
  });
});

describe('nothing is offered that is refused later', () => {
  const refused: ClientCapabilities = { textDocument: { codeAction: { ...literal, disabledSupport: true } } };

  test.each<[title: string, ClientCapabilities, expected: readonly string[]]>([
    ['is not there', {}, ['Request approval of pypi:qwxz']],
    [
      'says why it can’t be taken',
      refused,
      [
        'Request approval of pypi:qwxz',
        'Approve pypi:qwxz for this repository…: approve is for people; this is the environment of a coding assistant',
        'Deny pypi:qwxz for this repository…: deny is for people; this is the environment of a coding assistant',
      ],
    ],
  ])('to an assistant: what is for people %s', async (_, capabilities, expected) => {
    scratch.env['AI_AGENT'] = '1';
    const found = await actions(await desk({ capabilities }));
    expect(found.map(({ title, disabled }) => (disabled ? `${title}: ${disabled.reason}` : title))).toEqual(
      expected,
    );
    expect(found.filter(({ disabled, command }) => disabled && command)).toEqual([]);
  });

  test('an assistant that calls a command reads no way round', async () => {
    scratch.env['AI_AGENT'] = '1';
    const place = await desk();
    for (const name of ['approve', 'deny']) await run(place, name);
    expect([place.questions, scratch.read(file)]).toEqual([[], whitelist]);
    expect(place.messages).toEqual([
      'approve is for people; this is the environment of a coding assistant.\nAn approval of it can be requested.',
      'deny is for people; this is the environment of a coding assistant.\nAn approval of it can be requested.',
    ]);
  });

  test('to an assistant, before there is a whitelist: a request neither', async () => {
    await scratch.git('rm', '-q', file);
    await scratch.git('commit', '-qm', 'without');
    scratch.env['AI_AGENT'] = '1';
    expect(await actions(await desk())).toEqual([]);
  });

  test('innocent: where the committed config trusts assistants, all of it', async () => {
    scratch.write({ '.check-importsrc': 'assistants: trusted\n' });
    await scratch.git('add', '-A');
    await scratch.git('commit', '-qm', 'trust');
    scratch.env['AI_AGENT'] = '1';
    expect(await actions(await desk())).toHaveLength(3);
  });

  test('a request that is there', async () => {
    const place = await desk();
    expect(titled(await actions(place), 'Request')).toBeDefined();
    await run(place, 'request');
    expect(titled(await actions(place), 'Request')).toBeUndefined();
    expect(titled(await actions(place), 'Approve')).toBeDefined();
  });
});

describe('with a registry', () => {
  /** Serves packages by the day of their first version; everything else does not exist. */
  async function registryOf(days: Readonly<Record<string, string>>, gate: Promise<void> = Promise.resolve()) {
    const registry = await startServer(async ({ path: page }, response) => {
      await gate;
      const name = /\/([\w.-]+)\/(?:json)?$/.exec(page)?.[1] ?? '';
      const day = { pip: '2010-01-01', numpy: '2010-01-01', ...days }[name];
      const files = [
        {
          filename: `${name.replaceAll('-', '_')}-1.0.0.tar.gz`,
          url: 'x.tar.gz',
          hashes: {},
          'upload-time': `${String(day)}T00:00:00Z`,
        },
      ];
      reply(
        response,
        json(
          day === undefined ? {} : { meta: { 'api-version': '1.1' }, name, versions: ['1.0.0'], files },
          day === undefined ? 404 : 200,
        ),
      );
    });
    open.push({ dispose: () => void registry.close() });
    writeFileSync(path.join(scratch.home, '.pip.conf'), '');
    scratch.env['PIP_INDEX_URL'] = `${registry.url}/simple`;
    return registry;
  }

  async function savedDesk(capabilities: ClientCapabilities, grade: string): Promise<Desk> {
    const place = await desk({ capabilities, offline: false });
    await place.editor.save(place.app);
    await place.editor.diagnostics(place.app, ({ diagnostics }) =>
      diagnostics.some(({ code }) => String(code).endsWith(`/${grade}`)),
    );
    return place;
  }

  test('a line for the manifest is offered for what exists, once, and says that it approves nothing', async () => {
    await registryOf({ qwxz: '2015-01-01' });
    const place = await savedDesk(edits, 'exists');
    const requirements = uri(scratch.root, 'requirements.txt');
    const added = titled(await actions(place), 'Add');
    expect(added?.title).toBe('Add pypi:qwxz to requirements.txt (approves nothing)');
    expect(added?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri: requirements, version: null } },
    ]);
    await place.editor.open(requirements, 'numpy\n\n', 'plaintext');
    const again = titled(await actions(place), 'Add');
    expect(again?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: requirements, version: 1 } }]);
    await place.editor.type(requirements, applied('numpy\n\n', textEdits(again?.edit, requirements)));
    expect(titled(await actions(place), 'Add')).toBeUndefined();
  });

  test('of what does not exist there is no line to add, and no approval: it could not be taken', async () => {
    await registryOf({});
    const place = await savedDesk(
      { textDocument: { codeAction: { ...literal, disabledSupport: true } } },
      'nonexistent',
    );
    const found = await actions(place);
    expect(titled(found, 'Add')).toBeUndefined();
    expect(titled(found, 'Approve')?.disabled?.reason).toBe(
      'pypi:qwxz is nonexistent. Its registry has no package of this name, so anyone can register it.',
    );
    await run(place, 'approve');
    expect(place.questions).toEqual([]);
    expect(place.messages.join()).toContain('pypi:qwxz is nonexistent, which holds its approval back.');
    await run(place, 'deny');
    expect(scratch.read(file)).toContain('denied: "Its registry has no package of this name');
  });

  test('while it is asked, that is shown, and the question comes behind it', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    await registryOf({ qwxz: '2015-01-01' }, gate);
    const place = await desk({ capabilities: { window: { workDoneProgress: true } }, offline: false });
    const steps: string[] = [];
    const { connection } = place.editor;
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      connection.onProgress(WorkDoneProgress.type, token, (value) => {
        steps.push(value.kind === 'begin' ? `${value.kind} ${value.title}` : value.kind);
        if (value.kind === 'begin') release();
      });
    });
    connection.onRequest(ShowMessageRequest.type, () => {
      steps.push('question');
      return { title: 'Approve' };
    });
    await run(place, 'approve');
    expect(steps).toEqual(['begin Asking the registry', 'end', 'question']);
    expect(scratch.read(file)).toContain('pypi:qwxz: { approved: ');
  });
});

test('what a denial names is the preferred fix, and nothing else is', async () => {
  await runIn(scratch, ['deny', 'pypi:qwxz', '--reason', 'old', '--use', 'pypi:numpy']);
  const capabilities = { textDocument: { codeAction: { ...literal, isPreferredSupport: true } } };
  const place = await desk({ text: 'import qwxz\nqwxz.sum()\n', capabilities });
  expect(await actions(place)).toMatchObject([{ title: 'Replace with numpy', isPreferred: true }]);
  const [replacement] = await actions(place);
  expect(applied('import qwxz\n', textEdits(replacement?.edit, place.app))).toBe('import numpy as qwxz\n');
  await place.editor.type(place.app, 'import numpy_utils\n');
  expect((await actions(place)).map(({ isPreferred = false }) => isPreferred)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

/** Without it an editor is given nothing but commands. */
const literal = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } };

function textEdits(edit: WorkspaceEdit | undefined, where: string): TextEdit[] {
  const changes = edit?.documentChanges?.flatMap((change) => ('edits' in change ? change.edits : [])) ?? [];
  const versioned = changes.filter((change): change is TextEdit => 'newText' in change);
  return [...versioned, ...(edit?.changes?.[where] ?? [])];
}

function applied(text: string, textChanges: TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('x:y', '', 1, text), textChanges);
}
