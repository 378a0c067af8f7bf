import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runWithKeys } from '../kit/keys.ts';
import { pypiHandler, wheel } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { startServer, type TestServer } from '../kit/server.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * An index that the work tree names and no commit: its answers could be the change's own word, so no command asks it,
 * and none asks anybody else. Once a commit has it, every command does.
 */

const whitelistFile = 'approved-packages.yaml';
const whitelist = whitelistText({ 'pypi:requests': { approved: 'HTTP', ...byAda } });

let server: TestServer;
let scratch: Scratch;
beforeEach(async () => {
  const old = '2015-03-04T00:00:00Z';
  const served = pypiHandler(
    new Map([
      ['pip', { files: [wheel('pip', old, ['pip/__init__.py'])] }],
      ['acme-ledger', { files: [wheel('acme-ledger', old, ['acme_ledger/__init__.py', 'acme_books.py'])] }],
    ]),
  );
  server = await startServer((request, response) => {
    void served({ ...request, path: request.path.replace('/own', '') }, response);
  });
  scratch = await Scratch.with({ [whitelistFile]: whitelist, 'a.py': '' });
  scratch.env['PIP_INDEX_URL'] = `${server.url}/simple`;
  // The user trusts the host, not this path of it.
  scratch.writeHome({ 'uv.toml': `[[index]]\nname = "host"\nurl = "${server.url}/"\nexplicit = true\n` });
  scratch.env['UV_CONFIG_FILE'] = `${scratch.home}/uv.toml`;
  scratch.write({ 'pyproject.toml': project(server.url), 'a.py': 'import acme_ledger\n' });
});
afterEach(async () => {
  scratch.dispose();
  await server.close();
});

const project = (url: string) =>
  `[project]\nname = "shop"\ndependencies = ["acme-ledger"]\n[[tool.uv.index]]\nname = "acme"\nurl = "${url}/own/simple"\nexplicit = true\n[tool.uv.sources]\nacme-ledger = { index = "acme" }\n`;

const approve = ['approve', 'pypi:acme-ledger', '--reason', 'x', '--no-stage'];
const commands: readonly (readonly string[])[] = [
  ['check'],
  ['check', '--staged'],
  ['check', '--all'],
  ['check', 'a.py'],
  ['explain', 'pypi:acme-ledger'],
  approve,
  ['review'],
];

async function asked(
  command: readonly string[],
): Promise<{ readonly text: string; readonly names: string[] }> {
  const text =
    command[0] === 'review'
      ? (await runWithKeys(scratch, command, [['pypi:acme-ledger', '\u0003']])).screen
      : Object.values(await runIn(scratch, command)).join('\n');
  const pages = server.requests.filter(({ path }) => path.includes('/simple/'));
  return { text, names: [...new Set(pages.map(({ path }) => path))] };
}

describe.each(commands.map((command) => ({ words: command.join(' '), command })))('$words', ({ command }) => {
  test.each(['unstaged', 'staged'])('does not ask an index that is %s', async (state) => {
    if (state === 'staged') await scratch.git('add', '--all');
    const isEmpty = command.includes('--staged') && state === 'unstaged';
    const { text, names } = await asked(command);
    expect(names).toEqual([]);
    if (!isEmpty) expect(text.replaceAll(/[│\s]+/g, ' ')).toContain('new in this change');
  });

  test('asks it once it is committed', async () => {
    const option = `--index-url ${server.url}/own/simple\n`;
    scratch.write({ 'pyproject.toml': '', 'requirements.txt': option, 'a.py': '' });
    await scratch.git('add', '--all');
    await scratch.git('commit', '--quiet', '--no-verify', '--message', 'Index');
    scratch.write({ 'requirements.txt': `${option}acme-ledger\n`, 'a.py': 'import acme_ledger\n' });
    await scratch.git('add', '--all');
    expect((await asked(command)).names).toContain('/own/simple/acme-ledger/');
  });
});

test('what a person types as the source is that person’s word', async () => {
  const { code } = await runIn(scratch, [...approve, '--source', `${server.url}/own/simple/`]);
  expect(code).toBe(0);
  expect(server.requests.map(({ path }) => path)).toContain('/own/simple/acme-ledger/');
  expect(scratch.read(whitelistFile)).toContain('imports: [acme_books, acme_ledger]');
});

test('but no other index of the work tree', async () => {
  const { code } = await runIn(scratch, [...approve, '--source', 'https://index.example/simple']);
  expect([code, server.requests]).toEqual([0, []]);
});
