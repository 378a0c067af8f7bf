import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  NotebookCellKind,
  ResponseError,
  type CodeAction,
  type Command,
  type Diagnostic,
  type LSPObject,
  type NotebookDocumentChangeEvent,
  type Position,
  type PublishDiagnosticsParams,
  type Range,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LanguageClient, uri, type CellText } from '../kit/lsp-client.ts';
import { mutant, randomFrom, strange } from './mutate.ts';
import { textsBelow } from './reader.ts';

/** A kind of document: what such files are called, the editor's name for their language, and texts to change. */
interface Kind {
  readonly name: string;
  readonly languageId: string;
  readonly seeds: readonly string[];
}

/** An answer that takes longer is none. In milliseconds. */
const PATIENCE = 60_000;

/** What the server may answer in place of a result: that it was cancelled, or that the text has changed. */
const usual = [-32800, -32801, -32802];
/** What it may answer to a command that it does not have, or with wrong arguments: InvalidParams. */
const INVALID = -32602;

/** What was asked, and what is wrong with the answers. */
export interface Counts {
  documents: number;
  notebooks: number;
  edits: number;
  requests: number;
  errors: number;
}

/**
 * An editor whose user writes nonsense: it opens texts that nobody wrote, edits them, and asks at positions that they
 * do not have. Every answer has to be one, within the text, and nothing may be logged as an error.
 */
export class EditorSession {
  readonly counts: Counts = { documents: 0, notebooks: 0, edits: 0, requests: 0, errors: 0 };
  readonly #root = realpathSync(mkdtempSync(path.join(tmpdir(), 'fuzz-editor-')));
  readonly #kinds: readonly Kind[];
  readonly #report: (problem: string) => void;
  #server: ChildProcessWithoutNullStreams | undefined;
  #client: LanguageClient | undefined;
  #hasNotebooks = false;
  #seen = 0;
  #told = 0;

