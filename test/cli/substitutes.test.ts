import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* What a denial names to be used instead: `deny --use`, and everything that speaks of it. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const whitelist = 'approved-packages.yaml';

async function repository(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    'app.py': '',
    'main.js': '',
    '.check-importsrc': 'lookup: off\n',
    ...files,
  });
  open.push(scratch);
  return scratch;
}

describe('deny --use is kept as a package with its ecosystem, in canonical spelling', () => {
  test.each([
    [['npm:request'], 'npm:undici', 'npm:undici'],
    [['npm:request'], 'undici', 'npm:undici'],
    [['npm:request'], ' undici ', 'npm:undici'],
    [['npm:request'], 'pkg:npm/%40acme/http@1.0', 'npm:@acme/http'],
    [['npm:request'], '@acme/http', 'npm:@acme/http'],
    [['npm:request', 'npm:axios'], 'undici', 'npm:undici'],
    [['npm:@acme/*'], 'undici', 'npm:undici'],
    [['pypi:pyopencv'], 'OpenCV_Python', 'pypi:opencv-python'],
    [['pypi:pyopencv'], 'pypi:opencv.python', 'pypi:opencv-python'],
    [['npm:requests'], 'pypi:requests', 'pypi:requests'],
    [['npm:request', 'pypi:pycurl'], 'pypi:httpx', 'pypi:httpx'],
  ])('deny %j --use %j', async (denied, use, kept) => {
    const scratch = await repository();
    const { code } = await runIn(scratch, ['deny', ...denied, '--reason', 'old', '--use', use]);
    expect(code).toBe(0);
    const kepts = [...scratch.read(whitelist).matchAll(/ use: "?([^,"]+)"?,/g)].map(([, text]) => text);
    expect(kepts).toEqual(denied.map(() => kept));
  });

  test.each([
    [
      ['npm:request'],
      'not a name !!',
      '--use: not a name !! is not a valid npm package name',
      'Write the name of the package',
    ],
    [
      ['npm:request'],
      'a\n## b',
      '--use: a\\n## b is not a valid npm package name',
      'Write the name of the package',
    ],
    [['npm:request'], '', '--use: ', 'Write the name of the package'],
    [
      ['npm:lodash'],
      'lodash-es/get',
      '--use: lodash-es/get is not a valid npm package name',
      'not of a module or file in it',
    ],
    [
      ['npm:request'],
      'deb:curl',
      '--use: there is no ecosystem called deb',
      'Write npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.',
    ],
    [
      ['npm:request', 'pypi:pycurl'],
      'httpx',
      '--use: httpx could belong to several ecosystems',
      'Write npm:httpx or pypi:httpx.',
    ],
    [['npm:request'], '@acme/*', '--use: npm:@acme/* is a whole scope', 'Name one package of it'],
    [
      ['npm:request', 'npm:axios'],
      'axios',
      '--use: npm:axios is what is to be denied',
      'Name another package',
    ],
    [['pypi:Py_Curl'], 'py.curl', '--use: pypi:py-curl is what is to be denied', 'Name another package'],
  ])('deny %j --use %j is refused', async (denied, use, message, next) => {
    const scratch = await repository();
    const { code, stderr } = await runIn(scratch, ['deny', ...denied, '--reason', 'old', '--use', use]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(next);
    expect(scratch.has(whitelist)).toBe(false);
  });
});

describe('what is said of a denied package', () => {
  /** Commands that decide, and what the finding says behind the denial. */
  const cases: readonly (readonly [title: string, commands: readonly (readonly string[])[], said: string])[] =
    [
      ['approved', [['approve', 'npm:undici', '--reason', 'x', '--offline']], '; use npm:undici instead'],
      ['nobody decided', [], '; the denial names npm:undici instead, but nobody approved it'],
      [
        'only requested',
        [['request', 'npm:undici', '--reason', 'x']],
        '; the denial names npm:undici instead, but nobody approved it',
      ],
      [
        'denied',
        [['deny', 'npm:undici', '--reason', 'x']],
        '; the denial names npm:undici instead, which is denied as well',
      ],
      [
        'over',
        [['approve', 'npm:undici', '--reason', 'x', '--offline', '--expires', '2026-11-25']],
        '; the denial names npm:undici instead, but its approval has expired',
      ],
    ];
  const later = { now: '2026-11-26' };

  async function denial(use: string, commands: (typeof cases)[number][1]): Promise<Scratch> {
    const scratch = await repository();
    for (const command of [['deny', 'npm:request', '--reason', 'old', '--use', use], ...commands])
      expect((await runIn(scratch, command)).code).toBe(0);
    await scratch.commitAll('decide');
    scratch.write({ 'main.js': 'import "request";\n' });
    await scratch.git('add', 'main.js');
    return scratch;
  }

  test.each(cases)('%s', async (_, commands, said) => {
    const scratch = await denial('undici', commands);
    const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise'], later);
    expect(stdout).toContain(`: old${said} [npm:request]`);
    const explained = await runIn(scratch, ['explain', 'npm:request', '--offline'], later);
    expect(explained.stdout).toContain(`(${said.slice(2)}): old`);
  });

  test('built in', async () => {
    const scratch = await denial('npm:http', []);
    const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
    expect(stdout).toContain('; use npm:http instead, which is built in [npm:request]');
  });

  test('of another ecosystem, and built in there', async () => {
    const scratch = await denial('pypi:json', []);
    const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
    expect(stdout).toContain('; use pypi:json instead, which is built in [npm:request]');
  });

  test('approved by the change alone, while the base’s policy judges', async () => {
    const scratch = await denial('undici', []);
    await runIn(scratch, ['approve', 'npm:undici', '--reason', 'x', '--offline']);
    await scratch.commitAll('approve');
    const args = ['--since', 'HEAD~1', '--format', 'concise'];
    expect((await runIn(scratch, args)).stdout).toContain('; use npm:undici instead [npm:request]');
    expect((await runIn(scratch, [...args, '--policy-from', 'base'])).stdout).toContain(
      '; the denial names npm:undici instead, but nobody approved it [npm:request]',
    );
  });

  test.each([
    ['something better', 'Write npm:NAME or pypi:NAME or golang:NAME or cargo:NAME.'],
    ['undici', 'Write npm:undici or pypi:undici or cargo:undici.'],
  ])('a text that somebody wrote and that names no package is a fault: %s', async (use, next) => {
    const scratch = await denial('undici', [['approve', 'npm:undici', '--reason', 'x', '--offline']]);
    scratch.write({ [whitelist]: scratch.read(whitelist).replace('use: npm:undici', `use: ${use}`) });
    await scratch.git('add', whitelist);
    const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
    expect(code).toBe(2);
    expect(stdout).toContain(`“use” is not a package: “${use}” has no ecosystem. ${next}`);
  });
});
