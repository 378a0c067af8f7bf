import type { ClientCapabilities } from 'vscode-languageserver/node';
import { afterEach, describe, expect, test } from 'vitest';
import { version } from '../../src/app/version.ts';
import { Editor, uri } from '../kit/editor.ts';
import { Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

/* What is sent is what the client says that it understands. */

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

const whitelist = whitelistText({
  'pypi:numpy': { approved: 'arrays', ...byAda },
  'pypi:over': { approved: 'once', expires: '2026-01-01', ...byAda },
  'pypi:request': { denied: 'not the one', use: 'pypi:requests', ...byAda },
});
const text = 'import request\nimport over\nimport unknown_thing\nimport numpy\n';

/** @param textDocument In place of what most editors can. */
async function editorWith(textDocument: ClientCapabilities['textDocument'] = {}) {
  const scratch = await Scratch.with({ 'approved-packages.yaml': whitelist, 'app.py': 'import os\n' });
  open.push(scratch);
  const { editor, result } = await Editor.start({
    folders: [scratch.root],
    env: scratch.env,
    capabilities: { textDocument },
  });
  open.push(editor);
  const app = uri(scratch.root, 'app.py');
  await editor.open(app, text);
  const diagnostics = await editor.diagnostics(app, ({ diagnostics: found }) => found.length === 3);
  return { scratch, editor, result, app, diagnostics };
}

/** The 0-based line of an entry in the whitelist. */
const lineOf = (name: string) => whitelist.split('\n').findIndex((line) => line.includes(`pypi:${name}:`));

test('the server says its version', async () => {
  const { result } = await editorWith();
  expect(result.serverInfo).toEqual({ name: 'check-imports', version });
});

describe('a diagnostic', () => {
  test('leads to the denial, or to the approval that has ended, and to nothing where there is neither', async () => {
    const { diagnostics, scratch } = await editorWith();
    const where = uri(scratch.root, 'approved-packages.yaml');
    const related = (line: number, message: string) => [
      {
        location: {
          uri: where,
          range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } },
        },
        message,
      },
    ];
    expect(diagnostics.map(({ relatedInformation }) => relatedInformation)).toEqual([
      related(lineOf('request'), 'the denial of pypi:request'),
      related(lineOf('over'), 'the approval of pypi:over that has ended'),
      [],
    ]);
  });

  test('says for programs what it is about', async () => {
    const { diagnostics } = await editorWith();
    expect(diagnostics.map(({ data }): unknown => data)).toEqual([
      { rule: 'denied-package', grade: null, package: 'pkg:pypi/request', specifier: 'request' },
      { rule: 'expired-approval', grade: null, package: 'pkg:pypi/over', specifier: 'over' },
      {
        rule: 'unapproved-package',
        grade: 'not-asked',
        package: 'pkg:pypi/unknown-thing',
        specifier: 'unknown_thing',
      },
    ]);
  });

  test.each([
    ['relatedInformation', { codeDescriptionSupport: true, dataSupport: true }],
    ['codeDescription', { relatedInformation: true, dataSupport: true }],
    ['data', { relatedInformation: true, codeDescriptionSupport: true }],
  ] as const)('has no %s for a client that does not know it', async (name, publishDiagnostics) => {
    const { diagnostics } = await editorWith({ publishDiagnostics });
    const names = ['relatedInformation', 'codeDescription', 'data'].filter((one) => one !== name);
    for (const diagnostic of diagnostics) {
      expect(diagnostic).not.toHaveProperty(name);
      for (const other of names) expect(diagnostic).toHaveProperty(other);
    }
  });
});

describe('code actions', () => {
  const position = { line: 2, character: 9 };

  test('are commands for a client that knows no other', async () => {
    const { editor, app } = await editorWith({ codeAction: {} });
    const found = await editor.actions(app, position);
    expect(found.length).toBeGreaterThan(0);
    for (const action of found)
      expect(Object.keys(action).toSorted()).toEqual(['arguments', 'command', 'title']);
  });

  test.each([
    ['all where no kind is asked for', undefined, true],
    ['all where the list of kinds is empty', [], true],
    ['all where every kind is asked for', [''], true],
    ['none where another kind is asked for', ['source.fixAll'], false],
  ])('are %s', async (_, only, some) => {
    const { editor, app } = await editorWith();
    const found = await editor.actions(app, position, only && { only });
    expect(found.length > 0).toBe(some);
    for (const action of found) expect(action).toHaveProperty('kind', 'quickfix');
  });
});
