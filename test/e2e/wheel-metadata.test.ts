import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot, run } from '../kit/scratch.ts';

/* What a wheel says of itself (scripts/wheel-metadata.js), as a process that knows no TypeScript works it out. */

const script = path.join(projectRoot, 'scripts/wheel-metadata.js');

/** @returns What a call of the module gives, or what it says on the way out. */
async function call(code: string): Promise<string> {
  const source = `import('${script}').then((one) => process.stdout.write(${code}), () => {})`;
  const { stdout, stderr } = await run(process.execPath, ['-e', source], { cwd: projectRoot, env: {} });
  return stdout || (/^Error: (.*)$/m.exec(stderr)?.[1] ?? stderr);
}

describe('the version', () => {
  test.each([
    ['0.1.0', '0.1.0'],
    ['1.20.3-rc.1', '1.20.3rc1'],
    ['1.0.0-alpha.0', '1.0.0a0'],
    ['1.0.0-beta.12', '1.0.0b12'],
    ['1.0.0-next.1', '1.0.0-next.1 has no form that PyPI takes: 1.2.3 or 1.2.3-rc.1'],
    ['1.0.0+build', '1.0.0+build has no form that PyPI takes: 1.2.3 or 1.2.3-rc.1'],
  ])('%s is %s on PyPI', async (version, says) => {
    expect(await call(`one.pythonVersion('${version}')`)).toBe(says);
  });
});

describe('the versions of Node', () => {
  test.each([
    ['^20.19.0 || ^22.13.0 || >=24', '20.19.0 21.0.0\n22.13.0 23.0.0\n24.0.0\n'],
    ['>=22.12', '22.12.0\n'],
    ['<24', 'the launcher does not know <24'],
    ['>20', '21.0.0\n'],
  ])('%s', async (range, says) => {
    expect(await call(`one.nodeVersions('${range}')`)).toBe(says);
  });
});

describe('the description', () => {
  const manifest = (repository: string) =>
    `{ name: 'x', version: '1.2.3', description: 'y', keywords: ['z'], engines: { node: '>=20' }${repository} }`;
  const described = async (repository: string, text: string) =>
    call(
      `one.metadata(${manifest(repository)}, { expression: 'MIT', files: [] }, Buffer.from(${JSON.stringify(text)}))`,
    );
  const of = ", repository: { url: 'git+https://git.example.org/a/b.git' }";

  test.each([
    ['[a](docs/hooks.md#leaving)', '[a](https://git.example.org/a/b/blob/v1.2.3/docs/hooks.md#leaving)'],
    ['[a](SECURITY.md)', '[a](https://git.example.org/a/b/blob/v1.2.3/SECURITY.md)'],
    ['[a](https://example.org/x.md)', '[a](https://example.org/x.md)'],
    ['[a](#start)', '[a](#start)'],
  ])('leads to the repository: %s', async (link, expected) => {
    const text = await described(of, link);
    expect(text.split('\n\n')[1]).toBe(expected);
    expect(text).toContain('\nProject-URL: Source, https://git.example.org/a/b\n');
  });

  test('stays as it is where package.json names no repository', async () => {
    const text = await described('', '[a](docs/hooks.md)');
    expect(text.split('\n\n')[1]).toBe('[a](docs/hooks.md)');
    expect(text).not.toContain('Project-URL');
  });
});
