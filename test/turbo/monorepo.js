import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { numbers, whitelist } from '../../bench/generate.js';
import { bin, Repository } from '../../bench/repository.js';

/** How many packages depend on one: package 1 to 8 on package 0, package 9 to 16 on package 1. */
const FAN = 8;
/** Entries of the whitelist. */
const APPROVED = 40;

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/build-systems.md'), 'utf8');
const blocks = [...page.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, text]) => text);

/** @returns {string} The first block of the page that holds a text. */
function blockWith(part) {
  const block = blocks.find((text) => text.includes(part));
  if (block === undefined) throw new Error(`docs/build-systems.md has no block with ${part}`);
  return block;
}

const { scripts: rootScripts } = JSON.parse(blockWith('"check-imports:all"'));
const { scripts: packageScripts } = JSON.parse(blockWith('vetted-imports --all . '));

/** @returns {number[]} A package and those that depend on it, directly or not, of so many. */
export function withDependents(at, packages) {
  const children = numbers(FAN)
    .map((n) => at * FAN + 1 + n)
    .filter((child) => child < packages);
  return [at, ...children.flatMap((child) => withDependents(child, packages))].sort((a, b) => a - b);
}

/** @returns {string} What one file of a package says. */
function programOf(at, n) {
  const name = String((at + n) % APPROVED).padStart(3, '0');
  const parent = at === 0 ? [] : [`import parent from '@acme/p${Math.floor((at - 1) / FAN)}';`];
  // Every tenth package uses an alias that leads into the first.
  const shared = at % 10 === 5 ? [`import shared from 'shared/f1';`] : [];
  const open = at % 50 === 3 && n === 0 ? ['export const load = (name: string) => import(name);'] : [];
  const lines = [
    `import used from 'pkg-${name}';`,
    `import { value as next } from './f${n === 0 ? 1 : 0}.js';`,
  ];
  return [
    ...lines,
    ...parent,
    ...shared,
    ...open,
    'export const value = 1;',
    'export default value;',
    '',
  ].join('\n');
}

/** A generated monorepo in a git repository, set up as docs/build-systems.md says. */
export class Monorepo extends Repository {
  /**
   * @param {number} packages
   * @param {number} each Programs of each package, two at least.
   */
  constructor(packages, each) {
    super();
    this.packages = packages;
    this.each = each;
    this.write([
      ['.gitignore', 'node_modules/\n.turbo/\ncheck-imports.json\n'],
      ['approved-packages.yaml', whitelist(APPROVED)],
      ['package.json', this.rootManifest('a monorepo')],
      ['package-lock.json', this.#lockfile()],
      ['turbo.json', blockWith('"//#check-imports"')],
      ['scripts/imports-state.sh', blockWith('git ls-files --cached')],
      [
        'tsconfig.base.json',
        '{ "compilerOptions": { "baseUrl": ".", "paths": { "shared/*": ["packages/p0/src/*"] } } }\n',
      ],
      ['tools/release.mjs', "import 'pkg-001';\n\nexport const load = (name) => import(name);\n"],
      ...numbers(packages).flatMap((at) => this.#packageFiles(at)),
    ]);
    this.#install();
    this.commit();
  }

  rootManifest(description) {
    const manager = { packageManager: 'npm@10.9.0', workspaces: ['packages/*'] };
    return json({ name: 'acme', private: true, description, ...manager, scripts: rootScripts });
  }

  manifestOf(at, version = '1.0.0') {
    return json({
      name: `@acme/p${at}`,
      version,
      main: 'src/f0.ts',
      dependencies: dependenciesOf(at),
      scripts: packageScripts,
    });
  }

  #packageFiles(at) {
    const folder = `packages/p${at}`;
    return [
      [`${folder}/package.json`, this.manifestOf(at)],
      [`${folder}/tsconfig.json`, '{ "extends": "../../tsconfig.base.json" }\n'],
      ...numbers(this.each).map((n) => [`${folder}/src/f${n}.ts`, programOf(at, n)]),
    ];
  }

  /** As npm writes it for packages of the workspace. */
  #lockfile() {
    const entries = numbers(this.packages).flatMap((at) => [
      [`packages/p${at}`, { name: `@acme/p${at}`, version: '1.0.0', dependencies: dependenciesOf(at) }],
      [`node_modules/@acme/p${at}`, { resolved: `packages/p${at}`, link: true }],
    ]);
    const root = ['', { name: 'acme', workspaces: ['packages/*'] }];
    return json({
      name: 'acme',
      lockfileVersion: 3,
      requires: true,
      packages: Object.fromEntries([root, ...entries]),
    });
  }

  /** What an installation leaves: the command of this checkout, and turbo. */
  #install() {
    const modules = path.join(this.root, 'node_modules');
    const installed = path.join(import.meta.dirname, 'node_modules');
    mkdirSync(path.join(modules, '.bin'), { recursive: true });
    for (const name of ['turbo', '@turbo', '.bin/turbo'])
      symlinkSync(path.join(installed, name), path.join(modules, name));
    const command = path.join(modules, '.bin/vetted-imports');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
    chmodSync(command, 0o755);
  }

  /** Takes back every edit since the first commit. */
  reset() {
    this.git('reset', '--quiet', '--hard', this.git('rev-list', '--max-parents=0', 'HEAD').trim());
  }

  remove(name) {
    rmSync(path.join(this.root, name));
  }

  /** @returns The reports that the tasks have left, or that a cache brought back. */
  taskReports() {
    const folders = ['.', ...numbers(this.packages).map((at) => `packages/p${at}`)];
    return folders.map((folder) =>
      JSON.parse(readFileSync(path.join(this.root, folder, 'check-imports.json'), 'utf8')),
    );
  }

  removeReports() {
    this.git('clean', '-fdXq', '--exclude=!node_modules', '--exclude=!.turbo');
  }
}

function dependenciesOf(at) {
  return at === 0 ? {} : { [`@acme/p${Math.floor((at - 1) / FAN)}`]: '1.0.0' };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
