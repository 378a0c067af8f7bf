import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DocumentDiagnosticRequest,
  ResponseError,
  type ClientCapabilities,
  type CodeAction,
  type Command,
  type LSPObject,
} from 'vscode-languageserver/node';
import { afterEach, describe, expect, test } from 'vitest';
import { clientPage } from '../kit/clients.ts';
import { Editor, shown, uri } from '../kit/editor.ts';
import type { CellText } from '../kit/lsp-client.ts';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer } from '../kit/server.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* Notebooks that are open as notebooks: the editor tells of them cell by cell. */

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.dispose();
});

async function project(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    'approved-packages.yaml': whitelistText({ 'pypi:numpy': { approved: 'arrays', ...byAda } }),
    'requirements.txt': 'numpy\n',
    ...files,
  });
  open.push(scratch);
  return scratch;
}

/** A cell under the URI that VS Code gives it. */
function cell(name: string, text: string, languageId = 'python', metadata?: LSPObject): CellText {
  const more = metadata === undefined ? {} : { metadata };
  return { uri: cellUri(name), languageId, text, ...more };
}

const cellUri = (name: string) => `vscode-notebook-cell:/notes.ipynb#${name}`;
const [a, b, c] = [cellUri('a'), cellUri('b'), cellUri('c')];

/** An editor with one open notebook. */
interface Desk {
  readonly editor: Editor;
  readonly notebook: string;
  /** @returns What is shown in a cell at last. */
  readonly last: (where: string) => string[] | undefined;
  /** Waits until these cells show what stands beside them. */
  readonly shows: (expected: Readonly<Record<string, readonly string[]>>) => Promise<void>;
}

interface DeskOptions {
  readonly name?: string;
  readonly metadata?: LSPObject;
  readonly capabilities?: ClientCapabilities;
  readonly offline?: boolean;
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
}

async function desk(
  scratch: Scratch,
  cells: readonly CellText[],
  { name = 'notes.ipynb', metadata, ...options }: DeskOptions = {},
): Promise<Desk> {
  const { editor } = await Editor.start({
    folders: [scratch.root],
    env: scratch.env,
    answer: ({ actions = [] }) => actions[0] ?? null,
    ...options,
  });
  open.push(editor);
  const notebook = name.includes(':') ? name : uri(scratch.root, name);
  await editor.openNotebook(notebook, cells, metadata);
  const last = (where: string) => {
    const found = editor.published.findLast((one) => one.uri === where);
    return found && shown(found.diagnostics);
  };
  const shows: Desk['shows'] = async (expected) => {
    const now = () => Object.fromEntries(Object.keys(expected).map((where) => [where, last(where)]));
    await expect.poll(now, { timeout: 8000 }).toEqual(expected);
  };
  return { editor, notebook, last, shows };
}

const fake = 'unapproved-package/not-asked';

