import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import type { TestProject } from 'vitest/node';
import { plainEnvironment, projectRoot } from './scratch.ts';
import { startVerdaccio, type Verdaccio } from './verdaccio.ts';

/** The hook managers that the tests install beside the tool. */
const managers = ['husky', 'lefthook', 'lint-staged', 'simple-git-hooks'];

/**
 * Installs the tool as users do, once before all tests: it is packed, and npm installs the tarball, without install
 * scripts, from a registry on the loopback address that serves the packages of this checkout. Tests link what was
 * installed into their repositories.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-installed-')));
  const registry = await startVerdaccio();
  try {
    const [tarball] = await Promise.all([pack(folder), publishPackages(registry)]);
    await registry.publish(own.name, own.version, own, readFileSync(tarball));
    await install(folder, tarball, registry);
  } catch (error) {
    await registry.close();
    throw error;
  }
  provide('installed', path.join(folder, 'project'));
  provide('registry', `${registry.url}/`);
  return async () => {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** A project into whose `node_modules` npm installed the packed tool, and the hook managers. */
    installed: string;
    /** A registry on the loopback address that serves the packed tool and what it needs. */
    registry: string;
  }
}

const runFile = promisify(execFile);

async function pack(folder: string): Promise<string> {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  await runFile('npm', args, { cwd: projectRoot });
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return path.join(folder, tarball);
}

/** `--ignore-scripts` is what the documentation tells people who want it; the managers have install scripts. */
async function install(folder: string, tarball: string, { url }: Verdaccio): Promise<void> {
  const [project, home] = [path.join(folder, 'project'), path.join(folder, 'home')];
  for (const one of [project, home]) mkdirSync(one);
  const devDependencies = Object.fromEntries(managers.map((name) => [name, '*']));
  writeFileSync(
    path.join(project, 'package.json'),
    JSON.stringify({ name: 'shop', private: true, devDependencies }),
  );
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--registry', `${url}/`, tarball];
  await runFile('npm', args, { cwd: project, env: plainEnvironment(home) });
}

const dependencies = v.optional(v.record(v.string(), v.string()), {});
const manifestSchema = v.looseObject({
  name: v.string(),
  version: v.string(),
  dependencies,
  optionalDependencies: dependencies,
  peerDependencies: dependencies,
});

const own = v.parse(manifestSchema, readJson(path.join(projectRoot, 'package.json')));

/**
 * Publishes what the tool and the managers need: the versions that this checkout has. Of a package for another platform,
 * which it does not have, the manifest is published: Yarn wants to see each one that it leaves out.
 */
async function publishPackages(registry: Verdaccio): Promise<void> {
  const published = new Set<string>();
  const waiting = [...Object.keys(own.dependencies), ...managers].map((name) => ({
    name,
    from: projectRoot,
    version: '',
  }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { name, from, version } = next;
    const folder = findPackage(name, from);
    const key = folder ?? `${name}@${version}`;
    if (published.has(key)) continue;
    published.add(key);
    if (folder === null) {
      if (/^\d+\.\d+\.\d+$/.test(version))
        await registry.publish(name, version, { os: ['none'] }, emptyArchive);
      continue;
    }
    const manifest = v.parse(manifestSchema, readJson(path.join(folder, 'package.json')));
    await registry.publish(manifest.name, manifest.version, manifest, await archiveOf(folder));
    const { dependencies: needs, optionalDependencies, peerDependencies } = manifest;
    for (const needed of Object.keys({ ...needs, ...optionalDependencies, ...peerDependencies }))
      waiting.push({ name: needed, from: folder, version: optionalDependencies[needed] ?? '' });
  }
}

/** Two blocks of zeros, with which every tar ends: Yarn 1 unpacks also what it leaves out. */
const emptyArchive = gzipSync(Buffer.alloc(1024));

/** The folder of a package as Node finds it; null for an optional one that is not for this platform. */
function findPackage(name: string, from: string): string | null {
  for (let folder = from; folder.startsWith(projectRoot); folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (readdirOrNull(found)) return found;
  }
  return null;
}

function readdirOrNull(folder: string): string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** A package's files in one folder, as in every archive of npm's. */
async function archiveOf(folder: string): Promise<Buffer> {
  const args = ['-cf', '-', '--exclude=node_modules', '-C', path.dirname(folder), path.basename(folder)];
  const { stdout } = await runFile('tar', args, { encoding: 'buffer', maxBuffer: 2 ** 30 });
  return gzipSync(stdout, { level: 1 });
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
