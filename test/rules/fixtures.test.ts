import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grades } from '../../rules/grades.ts';
import { rules } from '../../rules/index.ts';
import { findingsIn } from '../kit/findings.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { pypiHandler } from '../kit/pypi.ts';
import { startServer } from '../kit/server.ts';
import { runIn } from '../kit/world.ts';

/*
 * Each folder of fixtures/rules/<rule>/ is a change: `base` is committed, `next` is staged over it. The change of an
 * `ok-…` folder has no finding of the rule, that of an `ng-…` folder has exactly those of its expected.txt.
 */

const fixtures = path.join(projectRoot, 'fixtures/rules');

let index404: string;
let gone: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const [server, other] = [
    await startServer(pypiHandler(new Map())),
    await startServer(pypiHandler(new Map())),
  ];
  await other.close();
  [index404, gone, close] = [server.url, other.url, () => server.close()];
});
afterAll(() => close());

describe.each(rules.map(({ id }) => id))('%s', (id) => {
  const folder = path.join(fixtures, id);
  const cases = existsSync(folder) ? readdirSync(folder).sort() : [];

  test('has a fixture that passes and one that does not', () => {
    expect(cases.some((name) => name.startsWith('ok-'))).toBe(true);
    expect(cases.some((name) => name.startsWith('ng-'))).toBe(true);
    expect(cases.filter((name) => !/^(?:ok|ng)-/.test(name))).toEqual([]);
  });

  test.each(cases)('%s', async (name) => {
    const found = await findingsOf(path.join(folder, name));
    const expected = path.join(folder, name, 'expected.txt');
    expect(found).toEqual(existsSync(expected) ? readFileSync(expected, 'utf8').trim().split('\n') : []);
    expect(found.some((line) => line.includes(` ${id}`))).toBe(name.startsWith('ng-'));
  });

  test.each(cases.filter((name) => name.startsWith('ng-')))(
    '%s: no registry changes what is found',
    async (name) => {
      const offline = await findingsOf(path.join(folder, name));
      for (const index of [index404, gone]) {
        expect(await findingsOf(path.join(folder, name), index)).toEqual(offline);
      }
    },
  );

  test('has a page with the same headings as every other', () => {
    const page = readFileSync(path.join(projectRoot, 'rules', id, 'README.md'), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${id}`);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings.filter((heading) => heading !== 'Grades')).toEqual([
      'What it finds',
      'What to do',
      'False positives',
      'Config',
    ]);
  });
});

test('every grade has a section in the page of its rule, in the order of the table', () => {
  const page = readFileSync(path.join(projectRoot, 'rules/unapproved-package/README.md'), 'utf8');
  const sections = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(sections).toEqual(grades.map(({ id }) => id));
});

/** What a change is found to have; with an address, registries are asked there. */
async function findingsOf(folder: string, index?: string): Promise<string[]> {
  const scratch = await Scratch.with(filesBelow(path.join(folder, 'base')));
  try {
    scratch.write(filesBelow(path.join(folder, 'next')));
    await scratch.git('add', '--all');
    if (index !== undefined) writeFileSync(path.join(scratch.home, '.npmrc'), `registry=${index}\n`);
    const online = { env: { PIP_INDEX_URL: `${index ?? ''}/simple` } };
    const flags = index === undefined ? ['--offline'] : [];
    const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise', ...flags], online);
    return findingsIn(stdout);
  } finally {
    scratch.dispose();
  }
}

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