  /** @param project The folder of this checkout. @param report Is told of each problem. */
  constructor(project: string, report: (problem: string) => void) {
    this.#kinds = kindsIn(path.join(project, 'fixtures'));
    this.#report = (problem) => {
      this.counts.errors += 1;
      report(problem);
    };
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: this.#root });
    writeFileSync(path.join(this.#root, 'approved-packages.yaml'), 'packages: {}\n');
    git('init', '--quiet');
    git('add', '--all');
    git('-c', 'user.name=Ada L', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', 'first');
  }

  /** @param bin The command of this checkout. @param options `pulls`: the editor asks for diagnostics, and is not told them. */
  async start(bin: string, { pulls }: { readonly pulls: boolean }): Promise<void> {
    const env = { ...process.env, HOME: path.join(this.#root, '.git') };
    const server = spawn(process.execPath, [bin, 'lsp', '--offline'], { cwd: this.#root, env });
    server.stderr.resume();
    server.on('exit', (code) => {
      if (this.#client) this.#report(`the server has ended with ${String(code)}`);
    });
    const { client, result } = await LanguageClient.connect(server.stdout, server.stdin, {
      folders: [this.#root],
      capabilities: {
        workspace: { configuration: true, applyEdit: true },
        textDocument: pulls ? { diagnostic: {} } : {},
      },
    });
    this.#hasNotebooks = result.capabilities.notebookDocumentSync !== undefined;
    [this.#server, this.#client] = [server, client];
  }

  /** @returns What the server's process holds, in MB; null where this system does not tell. */
  memory(): number | null {
    try {
      const status = readFileSync(`/proc/${String(this.#server?.pid)}/status`, 'utf8');
      return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]) / 1024;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.shutdown();
    this.#lookAtRemains(client?.published ?? []);
    rmSync(this.#root, { recursive: true });
  }

  /** Opens a text, edits it, asks about it and closes it: the same for the same number. */
  async play(number: number): Promise<void> {
    const random = new Random(number);
    const kind = random.pick(this.#kinds);
    const where = uri(
      this.#root,
      random.below(3) === 0 ? `deep/${String(number)}` : '',
      kind?.name ?? 'a.py',
    );
    this.counts.documents += 1;
    if (this.#hasNotebooks && random.below(4) === 0) await this.#playNotebook(number, random);
    if (random.below(10) === 0) await this.#connected.configure(random.settings());
    await this.#connected.open(where, mutant(kind?.seeds ?? [], number), kind?.languageId);
    for (let left = 1 + random.below(3); left > 0; left -= 1) {
      await this.#connected.edit(where, random.range(), random.pick(kind?.seeds ?? [])?.slice(0, 200) ?? '');
      this.counts.edits += 1;
    }
    await this.#ask(number, where, random);
    await this.#connected.close(where);
    this.#lookAtMessages(number);
  }

  get #connected(): LanguageClient {
    if (this.#client === undefined) throw new Error('the session has not started');
    return this.#client;
  }

  async #ask(number: number, where: string, random: Random): Promise<void> {
    const client = this.#connected;
    const text = TextDocument.create(where, '', 0, client.text(where) ?? '');
    const diagnostics = await this.#answer(number, 'diagnostic', client.pull(where));
    this.#inText(number, text, diagnostics ?? []);
    const hover = await this.#answer(number, 'hover', client.hover(where, random.position()));
    if (hover?.range) this.#inText(number, text, [{ range: hover.range }]);
    const [near] = diagnostics ?? [];
    const range = near && random.below(2) === 0 ? near.range : random.range();
    const found = await this.#answer(number, 'codeAction', client.actions(where, range));
    await this.#takeActions(number, found ?? [], random);
    if (random.below(6) === 0) await client.save(where);
    if (random.below(6) === 0) await client.watched({ [where]: 'changed' });
    if (random.below(6) === 0) {
      const values = [{ uri: where, package: random.pick(strange) }, random.pick(strange)].slice(
        random.below(3),
      );
      const command = random.pick(['vetted-imports.request', 'vetted-imports.approve', 'nothing.such']) ?? '';
      await this.#answer(number, 'executeCommand', client.execute(command, values), [INVALID]);
    }
  }

  /** Carries out one of the offered commands, as it was offered. Nobody says yes to a question. */
  async #takeActions(
    number: number,
    found: readonly (CodeAction | Command)[],
    random: Random,
  ): Promise<void> {
    const offered = random.pick(found);
    if (offered === undefined || random.below(4) > 0) return;
    const command = typeof offered.command === 'object' ? offered.command : undefined;
    if (command === undefined) return;
    const values: readonly unknown[] = command.arguments ?? [];
    await this.#answer(number, command.command, this.#connected.execute(command.command, [...values]));
  }

  /** Opens a notebook, changes it, asks about its cells, saves and closes it; some changes are of nothing that is open. */
  async #playNotebook(number: number, random: Random): Promise<void> {
    const client = this.#connected;
    const where = uri(this.#root, `${String(number)}.ipynb`);
    this.counts.notebooks += 1;
    if (random.below(8) === 0) await client.open(where, mutant(this.#kinds[0]?.seeds ?? [], number), 'json');
    const cells = Array.from({ length: 1 + random.below(4) }, () => this.#cell(where, random));
    await client.openNotebook(where, cells, random.pick(metadata));
    for (let left = 1 + random.below(4); left > 0; left -= 1) {
      await client.changeNotebook(where, this.#change(where, random));
      this.counts.edits += 1;
      await this.#askCell(number, random.pick(client.cellsOf(where))?.document ?? where, random);
      if (random.below(4) === 0) await client.saveNotebook(where);
    }
    for (const { document } of client.cellsOf(where)) await this.#askCell(number, document, random);
    const late = this.#change(where, random);
    await client.closeNotebook(where);
    if (random.below(4) === 0) await client.changeNotebook(where, late);
    if (client.text(where) !== undefined) await client.close(where);
  }

  /** A cell with a name that another one may have already. */
  #cell(where: string, random: Random): CellText {
    const seed = random.below(1_000_000);
    const [at, languageId] = random.pick(cellLanguages) ?? [0, ''];
    return {
      uri: `vscode-notebook-cell:${where.slice('file:'.length)}#${String(seed % 40)}`,
      languageId,
      text: mutant(this.#kinds[at]?.seeds ?? [], seed),
    };
  }

  /** A change of the cells, of their texts, of their kinds or of the kernel, at places that may not be there. */
  #change(where: string, random: Random): NotebookDocumentChangeEvent {
    const cells = this.#connected.cellsOf(where);
    const added = Array.from({ length: random.below(3) }, () => this.#cell(where, random));
    const [start, deleteCount] = [random.below(cells.length + 2), random.below(3)];
    const code = ({ uri: document }: CellText) => ({ kind: NotebookCellKind.Code, document });
    const moved = random.below(3) === 0 ? cells.slice(start, start + deleteCount).toReversed() : null;
    const gone = moved === null ? cells.slice(start, start + deleteCount) : [];
    const structure = {
      array: { start, deleteCount, cells: moved ?? added.map(code) },
      didOpen: moved === null ? added.map((cell) => ({ ...cell, version: 1 })) : [],
      didClose: gone.map(({ document }) => ({ uri: document })),
    };
    const textContent = cells.slice(random.below(2), random.below(4)).map(({ document }) => ({
      document: { uri: document, version: random.below(100) },
      changes: [{ range: random.range(), text: mutant(this.#kinds[0]?.seeds ?? [], start).slice(0, 200) }],
    }));
    const kind = random.pick([NotebookCellKind.Code, NotebookCellKind.Markup]) ?? NotebookCellKind.Code;
    const data = cells.slice(0, random.below(2)).map(({ document }) => ({ kind, document }));
    const kernel = random.pick(metadata);
    return {
      ...(random.below(4) === 0 && kernel !== undefined ? { metadata: kernel } : {}),
      ...(random.below(8) === 0
        ? {}
        : { cells: { ...(random.below(2) === 0 ? { structure } : {}), textContent, data } }),
    };
  }

  async #askCell(number: number, where: string, random: Random): Promise<void> {
    const client = this.#connected;
    const text = TextDocument.create(where, '', 0, client.text(where) ?? '');
    const isCell = !where.startsWith('file:');
    const diagnostics = (await this.#answer(number, 'diagnostic', client.pull(where))) ?? [];
    const [near] = diagnostics;
    const position = near && random.below(2) === 0 ? near.range.start : random.position();
    const hover = await this.#answer(number, 'hover', client.hover(where, position));
    const hovered = hover?.range === undefined ? [] : [{ range: hover.range }];
    // Two cells of one name have one text, and what it says may stand in the other one.
    if (isCell) this.#inText(number, text, [...diagnostics, ...hovered]);
    const range = near && random.below(2) === 0 ? near.range : random.range();
    const found = await this.#answer(number, 'codeAction', client.actions(where, range));
    await this.#takeActions(number, found ?? [], random);
  }

  /** @returns undefined where there is no answer. */
  async #answer<Answer>(
    number: number,
    what: string,
    promise: Promise<Answer>,
    expected: readonly number[] = [],
  ): Promise<Answer | undefined> {
    this.counts.requests += 1;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer in ${String(PATIENCE)} ms`));
      }, PATIENCE);
    });
    try {
      return await Promise.race([promise, late]);
    } catch (error) {
      const isExpected = error instanceof ResponseError && [...usual, ...expected].includes(error.code);
      if (!isExpected) this.#report(`text ${String(number)}: ${what}: ${String(error)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ranges have to lie in the text, and to end behind their start. */
  #inText(number: number, text: TextDocument, found: readonly Pick<Diagnostic, 'range'>[]): void {
    const isPlace = (position: Position) => {
      const { line, character } = text.positionAt(text.offsetAt(position));
      return line === position.line && character === position.character;
    };
    for (const { range } of found) {
      const isOrdered = text.offsetAt(range.start) <= text.offsetAt(range.end);
      if (!isPlace(range.start) || !isPlace(range.end) || !isOrdered)
        this.#report(`text ${String(number)}: ${JSON.stringify(range)} is no range of the text`);
    }
  }

  /** What a server logs as an error is one. */
  #lookAtMessages(number: number): void {
    const logged = this.#connected.sent('window/logMessage').map((params) => JSON.stringify(params));
    for (const message of logged.slice(this.#seen))
      if (message.includes('"type":1')) this.#report(`text ${String(number)}: logged ${message}`);
    this.#seen = logged.length;
    const { published } = this.#connected;
    for (const { uri: where, version, diagnostics } of published.slice(this.#told)) {
      const text = this.#connected.text(where);
      if (text !== undefined && version === this.#connected.version(where))
        this.#inText(number, TextDocument.create(where, '', 0, text), diagnostics);
    }
    this.#told = published.length;
  }

  /** When everything is closed, nothing is shown. */
  #lookAtRemains(published: readonly PublishDiagnosticsParams[]): void {
    const last = new Map(published.map(({ uri: where, diagnostics }) => [where, diagnostics]));
    for (const [where, { length }] of last)
      if (length > 0) this.#report(`${where} is closed and shows ${String(length)} diagnostics`);
  }
}

class Random {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  position(): Position {
    const number = () => this.below([4, 40, 2 ** 31 - 1][this.below(3)] ?? 1);
    return { line: number(), character: number() };
  }

  range(): Range {
    const [start, end] = [this.position(), this.position()];
    return start.line < end.line ? { start, end } : { start: end, end: start };
  }

  /** What somebody may have written where settings are expected. */
  settings(): Readonly<Record<string, unknown>> {
    const value = () => this.pick<unknown>([true, false, null, 'error', 'warning', 7, [], {}, ...strange]);
    const own = { offline: value(), newOnly: value(), severity: { denied: value() }, path: value() };
    return { 'check-imports': this.below(3) === 0 ? value() : own, 'vetted-imports': own };
  }
}

/** Documents of all kinds that are read. Python comes first: the cells of notebooks are of it. */
function kindsIn(fixtures: string): readonly Kind[] {
  return names.map(([name, languageId, seed]) => {
    const extension = path.extname(name);
    const seeds = textsBelow(
      fixtures,
      (file) => file === name || (extension !== '' && file.endsWith(extension)),
    );
    return { name, languageId, seeds: [...seeds, seed].map((text) => text.slice(0, 4_000)) };
  });
}

/** The languages of cells, with the kind whose texts they get. */
const cellLanguages: readonly (readonly [number, string])[] = [
  [0, 'python'],
  [0, 'python'],
  [0, 'markdown'],
  [0, 'raw'],
  [1, 'typescript'],
  [3, 'javascript'],
];

/** What editors say of notebooks. */
const metadata: readonly (LSPObject | undefined)[] = [
  undefined,
  {},
  { kernelspec: { name: 'python3' } },
  { metadata: { kernelspec: { name: 'deno', language: 'typescript' } } },
  { custom: { metadata: { language_info: { name: 'R' } } } },
  { kernelspec: [], language_info: 7, metadata: 'x' },
];

const names: readonly (readonly [string, string, string])[] = [
  ['app.py', 'python', 'import numpy\nfrom request import x\n'],
  ['app.ts', 'typescript', "import x from 'lodahs';\n"],
  ['app.tsx', 'typescriptreact', "import React from 'react';\nexport default () => <a/>;\n"],
  ['app.js', 'javascript', "const x = require('left-pad');\n"],
  ['app.vue', 'vue', "<script setup>\nimport x from 'vuex';\n</script>\n<template/>\n"],
  ['app.svelte', 'svelte', "<script>import x from 'y';</script>\n"],
  ['app.astro', 'astro', "---\nimport x from 'y';\n---\n<p/>\n"],
  ['app.mdx', 'mdx', "import x from 'y'\n\n# Title\n"],
  ['app.html', 'html', '<script type="module">import "x";</script>\n'],
  [
    'app.ipynb',
    'json',
    '{"cells":[{"cell_type":"code","source":["import foo"]}],"metadata":{},"nbformat":4}',
  ],
  ['package.json', 'json', '{"dependencies":{"left-pad":"1"}}\n'],
  ['pyproject.toml', 'toml', '[project]\nname = "x"\ndependencies = ["numpy"]\n'],
  ['requirements.txt', 'pip-requirements', 'numpy\nflask>=1\n'],
  ['approved-packages.yaml', 'yaml', 'packages:\n  pypi:numpy: { approved: sums }\n'],
  ['.check-importsrc', 'yaml', 'lookup: off\n'],
];
