import { afterEach, describe, expect, test } from 'vitest';
import { withFaults } from '../kit/faults.ts';
import { pypiHandler, wheel, type Project } from '../kit/pypi.ts';
import { Scratch } from '../kit/scratch.ts';
import { startServer, type Handler, type TestServer } from '../kit/server.ts';

/*
 * What the registry adds to the verdict of a real commit: the grade, the evidence, the suggestions. The exit code stays
 * what it is without any of them.
 */

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const projects = new Map<string, Project>([
  ['numpy', { files: [wheel('numpy', '2015-01-01T00:00:00Z', ['numpy/__init__.py'])] }],
  ['plain-thing', { files: [wheel('plain-thing', '2015-01-01T00:00:00Z', ['plain_thing.py'])] }],
]);

async function serve(handler: Handler): Promise<TestServer> {
  const server = await startServer(handler);
  closing.push(() => server.close());
  return server;
}

/** A repository in which a change imports a package, staged. */
async function change(imported: string): Promise<Scratch> {
  const scratch = await Scratch.with({ 'requirements.txt': 'numpy\n', 'app.py': 'import numpy\n' });
  closing.push(() => {
    scratch.dispose();
  });
  scratch.write({ 'new.py': `import ${imported}\n` });
  await scratch.git('add', '--all');
  return scratch;
}

/** The first finding of the staged change, with PyPI's index at an address. */
async function checked(scratch: Scratch, index: string, ...more: readonly string[]) {
  const env = { PIP_INDEX_URL: `${index}/simple` };
  const { code, stdout } = await scratch.checkWith({ env }, '--staged', '--format', 'json', ...more);
  const report: unknown = JSON.parse(stdout);
  return { code, report };
}

/** Nothing listens there: the port of a server that is gone. */
async function nowhere(): Promise<string> {
  const server = await startServer(pypiHandler(projects));
  await server.close();
  return server.url;
}

describe('import numpy_utils', () => {
  test('with the registry up: it does not exist, and numpy is suggested first', async () => {
    const server = await serve(pypiHandler(projects));
    expect(await checked(await change('numpy_utils'), server.url)).toMatchObject({
      code: 1,
      report: {
        summary: { lookups: 'asked' },
        findings: [
          {
            grade: 'nonexistent',
            evidence: [
              { fact: 'exists', state: 'absent', source: 'pypi' },
              { fact: 'registry' },
              { fact: 'malware' },
            ],
            suggestions: [{ package: 'pkg:pypi/numpy', specifier: 'numpy' }],
          },
        ],
      },
    });
  });

  test('with the registry down: it is named, and the exit code is the same', async () => {
    const index = await nowhere();
    const { code, report } = await checked(await change('numpy_utils'), index);
    expect(code).toBe(1);
    const { host } = new URL(index);
    expect(JSON.stringify(report)).toContain(
      `Whether it exists is not known (${host} refused the connection).`,
    );
    expect(report).toMatchObject({
      findings: [{ grade: 'unanswered' }],
    });
  });

  test('the second run within ten minutes asks nothing', async () => {
    const server = await serve(pypiHandler(projects));
    const scratch = await change('numpy_utils');
    await checked(scratch, server.url);
    const asked = server.requests.length;
    expect(asked).toBeGreaterThan(0);
    expect(await checked(scratch, server.url)).toMatchObject({ report: { summary: { lookups: 'cached' } } });
    expect(server.requests).toHaveLength(asked);
  });

  test('a registry that never answers is given up within the budget of a hook', async () => {
    const server = await serve(
      withFaults(pypiHandler(projects), () => ({ kind: 'slow', milliseconds: 60_000 })),
    );
    const scratch = await change('numpy_utils');
    scratch.installHooks();
    scratch.env['PIP_INDEX_URL'] = `${server.url}/simple`;
    const started = performance.now();
    const commit = await scratch.tryGit('commit', '-m', 'x');
    expect(commit.code).toBe(1);
    expect(commit.stdout + commit.stderr).toContain('did not answer');
    // The budget is 3 s; ten leave room for a busy machine, and stay far below the minute that the answer takes.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test.each([
  ['plain_thing', 'exists'],
  ['numpy_utils', 'nonexistent'],
])('%s: the network changes the grade (%s) and never the exit code', async (imported, grade) => {
  const server = await serve(pypiHandler(projects));
  const scratch = await change(imported);
  const online = await checked(scratch, server.url);
  const offline = await checked(scratch, server.url, '--offline');
  const dead = await checked(await change(imported), await nowhere());
  expect(online.report).toMatchObject({ findings: [{ grade }] });
  expect([online.code, offline.code, dead.code]).toEqual([1, 1, 1]);
});
