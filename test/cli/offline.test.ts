import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { json, reply, startServer, type TestServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/* A script that passes --offline to every command gets what it asks for. */

let npm: TestServer;
beforeAll(async () => {
  npm = await startServer((_, response) => {
    reply(response, json({ error: 'Not found' }, 404));
  });
});
afterAll(() => npm.close());

let scratch: Scratch;
let seen = 0;
const asked = () => npm.requests.slice(seen).map(({ path }) => path);
beforeEach(async () => {
  scratch = await Scratch.with({ 'package.json': '{ "name": "shop" }\n', 'app.js': 'import "got";\n' });
  scratch.writeHome({ '.npmrc': `registry=${npm.url}/\n` });
  seen = npm.requests.length;
  return () => {
    scratch.dispose();
  };
});

const decision = ['npm:undici', '--reason', 'http'];

test.each<[string, readonly string[]]>([
  ['check', []],
  ['list', []],
  ['explain', ['npm:got']],
  ['init', ['--dry-run']],
  ['prune', ['--dry-run']],
  ['approve', decision],
  ['deny', decision],
  ['request', decision],
])('%s takes it, and nothing is sent', async (command, words) => {
  const done = await runIn(scratch, [command, '--offline', ...words]);
  expect([done.code, done.stderr.includes('unknown option'), asked()]).toEqual([0, false, []]);
});

describe('the first entry brings what is in use, of which registries are asked without it', () => {
  test.each(['deny', 'request'])('%s', async (command) => {
    expect((await runIn(scratch, [command, ...decision])).code).toBe(0);
    expect(asked()).toContain('/got');
  });
});

test('help names it where it does something', async () => {
  const named = [];
  for (const command of [
    'check',
    'list',
    'explain',
    'init',
    'prune',
    'approve',
    'deny',
    'request',
    'review',
  ]) {
    const { stdout } = await runIn(scratch, [command, '--help']);
    if (stdout.includes('--offline')) named.push(command);
  }
  expect(named).toEqual(['check', 'explain', 'init', 'approve', 'deny', 'request', 'review']);
});
