/** What a test starts with: a repository in an otherwise empty home, a registry, a server, and a window that shows a file. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCodeServer } from './code-server.js';
import { Editor } from './editor.js';
import { startRegistry } from './registry.js';

const build = path.resolve(import.meta.dirname, '../../../build');
const { name, version } = JSON.parse(readFileSync(path.join(build, 'vscode/package.json'), 'utf8'));
const vsix = path.join(build, `${name}-${version}.vsix`);

/** The program of the server that the extension brings. */
export const bundled = path.join(build, 'vscode/server/bin/check-imports.js');

/** Whether it checks the cells of notebooks. */
export const servesNotebooks = readdirSync(path.join(build, 'vscode/server/dist/chunks')).some(
  (chunk) =>
    chunk.startsWith('lsp') &&
    readFileSync(path.join(build, 'vscode/server/dist/chunks', chunk), 'utf8').includes(
      'notebookDocumentSync',
    ),
);

/** A whitelist in which somebody has approved numpy. */
export const whitelist = `covers: [npm, pypi]
packages:
  pypi:numpy: { approved: arrays in the pricing model, by: Ada L <ada@example.org>, date: 2026-11-23 }
`;

/** A repository whose programs import what is approved. */
export const project = { 'approved-packages.yaml': whitelist, 'app.py': 'import numpy\n' };

/** Packages that the registry of each test has. */
const packages = ['shop-prices'];

export class World {
  #cleanups = [];

  constructor() {
    this.home = realpathSync(mkdtempSync(path.join(tmpdir(), 'vetted-imports-vscode-')));
    this.root = path.join(this.home, 'shop');
    this.#cleanups.push(() => rmSync(this.home, { recursive: true, force: true, maxRetries: 5 }));
  }

  /** @param {Record<string, string>} files By path from the home. */
  write(files) {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.home, file)), { recursive: true });
      writeFileSync(path.join(this.home, file), text);
    }
  }

  read(file) {
    return readFileSync(path.join(this.home, file), 'utf8');
  }

  has(file) {
    return existsSync(path.join(this.home, file));
  }

  /**
   * Writes a program that notes each of its starts in a file of the home, and then goes on as it is told.
   *
   * @param {string} file Its path from the home.
   * @param {string} mark The file that it notes them in.
   */
  writeServer(file, mark, body = `require(${JSON.stringify(bundled)});`) {
    const note = `require('node:fs').appendFileSync(${JSON.stringify(path.join(this.home, mark))}, 'started\\n');`;
    this.write({ [file]: `${note}\n${body}\n` });
  }

  /**
   * Commits files as a repository, changes some of them, and shows one in the editor, which has the repository open, or
   * a `.code-workspace` of the home.
   *
   * @param {Record<string, string>} options.files By path in the repository; `changes` likewise.
   */
  async open(browser, { files = project, changes = {}, file = 'app.py', workspace, settings, trusts }) {
    this.registry = await startRegistry(packages);
    this.#cleanups.push(() => this.registry.stop());
    this.write({
      '.gitconfig': '[user]\n\tname = Ada L\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n',
      '.npmrc': `registry=${this.registry.url}/\n`,
      '.config/pip/pip.conf': `[global]\nindex-url = ${this.registry.url}/simple\n`,
      ...below('shop', files),
    });
    const env = { PATH: process.env.PATH, HOME: this.home };
    for (const words of [
      ['init', '-q'],
      ['add', '-A', '-f'],
      ['commit', '-q', '-m', 'Start'],
    ])
      execFileSync('git', words, { cwd: this.root, env });
    this.write(below('shop', changes));
    const { home } = this;
    this.server = await startCodeServer({ home, vsix, settings, trusts });
    this.#cleanups.push(() => this.server.stop());
    const { address } = this.server;
    const editor = await Editor.open(browser, {
      address,
      folder: this.root,
      workspace: workspace && path.join(home, workspace),
      file: path.join(this.root, file),
    });
    this.#cleanups.push(() => editor.close());
    return editor;
  }

  async close() {
    for (const cleanup of this.#cleanups.splice(0).toReversed()) await cleanup();
  }
}

/** @returns The files with a folder before their paths. */
function below(folder, files) {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));
}
