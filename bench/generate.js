/** Projects that measurements run on. Everything is generated, so that anybody measures the same. */

const by = 'by: Ada L <ada@example.org>, date: 2026-01-02';

/**
 * @param {number} each Entries of each ecosystem.
 * @returns {string} A whitelist as our commands write it.
 */
export function whitelist(each) {
  const entries = (/** @type {string} */ prefix) =>
    numbers(each).map((n) => `  ${prefix}${pad(n)}: { approved: used in part ${n}, ${by} }`);
  const head = ['covers: [npm, pypi, commands]', '# prettier-ignore', 'packages:'];
  return [...head, ...entries('npm:pkg-'), ...entries('pypi:dist-'), ''].join('\n');
}

/**
 * A service in both languages: half Python, half TypeScript, in folders of 250 files.
 *
 * @param {number} files How many files are tracked.
 * @returns {(readonly [string, string])[]}
 */
export function service(files) {
  return [
    ['approved-packages.yaml', whitelist(150)],
    ['package.json', '{ "name": "service", "private": true, "dependencies": { "pkg-001": "1" } }\n'],
    ['requirements.txt', 'dist-001\n'],
    ['tsconfig.json', '{ "compilerOptions": { "strict": true } }\n'],
    ['README.md', '# Service\n'],
    ...numbers(Math.ceil(files / 250)).map((folder) => otherModule(folder)),
    ...numbers(files - 5 - Math.ceil(files / 250)).map((n) => program(n, 'first')),
  ];
}

/**
 * What the programs of a folder import from it.
 *
 * @param {number} folder
 * @returns {readonly [string, string]}
 */
function otherModule(folder) {
  return [`src/part${folder}/other.ts`, 'export const first = 1;\nexport const second = 2;\n'];
}

/**
 * @param {number} n Which file of the service.
 * @param {string} version Another version imports other approved packages.
 * @returns {readonly [string, string]}
 */
export function program(n, version) {
  const folder = `src/part${Math.floor(n / 250)}`;
  const approved = pad((n + version.length * 7) % 150);
  if (n % 2 === 0)
    return [
      `${folder}/module_${n}.py`,
      `import os\nfrom collections import OrderedDict\n\nimport dist_${approved}\nfrom dist_001 import thing\n\n\ndef ${version}_${n}(value):\n    return thing(OrderedDict(value), dist_${approved}, os.sep)\n`,
    ];
  return [
    `${folder}/module${n}.ts`,
    `import fs from 'node:fs';\nimport { join } from 'node:path';\nimport one from 'pkg-${approved}';\nimport { two } from 'pkg-001/sub';\nimport { ${version} } from './other.js';\n\nexport const value${n} = [fs, join, one, two, ${version}];\n`,
  ];
}

/**
 * A monorepo of TypeScript packages that declare what they import.
 *
 * @param {number} files
 * @returns {(readonly [string, string])[]}
 */
export function monorepo(files) {
  const each = 50;
  const packages = Math.ceil(files / each);
  const shared = Object.fromEntries(numbers(20).map((n) => [`pkg-${pad(n)}`, '1.0.0']));
  return [
    [
      'package.json',
      JSON.stringify({ name: 'monorepo', private: true, workspaces: ['packages/*'] }, null, 2),
    ],
    ['tsconfig.json', '{ "compilerOptions": { "strict": true, "module": "nodenext" } }\n'],
    ...numbers(packages).flatMap((at) => [
      /** @type {const} */ ([
        `packages/p${at}/package.json`,
        JSON.stringify(
          {
            name: `@acme/p${at}`,
            version: '1.0.0',
            main: 'src/f0.ts',
            dependencies: { ...shared, [`@acme/p${(at + 1) % packages}`]: '1.0.0' },
          },
          null,
          2,
        ),
      ]),
      ...numbers(each).map((n) => moduleOf(at, n, packages)),
    ]),
  ];
}

/**
 * @param {number} at
 * @param {number} n
 * @param {number} packages
 * @returns {readonly [string, string]}
 */
function moduleOf(at, n, packages) {
  const next = (n + 1) % 50;
  const body = numbers(30).map(
    (line) => `export function f${n}_${line}(value: number): number {\n  return value * ${line};\n}\n`,
  );
  return [
    `packages/p${at}/src/f${n}.ts`,
    `import fs from 'node:fs';\nimport one from 'pkg-${pad(n % 20)}';\nimport other from '@acme/p${(at + 1) % packages}';\nimport { f${next}_1 } from './f${next}.js';\n\nexport default [fs, one, other, f${next}_1];\n${body.join('')}`,
  ];
}

/**
 * A Python project of one package that declares what it imports, in folders of 250 files.
 *
 * @param {number} files
 * @returns {(readonly [string, string])[]}
 */
export function pythonTree(files) {
  const body = numbers(30).map(
    (line) => `\n\ndef f${line}(value):\n    """Multiply."""\n    return value * ${line}\n`,
  );
  return [
    [
      'requirements.txt',
      `${numbers(20)
        .map((n) => `dist-${pad(n)}`)
        .join('\n')}\n`,
    ],
    ['app/__init__.py', ''],
    ...numbers(Math.ceil(files / 250)).map((n) => /** @type {const} */ ([`app/part${n}/__init__.py`, ''])),
    ...numbers(files).map(
      (n) =>
        /** @type {const} */ ([
          `app/part${Math.floor(n / 250)}/module_${n}.py`,
          `import os\nimport dist_${pad(n % 20)}\nfrom app import part0\n${body.join('')}`,
        ]),
    ),
  ];
}

/** @param {number} count */
export function numbers(count) {
  return Array.from({ length: Math.max(count, 0) }, (_, n) => n);
}

/** @param {number} n */
function pad(n) {
  return String(n).padStart(3, '0');
}