describe('diagnostics stand in their cells', () => {
  test('and count from the start of the cell, in UTF-16 code units; innocent: cells with approved imports', async () => {
    const { shows, last, notebook } = await desk(await project(), [
      cell('a', 'import qwxz\n', 'markdown'),
      cell('b', 'import os\nimport numpy\n'),
      cell('c', '"😀é"; import numpy_utils\n'),
      cell('d', '%matplotlib inline\n!pip install qwxz\n%pip install numpy\n'),
      cell('e', '%%bash\nimport qwxz\n'),
    ]);
    await shows({
      [a]: [],
      [b]: [],
      [c]: [`0:14-0:25 ${fake}`],
      [cellUri('d')]: [`1:13-1:17 ${fake}`],
      [cellUri('e')]: [],
    });
    expect(last(notebook)).toBeUndefined();
  });

  test('an import that a comment leaves out is not shown; innocent: the next line', async () => {
    const text = 'import qwxz  # check-imports: ignore[qwxz] generated later\nimport numpy_utils\n';
    const { shows } = await desk(await project(), [cell('a', text)]);
    await shows({ [a]: [`1:7-1:18 ${fake}`] });
  });

  test('a cell that is no program says so as information, in that cell; the others are checked', async () => {
    const cells = [
      cell('a', "import 'node:fs';\n", 'typescript'),
      cell('b', '\nload = require\nconst = ;\n', 'typescript'),
    ];
    const { editor, shows } = await desk(await project(), cells, {
      metadata: { kernelspec: { name: 'deno', language: 'typescript' } },
    });
    await shows({ [a]: [] });
    const [fault] = await editor.diagnostics(b, ({ diagnostics }) => diagnostics.length === 1);
    expect(fault).toMatchObject({ severity: 3, code: 'unparsable', range: { start: { line: 2 } } });
    expect(fault?.message).toMatch(/^cell 2 can’t be parsed/);
  });

  test('what belongs to no cell stands at the start of the first one of code', async () => {
    const scratch = await project({ '.check-importsrc.yaml': 'whitelist: [\n' });
    const { editor } = await desk(scratch, [cell('a', '# Title', 'markdown'), cell('b', 'import numpy\n')]);
    const found = await editor.diagnostics(b, ({ diagnostics }) => diagnostics.length > 0);
    expect(shown(found)).toContainEqual(expect.stringMatching(/^0:0-0:0 config/));
  });

  test('of a notebook that was never saved, and of a script that is open as a notebook', async () => {
    const scratch = await project({ 'tool.py': 'import numpy\n', 'app.py': 'import tool\n' });
    const [text, app] = ['import numpy\nimport qwxz\n', uri(scratch.root, 'app.py')];
    const { editor, shows } = await desk(scratch, [cell('a', text)], { name: 'untitled:Untitled-1.ipynb' });
    await editor.openNotebook(uri(scratch.root, 'tool.py'), [cell('b', text)]);
    await editor.open(app, 'import tool\nimport numpy\n');
    await shows({ [a]: [`1:7-1:11 ${fake}`], [b]: [`1:7-1:11 ${fake}`], [app]: [] });
  });

  test('only what HEAD does not import, where the editor sets that', async () => {
    const scratch = await project();
    scratch.write({ 'notes.ipynb': notebookFile([['code', 'import qwxz\n']]) });
    await scratch.git('add', '--all');
    await scratch.git('commit', '--quiet', '--message', 'notes');
    const cells = [cell('a', 'import qwxz\n'), cell('b', 'import numpy_utils\n')];
    const options = { initializationOptions: { onlyNewImports: true } };
    const { shows } = await desk(scratch, cells, options);
    await shows({ [a]: [], [b]: [`0:7-0:18 ${fake}`] });
  });
});

/** A notebook as it is saved. */
function notebookFile(
  cells: readonly (readonly [type: string, source: string, metadata?: LSPObject])[],
  metadata: LSPObject = {},
): string {
  return JSON.stringify({
    cells: cells.map(([type, source, more = {}]) => ({ cell_type: type, metadata: more, source })),
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  });
}

