import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { toolAnswer } from '../kit/mcp-client.ts';
import { observe } from '../kit/observe.ts';
import { bin, projectRoot, run, Scratch } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';

/* The server as clients start it: a process that speaks the protocol on its standard streams. */

const file = 'approved-packages.yaml';
const files = {
  [file]: whitelistText({ 'pypi:numpy': { approved: 'arrays', ...byAda } }),
  '.check-importsrc': 'lookup: off\n',
  'app.py': 'import numpy\n',
};

const open: { dispose(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
});

async function project(): Promise<Scratch> {
  const scratch = await Scratch.with(files);
  open.push(scratch);
  return scratch;
}

async function connect(scratch: Scratch, era: 'legacy' | 'auto'): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: era } });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [bin, 'mcp'],
    cwd: scratch.root,
    env: scratch.env,
    stderr: 'pipe',
  });
  await client.connect(transport);
  open.unshift({ dispose: () => client.close() });
  return client;
}

describe.each(['legacy', 'auto'] as const)('a client of the protocol, %s', (era) => {
  test('lists, calls each tool, reads, and is told what is wrong', async () => {
    const scratch = await project();
    const client = await connect(scratch, era);
    const call = async (name: string, input: Record<string, unknown>) =>
      toolAnswer(await client.callTool({ name, arguments: input }));
    expect(client.getInstructions()).toContain('call check_package');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'check_package',
      'check_code',
      'check_command',
      'list_approved',
      'request_approval',
    ]);
    expect(
      (await call('check_package', { packages: [{ name: 'numpy' }, { name: 'zarr' }] })).data,
    ).toMatchObject({
      packages: [
        { package: 'pypi:numpy', verdict: 'approved' },
        { package: 'pypi:zarr', verdict: 'unapproved' },
      ],
    });
    expect((await call('check_code', { path: 'a.py', text: 'import zarr\n' })).data).toMatchObject({
      verdict: 'refused',
    });
    expect((await call('check_command', { command: 'pip install zarr' })).data).toMatchObject({
      verdict: 'refused',
    });
    expect((await call('list_approved', {})).data).toMatchObject({ packages: [{ package: 'pypi:numpy' }] });
    const request = { ecosystem: 'pypi', name: 'zarr', reason: 'grids' };
    expect((await call('request_approval', request)).data).toMatchObject({
      status: 'requested',
      isNew: true,
    });
    expect(scratch.read(file)).toContain('by: assistant for Ada L <ada@example.org>');
    expect((await call('check_package', { packages: 'numpy' })).isError).toBe(true);
    expect((await call('check_code', { path: '../a.py', text: '' })).text).toContain(
      'outside of the project',
    );
    await expect(client.callTool({ name: 'approve', arguments: {} })).rejects.toThrow('approve not found');
    const { contents } = await client.readResource({ uri: 'check-imports://requested' });
    expect(JSON.stringify(contents)).toContain('pypi:zarr');
  });
});

/** Text on standard input, a moment, and its end. */
const speak = (scratch: Scratch, input: string, ...args: readonly string[]) =>
  run(process.execPath, [bin, 'mcp', ...args], { cwd: scratch.root, env: scratch.env, stdin: input });

