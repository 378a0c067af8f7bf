import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withFaults, type Fault } from '../kit/faults.ts';
import { pypiHandler, wheel } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { reply, startServer, type Handler, type TestServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/* What a repository holds decides the exit code, whatever state the index is in. */

const projects = new Map([
  ['numpy', { files: [wheel('numpy', '2015-01-01T00:00:00Z', ['numpy/__init__.py'])] }],
  ['plain-thing', { files: [wheel('plain-thing', '2015-01-01T00:00:00Z', ['plain_thing.py'])] }],
]);
const up = pypiHandler(projects);
const always = (fault: Fault): Handler => withFaults(up, () => fault);

/** Null: nothing listens. */
const states: readonly (readonly [string, Handler | null])[] = [
  ['up', up],
  ['down', null],
  ['slow', always({ kind: 'slow', milliseconds: 60_000 })],
  ['refusing', always({ kind: 'status', status: 403 })],
  [
    'lying: all names are free',
    (_, response) => {
      reply(response, { status: 404 });
    },
  ],
  ['lying: a login page', always({ kind: 'portal' })],
];

const unknown = { 'new.py': 'import numpy_utils\nimport plain_thing\n' };
const settled = { 'new.py': 'import numpy\n' };

let scratch: Scratch;
const servers = new Map<string, TestServer>();

beforeAll(async () => {
  scratch = await Scratch.with({
    '.check-importsrc': 'lookupBudget: 1\n',
    'requirements.txt': 'numpy\n',
    'app.py': 'import numpy\n',
  });
  for (const [state, handler] of states) servers.set(state, await startServer(handler ?? up));
  await servers.get('down')?.close();
});

afterAll(async () => {
  scratch.dispose();
  for (const [state, server] of servers) if (state !== 'down') await server.close();
});

async function run(state: string, files: Readonly<Record<string, string>>) {
  scratch.write(files);
  const env = {
    PIP_INDEX_URL: `${servers.get(state)?.url ?? ''}/simple`,
    XDG_CACHE_HOME: `${scratch.root}/.git/${state}`,
  };
  return runIn(scratch, [], { env });
}

describe.each(states)('with the index %s', (state) => {
  test('a change that uses something new is stopped', async () => {
    const { code, stdout } = await run(state, unknown);
    expect(code).toBe(1);
    expect(stdout).not.toContain('PyPI');
  });

  test('a change that uses nothing new passes', async () => {
    expect(await run(state, settled)).toMatchObject({ code: 0, stdout: '' });
  });
});

test.each([
  ['down', /no package was looked up: 127\.0\.0\.1:\d+ refused the connection$/m],
  ['slow', /no package was looked up: 127\.0\.0\.1:\d+ did not answer within the time/m],
  ['refusing', /no package was looked up: no permission at 127\.0\.0\.1:\d+ \(HTTP 403\)$/m],
  [
    'lying: all names are free',
    /no package was looked up: 127\.0\.0\.1:\d+ answered 404 for it and for pip too/m,
  ],
  [
    'lying: a login page',
    /no package was looked up: 127\.0\.0\.1:\d+ answered with a page that no package index sends$/m,
  ],
])('with the index %s the report says once whom it asked', async (state, sentence) => {
  const text = (await run(state, unknown)).stdout.replaceAll(/\n {6}/g, ' ');
  expect(text).toMatch(sentence);
  expect(text.match(/127\.0\.0\.1/g)).toHaveLength(1);
});