describe('the editor says of a notebook what `check` says of its file', () => {
  const kernel = (name: string, language: string): LSPObject => ({ kernelspec: { name, language } });
  const imports = 'import qwxz\nimport numpy\n';
  const script = "import 'left-padder';\n";
  const inLanguage = (languageId: string): LSPObject => ({ vscode: { languageId } });

  /** A cell as it is saved, and what the editor calls its language. */
  type SavedCell = readonly [languageId: string, type: string, source: string, metadata?: LSPObject];
  const rows: readonly (readonly [
    title: string,
    metadata: LSPObject,
    cells: readonly SavedCell[],
    expected: readonly string[],
  ])[] = [
    [
      'Python',
      kernel('python3', 'python'),
      [
        ['python', 'code', imports],
        ['python', 'code', '%pip install zwxq\n'],
      ],
      ['1:0:7', '2:0:13'],
    ],
    [
      'a cell that is coloured as another language',
      kernel('python3', 'python'),
      [['shellscript', 'code', imports, inLanguage('shellscript')]],
      ['1:0:7'],
    ],
    [
      'JavaScript',
      kernel('deno', 'typescript'),
      [
        ['typescript', 'code', 'let x = 1;\n'],
        ['typescript', 'code', script],
      ],
      ['2:0:8'],
    ],
    [
      'R, with a cell of Python',
      kernel('ir', 'R'),
      [
        ['r', 'code', 'library(qwxz)\n'],
        ['python', 'code', imports, inLanguage('python')],
      ],
      ['2:0:7'],
    ],
    ['R, with a cell that looks like Python', kernel('ir', 'R'), [['r', 'code', imports]], []],
    [
      'a kernel of many languages',
      kernel('sos', 'sos'),
      [['sos', 'code', imports, { kernel: 'Python3' }]],
      ['1:0:7'],
    ],
    ['no kernel', {}, [['python', 'code', imports]], ['1:0:7']],
    [
      'cells that are no code',
      kernel('python3', 'python'),
      [
        ['raw', 'raw', imports],
        ['markdown', 'markdown', imports],
        ['python', 'code', imports],
      ],
      ['3:0:7'],
    ],
  ];
  const wrappings: readonly (readonly [string, (metadata: LSPObject) => LSPObject])[] = [
    ['as it is', (metadata) => metadata],
    ['as VS Code sends it', (metadata) => ({ metadata, nbformat: 4 })],
    ['as VS Code sent it', (metadata) => ({ custom: { metadata }, indentAmount: ' ' })],
  ];
  const cases = rows.flatMap((row) =>
    wrappings.map(([how, wrapped]) => [row[0], how, row, wrapped] as const),
  );

  test.each(cases)('%s, metadata %s', async (_, __, [, metadata, cells, expected], wrapped) => {
    const saved = cells.map(([, type, source, more]) => [type, source, more ?? {}] as const);
    const scratch = await project({ 'notes.ipynb': notebookFile(saved, metadata) });
    const { stdout } = await runIn(scratch, ['check', 'notes.ipynb', '--offline', '--format', 'concise']);
    const told = [...stdout.matchAll(/^notes\.ipynb#cell(\d+):(\d+):(\d+): /gm)];
    const places = told.map(([, number, line, column]) => [number, Number(line) - 1, Number(column) - 1]);
    expect(places.map((place) => place.join(':'))).toEqual(expected);
    const { last } = await desk(
      scratch,
      cells.map(([languageId, , source, more], at) =>
        cell(String(at + 1), source, languageId, more && wrapped(more)),
      ),
      { metadata: wrapped(metadata) },
    );
    const found = () =>
      cells.map((_, at) =>
        last(cellUri(String(at + 1)))?.map((one) => `${String(at + 1)}:${String(one.split('-')[0])}`),
      );
    await expect.poll(() => found().every((one) => one !== undefined), { timeout: 8000 }).toBe(true);
    expect(found().flat()).toEqual(expected);
  });

  test('a notebook whose editor says nothing of a kernel is in the language of its cells', async () => {
    const { shows } = await desk(await project(), [
      cell('a', "import 'left-padder';\n", 'javascript'),
      cell('b', "import 'node:fs';\n", 'javascript'),
    ]);
    await shows({ [a]: [`0:8-0:19 ${fake}`], [b]: [] });
  });

  test('a notebook of which the editor knows neither kernel nor language is read as Jupyter would run it', async () => {
    const { shows } = await desk(await project(), [cell('a', 'import qwxz\n', 'plaintext')]);
    await shows({ [a]: [`0:7-0:11 ${fake}`] });
  });
});

describe('a change', () => {
  const bad = [`0:7-0:11 ${fake}`];

  async function twoCells(): Promise<Desk> {
    const found = await desk(await project(), [cell('a', 'import qwxz\n'), cell('b', 'import numpy\n')]);
    await found.shows({ [a]: bad, [b]: [] });
    return found;
  }

  test('of the text of a cell', async () => {
    const { editor, notebook, shows } = await twoCells();
    await editor.typeInCell(notebook, b, 'import qwxz\n');
    await shows({ [a]: bad, [b]: bad });
    await editor.typeInCell(notebook, a, '');
    await shows({ [a]: [], [b]: bad });
  });

  test('of a piece of the text of a cell', async () => {
    const { editor, notebook, shows } = await twoCells();
    const range = { start: { line: 0, character: 7 }, end: { line: 0, character: 12 } };
    const textContent = [{ document: { uri: b, version: 2 }, changes: [{ range, text: 'qwxz' }] }];
    await editor.changeNotebook(notebook, { cells: { textContent } });
    await shows({ [a]: bad, [b]: bad });
  });

  test('that adds a cell, moves cells, and removes one: what a removed cell showed goes', async () => {
    const { editor, notebook, shows } = await twoCells();
    await editor.replaceCells(notebook, { start: 0, deleteCount: 0 }, [cell('c', 'import numpy_utils\n')]);
    await shows({ [a]: bad, [b]: [], [c]: [`0:7-0:18 ${fake}`] });
    const moved = [a, c, b].map((document) => ({ kind: 2 as const, document }));
    await editor.changeNotebook(notebook, {
      cells: { structure: { array: { start: 0, deleteCount: 3, cells: moved } } },
    });
    await editor.typeInCell(notebook, b, 'import qwxz\n');
    await shows({ [a]: bad, [b]: bad, [c]: [`0:7-0:18 ${fake}`] });
    await editor.replaceCells(notebook, { start: 0, deleteCount: 1 });
    await shows({ [a]: [], [b]: bad, [c]: [`0:7-0:18 ${fake}`] });
    expect(await editor.hover(a, { line: 0, character: 8 })).toBeNull();
  });

  test('of a cell from code to Markdown and back', async () => {
    const { editor, notebook, shows } = await twoCells();
    await editor.changeNotebook(notebook, { cells: { data: [{ kind: 1, document: a }] } });
    await shows({ [a]: [], [b]: [] });
    await editor.changeNotebook(notebook, { cells: { data: [{ kind: 2, document: a }] } });
    await shows({ [a]: bad, [b]: [] });
  });

  test('of the language of a cell, under the same URI', async () => {
    const { editor, notebook, shows } = await twoCells();
    await editor.replaceCells(notebook, { start: 0, deleteCount: 1 }, [cell('a', 'import qwxz\n', 'raw')]);
    await shows({ [a]: [], [b]: [] });
  });

  test('of the kernel', async () => {
    const { editor, notebook, shows } = await twoCells();
    await editor.changeNotebook(notebook, { metadata: { kernelspec: { name: 'ir', language: 'R' } } });
    await shows({ [a]: bad, [b]: [] });
    await editor.replaceCells(notebook, { start: 0, deleteCount: 1 }, [cell('a', 'import qwxz\n', 'r')]);
    await shows({ [a]: [], [b]: [] });
  });

  test('of a module beside the notebook concerns the cell that imports it', async () => {
    const scratch = await project();
    const { editor, shows } = await desk(scratch, [cell('a', 'import helper\n')]);
    await shows({ [a]: [`0:7-0:13 ${fake}`] });
    await editor.open(uri(scratch.root, 'helper.py'), 'value = 1\n');
    await shows({ [a]: [] });
    await editor.close(uri(scratch.root, 'helper.py'));
    await shows({ [a]: [`0:7-0:13 ${fake}`] });
  });

  test('that approves what a cell imports', async () => {
    const scratch = await project();
    const { editor, shows } = await desk(scratch, [cell('a', 'import qwxz\n')]);
    await shows({ [a]: bad });
    const whitelist = uri(scratch.root, 'approved-packages.yaml');
    await editor.open(whitelist, whitelistText({ 'pypi:qwxz': { approved: 'x', ...byAda } }), 'yaml');
    await shows({ [a]: [] });
  });

  test('which is closing takes away what the cells showed, and so does opening it anew without them', async () => {
    const { editor, notebook, shows } = await twoCells();
    await editor.openNotebook(notebook, [cell('c', 'import qwxz\n')]);
    await shows({ [a]: [], [b]: [], [c]: bad });
    await editor.closeNotebook(notebook);
    await shows({ [c]: [] });
    await editor.openNotebook(notebook, [cell('c', 'import qwxz\n')]);
    await shows({ [c]: bad });
  });
});

describe('what nobody should send harms itself alone', () => {
  const bad = [`0:7-0:11 ${fake}`];

  test('changes of notebooks that are not open, of cells that are not there, and at places without cells', async () => {
    const { editor, notebook, shows } = await desk(await project(), [cell('a', 'import numpy\n')]);
    await shows({ [a]: [] });
    const other = notebook.replace('notes', 'other');
    const array = { start: 7, deleteCount: 9, cells: [{ kind: 2 as const, document: cellUri('nothing') }] };
    const textContent = [{ document: { uri: b, version: 2 }, changes: [{ text: 'import qwxz\n' }] }];
    for (const where of [other, notebook])
      await editor.changeNotebook(where, { cells: { structure: { array }, textContent } });
    await editor.saveNotebook(other);
    await editor.closeNotebook(other);
    await editor.typeInCell(notebook, a, 'import qwxz\n');
    await shows({ [a]: bad, [cellUri('nothing')]: [] });
    await editor.closeNotebook(notebook);
    await editor.changeNotebook(notebook, { cells: { textContent } });
    const app = uri(fileURLToPath(notebook), '../app.py');
    await editor.open(app, 'import qwxz\n');
    await shows({ [app]: bad });
    expect(editor.sent('window/logMessage')).toEqual([]);
  });

  test('two cells under one URI show what the text of both holds', async () => {
    const twice = cell('a', 'import qwxz\n');
    const { editor, notebook, shows } = await desk(await project(), [
      twice,
      twice,
      cell('b', 'import qwxz\n'),
    ]);
    await shows({ [a]: [...bad, ...bad], [b]: bad });
    await editor.typeInCell(notebook, a, 'import numpy\n');
    await shows({ [a]: [], [b]: bad });
  });

  test('a cell that is opened as a text of its own is checked in its notebook alone', async () => {
    const { editor, notebook, last, shows } = await desk(await project(), [cell('a', 'import qwxz\n')]);
    const lonely = `${notebook}#lonely`;
    for (const where of [a, lonely]) await editor.open(where, 'import numpy_utils\n');
    await shows({ [a]: bad });
    for (const where of [a, lonely]) {
      await editor.type(where, 'import numpy_utils\n\n');
      await editor.save(where);
      await editor.close(where);
    }
    expect(await editor.hover(lonely, { line: 0, character: 8 })).toBeNull();
    expect(last(a)).toEqual(bad);
    await editor.typeInCell(notebook, a, '\nimport qwxz\n');
    await shows({ [a]: [`1:7-1:11 ${fake}`] });
    expect(
      editor.published.some(({ uri: where, diagnostics }) => where === lonely && diagnostics.length > 0),
    ).toBe(false);
  });

  test('a notebook that is open as a text is shown as one, before and after it is open as a notebook', async () => {
    const scratch = await project();
    const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env });
    open.push(editor);
    const notebook = uri(scratch.root, 'notes.ipynb');
    await editor.open(notebook, notebookFile([['code', 'import qwxz\n']]), 'json');
    const asText = ({ diagnostics }: { diagnostics: unknown[] }) => diagnostics.length === 1;
    const [before] = await editor.diagnostics(notebook, asText);
    expect(before?.message).toMatch(/^cell 1, 1:8: nobody approved pypi:qwxz/);
    expect(before?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    await editor.openNotebook(notebook, [cell('a', 'import qwxz\n')]);
    await editor.diagnostics(a, asText);
    await editor.diagnostics(notebook, ({ diagnostics }) => diagnostics.length === 0);
    await editor.type(
      notebook,
      notebookFile([
        ['code', 'import qwxz\n'],
        ['code', 'x\n'],
      ]),
    );
    await editor.closeNotebook(notebook);
    await editor.diagnostics(a, ({ diagnostics }) => diagnostics.length === 0);
    await editor.diagnostics(notebook, asText);
  });
});

describe('registries', () => {
  test('are asked when a notebook is saved, and never while somebody types', async () => {
    const registry = await startServer(({ path: page }, response) => {
      reply(response, clientPage(page) ?? json({ error: 'Not found' }, 404));
    });
    open.push({ dispose: () => void registry.close() });
    const scratch = await project();
    writeFileSync(path.join(scratch.home, '.npmrc'), `registry=${registry.url}/\n`);
    const cells = [cell('a', "import 'left-padder';\n", 'typescript')];
    const { editor, notebook, shows } = await desk(scratch, cells, { offline: false });
    await shows({ [a]: [`0:8-0:19 ${fake}`] });
    await editor.typeInCell(notebook, a, "\nimport 'left-padder';\n");
    await shows({ [a]: [`1:8-1:19 ${fake}`] });
    expect(registry.requests).toEqual([]);
    await editor.saveNotebook(notebook);
    await shows({ [a]: ['1:8-1:19 unapproved-package/nonexistent'] });
    expect(registry.requests.length).toBeGreaterThan(0);
  });
});

describe('hover', () => {
  test('tells of the import under the pointer, in its cell', async () => {
    const { editor } = await desk(await project(), [
      cell('a', 'import numpy_utils\n', 'markdown'),
      cell('b', 'import numpy\n'),
      cell('c', 'import os\n'),
    ]);
    const at = { line: 0, character: 8 };
    expect(await editor.hover(a, at)).toBeNull();
    const hover = await editor.hover(b, at);
    expect(JSON.stringify(hover?.contents)).toContain('arrays');
    expect(hover?.range?.start).toEqual({ line: 0, character: 7 });
    expect(JSON.stringify((await editor.hover(c, at))?.contents)).toContain('builtin');
  });
});

const versions: ClientCapabilities = {
  workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } },
};