const line = (message: object) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`;
const initialize = line({
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 't', version: '1' } },
});

describe('standard streams', () => {
  test('the end of standard input ends the process', async () => {
    expect(await speak(await project(), '')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('standard output holds nothing but the protocol, whatever comes in', async () => {
    const scratch = await project();
    const child = spawn(process.execPath, [bin, 'mcp'], { cwd: scratch.root, env: scratch.env });
    const lines: string[] = [];
    let text = '';
    const answered = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        lines.splice(0, Infinity, ...text.split('\n').slice(0, -1));
        if (lines.length >= 4) resolve();
      });
    });
    child.stdin.write('this is no JSON\n{"jsonrpc":"2.0","id":\n[]\n"x"\n\n');
    child.stdin.write(initialize + line({ method: 'notifications/initialized' }));
    child.stdin.write('{"jsonrpc":"2.0","id":7,"method":"nobody/knows"}\n{ broken\n\u0000\n');
    child.stdin.write(line({ id: 2, method: 'tools/list' }));
    const input = { name: 'check_code', arguments: { path: 'b.py', text: 'import zarr\n' } };
    child.stdin.write(line({ id: 3, method: 'tools/call', params: input }));
    await answered;
    child.stdin.end();
    expect(await once(child, 'close')).toEqual([0, null]);
    const ids = lines.map((message) => {
      const parsed: unknown = JSON.parse(message);
      expect(parsed).toMatchObject({ jsonrpc: '2.0' });
      return typeof parsed === 'object' && parsed !== null && 'id' in parsed ? parsed.id : null;
    });
    expect(ids.toSorted()).toEqual([1, 2, 3, 7]);
  });

  test('a message that is larger than anything that is taken ends the process, and says so', async () => {
    const { code, stdout, stderr } = await speak(await project(), 'x'.repeat(11 * 1024 * 1024));
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/buffer|size|limit/i);
  });

  test('--cwd names the project', async () => {
    const scratch = await project();
    const input = initialize + line({ method: 'notifications/initialized' });
    const { code, stdout } = await run(process.execPath, [bin, '--cwd', scratch.root, 'mcp'], {
      cwd: scratch.home,
      env: scratch.env,
      stdin: input,
    });
    expect([code, stdout.split('\n').length]).toEqual([0, 2]);
  });
});

test('nothing of the server is loaded by other commands', async () => {
  const scratch = await project();
  scratch.write({ 'app.py': 'import numpy\nimport zarr\n' });
  await scratch.git('add', '--all');
  for (const args of [['--staged'], ['explain', 'pypi:zarr'], ['list'], ['mcp', '--help']]) {
    const { loaded } = await observe(scratch, ...args);
    expect(loaded.filter((name) => /mcp|modelcontext|zod|to-json-schema/.test(name))).toEqual([]);
  }
});

const schema = v.object({
  mcpServers: v.record(v.string(), v.object({ command: v.string(), args: v.array(v.string()) })),
});

describe('docs/mcp.md', () => {
  const page = readFileSync(path.join(projectRoot, 'docs/mcp.md'), 'utf8');
  const settings = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) =>
    v.parse(schema, JSON.parse(text)),
  );

  test.each([
    ['the lockfile pins', 'npx', 0],
    ['is installed once', 'vetted-imports', 1],
  ])('starts what %s', async (_, program, at) => {
    const scratch = await project();
    const { command, args } = settings[at]?.mcpServers['vetted-imports'] ?? { command: '', args: [] };
    expect(command).toBe(program);
    // A package that is installed is a link in `node_modules/.bin`, and a global one a link on PATH.
    const folder = path.join(scratch.root, 'node_modules/.bin');
    scratch.write({ 'package.json': '{ "name": "shop" }\n', '.gitignore': 'node_modules\n' });
    scratch.link({ 'node_modules/.bin/vetted-imports': bin });
    const PATH = at === 0 ? process.env['PATH'] : [folder, process.env['PATH']].join(path.delimiter);
    const client = new Client({ name: 'test', version: '1.0.0' });
    const env = { ...scratch.env, PATH: PATH ?? '' };
    await client.connect(
      new StdioClientTransport({ command, args: [...args], cwd: scratch.root, env, stderr: 'pipe' }),
    );
    open.unshift({ dispose: () => client.close() });
    const answer = toolAnswer(
      await client.callTool({ name: 'check_package', arguments: { packages: [{ name: 'pypi:numpy' }] } }),
    );
    expect(answer.data).toMatchObject({ packages: [{ verdict: 'approved' }] });
  });

  test('has a row for each tool', async () => {
    const { tools } = await (await connect(await project(), 'auto')).listTools();
    const rows = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    expect(rows).toEqual(tools.map(({ name }) => name));
  });
});