const zero = { line: 0, character: 0 };

describe('code actions in a cell', () => {
  async function actionsIn({ editor }: Desk, where: string): Promise<CodeAction[]> {
    const diagnostics = await editor.diagnostics(where, (found) => found.diagnostics.length > 0);
    const found = await editor.actions(where, diagnostics[0]?.range ?? zero, { diagnostics });
    return found.filter((one: CodeAction | Command): one is CodeAction => 'kind' in one);
  }

  const replacementsIn = async (found: Desk, where: string) =>
    (await actionsIn(found, where)).filter(({ title }) => title.startsWith('Replace'));

  test('replace in all cells of the notebook, each with its version; the others stay as they are', async () => {
    const found = await desk(
      await project(),
      [
        cell('a', 'from numpy_utils import zeros\n'),
        cell('b', 'import numpy\n# numpy_utils\n'),
        cell('c', '"😀\\"\\t"; import numpy_utils as nu\n'),
      ],
      { capabilities: versions },
    );
    const { editor, notebook, shows } = found;
    await editor.typeInCell(notebook, c, '"😀\\"\\t"; import numpy_utils as nu\n\n');
    const [action] = await replacementsIn(found, a);
    expect(action?.title).toBe('Replace with numpy');
    expect(action?.diagnostics).toHaveLength(1);
    const edited = (where: string, version: number, start: number) => ({
      textDocument: { uri: where, version },
      edits: [
        {
          range: { start: { line: 0, character: start }, end: { line: 0, character: start + 11 } },
          newText: 'numpy',
        },
      ],
    });
    expect(action?.edit).toEqual({ documentChanges: [edited(a, 1, 5), edited(c, 2, 17)] });
    expect(await editor.take(action ?? { title: '' })).toEqual({ applied: true });
    expect(editor.text(c)).toBe('"😀\\"\\t"; import numpy as nu\n\n');
    await shows({ [a]: [], [b]: [], [c]: [] });
  });

  test('for an editor without versions; a name that another cell uses stays bound; innocent: one that none uses', async () => {
    const scratch = await project();
    const found = await desk(scratch, [
      cell('a', 'import numpy_utils\n'),
      cell('b', 'numpy_utils.zeros(3)\n'),
    ]);
    const place = { start: { line: 0, character: 7 }, end: { line: 0, character: 18 } };
    const [action] = await replacementsIn(found, a);
    expect(action?.edit).toEqual({ changes: { [a]: [{ range: place, newText: 'numpy as numpy_utils' }] } });
    await found.editor.typeInCell(found.notebook, b, 'numpy_utilities.zeros(3)\n');
    const [other] = await replacementsIn(found, a);
    expect(other?.edit).toEqual({ changes: { [a]: [{ range: place, newText: 'numpy' }] } });
  });

  test('replace what is installed, and not what installs it', async () => {
    const found = await desk(await project(), [cell('a', '%pip install numpy-utils\n'), cell('b', '')]);
    const [action] = await replacementsIn(found, a);
    const place = { start: { line: 0, character: 13 }, end: { line: 0, character: 24 } };
    expect(action?.edit).toEqual({ changes: { [a]: [{ range: place, newText: 'numpy' }] } });
  });

  test('replace a module of the project that is not there', async () => {
    const scratch = await project({ 'format-price.ts': 'export default 1;\n' });
    const metadata = { kernelspec: { name: 'deno', language: 'typescript' } };
    const cells = [
      cell('a', 'let a = 1;\n', 'typescript'),
      cell('b', "import './format-prices.ts';\n", 'typescript'),
    ];
    const found = await desk(scratch, cells, { metadata });
    const [action] = await replacementsIn(found, b);
    const place = { start: { line: 0, character: 8 }, end: { line: 0, character: 26 } };
    expect(action?.edit).toEqual({ changes: { [b]: [{ range: place, newText: './format-price.ts' }] } });
  });

  test('what a denial names, preferred where the editor knows that', async () => {
    const scratch = await project();
    await runIn(scratch, ['deny', 'pypi:pyopencv', '--reason', 'old', '--use', 'opencv-python']);
    await runIn(scratch, ['approve', 'pypi:opencv-python', '--reason', 'x', '--offline']);
    const found = await desk(scratch, [cell('a', 'x = 1\n'), cell('b', 'import pyopencv as cv\n')], {
      capabilities: {
        textDocument: {
          codeAction: {
            isPreferredSupport: true,
            codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
          },
        },
      },
    });
    const [action] = await replacementsIn(found, b);
    expect(action).toMatchObject({ title: 'Replace with cv2', isPreferred: true });
  });

  test.each([
    ['request', 'Request approval of pypi:qwxz', 'requested: "used in notes.ipynb: zeros"'],
    ['approve', 'Approve pypi:qwxz for this repository…', 'approved: "used in notes.ipynb: zeros"'],
    ['deny', 'Deny pypi:qwxz for this repository…', 'denied: not wanted in notes.ipynb'],
  ])('%s writes the decision, also where the cell is gone by then', async (_, title, entry) => {
    const scratch = await project();
    const found = await desk(scratch, [cell('a', 'import numpy\n'), cell('b', 'from qwxz import zeros\n')]);
    const action = (await actionsIn(found, b)).find((one) => one.title === title);
    if (action?.command === undefined) throw new Error(`${title} is not offered`);
    await found.editor.execute(action.command.command, action.command.arguments ?? []);
    expect(scratch.read('approved-packages.yaml').replaceAll(/['"]/g, '')).toContain(
      entry.replaceAll('"', ''),
    );
    await found.editor.replaceCells(found.notebook, { start: 1, deleteCount: 1 });
    await found.editor.execute(action.command.command, action.command.arguments ?? []);
  });

  test('nothing where nothing is wrong, and nothing at the same place of another cell', async () => {
    const found = await desk(await project(), [
      cell('a', 'import qwxz_utils\n'),
      cell('b', 'import numpy\n'),
      cell('c', 'import qwxz_utils\n', 'markdown'),
    ]);
    await found.shows({ [a]: [`0:7-0:17 ${fake}`], [b]: [], [c]: [] });
    const at = { line: 0, character: 9 };
    expect(await found.editor.actions(b, at)).toEqual([]);
    expect(await found.editor.actions(c, at)).toEqual([]);
    expect(await found.editor.actions(found.notebook, at)).toEqual([]);
  });
});

describe('diagnostics that are pulled', () => {
  test('are those of the cell', async () => {
    const pulls: ClientCapabilities = { textDocument: { diagnostic: {} } };
    const cells = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, at) =>
      cell(name, `${'\n'.repeat(at)}import qwxz\n`, name === 'b' ? 'markdown' : 'python'),
    );
    const { editor, notebook } = await desk(await project(), cells, { capabilities: pulls });
    const pulled = await Promise.all(cells.map(async (one) => shown(await editor.pull(one.uri))));
    expect(pulled).toEqual(
      cells.map((_, at) => (at === 1 ? [] : [`${String(at)}:7-${String(at)}:11 ${fake}`])),
    );
    expect(await editor.pull(notebook)).toEqual([]);
    await editor.replaceCells(notebook, { start: 0, deleteCount: 1 });
    expect(await editor.pull(a)).toEqual([]);
    const late = editor.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: c } });
    await editor.typeInCell(notebook, c, 'import numpy\n');
    const answer = await late.catch((error: unknown) => error);
    if (answer instanceof ResponseError) expect(answer.data).toEqual({ retriggerRequest: true });
    expect(await editor.pull(c)).toEqual([]);
  });
});
