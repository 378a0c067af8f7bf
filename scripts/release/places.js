/**
 * Where the version of this tool is named, and how each place gets the next one. Texts in, texts out: the caller reads and
 * writes. The root's `package.json` is the one that counts.
 */

/** What stands for a version in the forms below. */
const VERSION = '0.0.0';

/**
 * How a file names the version of this tool. A file that a form concerns is found by its name among those that git
 * tracks, so that a new manifest or page needs no line here.
 */
const forms = [
  form('package.json of npm or of an extension', /(?:^|\/)package\.json$/, '^ {2}"version": "0.0.0"'),
  form(
    'package-lock.json',
    /(?:^|\/)package-lock\.json$/,
    '"name": "vetted-imports[\\w-]*",\\s+"version": "0.0.0"',
  ),
  form(
    'a plugin, a marketplace of plugins',
    /(?:^|\/)\.claude-plugin\/[^/]+\.json$/,
    '^ +"version": "0.0.0"',
  ),
  form('the MCP server', /^server\.json$/, '^ +"version": "0.0.0"'),
  form('pyproject.toml', /(?:^|\/)pyproject\.toml$/, '^version = "0.0.0"'),
  form('the action', /^action\.yml$/, '^ +VERSION: 0.0.0$'),
  form('a dependency', /./, '"vetted-imports": "[~^]?0.0.0"'),
  form('what npm, pip or GitHub is asked for', /./, '\\bvetted-imports(?:@v?|==)0.0.0(?![\\w.])'),
  form('what the pre-commit framework is asked for', /\.(?:md|ya?ml)$/, '\\brev: v0.0.0$'),
];

/** What has to name the version, whatever is added besides: people copy it, or programs read it. */
export const requiredFiles = [
  'package.json',
  'package-lock.json',
  'action.yml',
  'server.json',
  '.claude-plugin/marketplace.json',
  'plugins/claude-code/.claude-plugin/plugin.json',
  'mirrors/pre-commit/package.json',
  'mirrors/pre-commit/README.md',
  'README.md',
  'docs/ci.md',
  'docs/hooks.md',
];

/** These say what was, or is to be, of versions by their numbers. */
export const ownCases = /^(?:test|fixtures|src)\/|^CHANGELOG\.md$/;

/** @returns A text with another version wherever it names this tool's; the same text where it names none. */
export function withVersion(file, text, { from, to }) {
  if (ownCases.test(file)) return text;
  return forms
    .filter(({ files }) => files.test(file))
    .reduce((result, { source }) => {
      const pattern = new RegExp(source.replaceAll(VERSION, escaped(from)), 'gm');
      return result.replace(pattern, (match) => match.replace(from, to));
    }, text);
}

/** Lines, behind the names of their files, in which the same number is that of something else. */
const others = [
  // What an older version of ours wrote.
  /\b[Vv]ersion \S+ (?:wrote|grouped)/,
  // What pages tell of other tools, which they name in words and in commands.
  /^docs\/(?:assistant-code|comparison|performance)\.md:/,
  // What a manifest, a workflow and an address say of others.
  /"(?!version"|vetted-imports")[\w@/.-]+": "[~^]?[\d.]+"/,
  /@[0-9a-f]{40} # v/,
  /pypi\.org\/project\/(?!vetted-imports\/)/,
];

/**
 * @returns Each line that names a version, and is not one of the forms: `docs/hooks.md:72: …`. A lockfile names those of
 *   all packages.
 */
export function strangePlaces(file, text, version) {
  if (ownCases.test(file) || file.endsWith('package-lock.json')) return [];
  const pattern = new RegExp(`(?<![\\w.])v?${escaped(version)}(?![\\w.])`);
  return withVersion(file, text, { from: version, to: '*' })
    .split('\n')
    .map((line, index) => ({ line, place: `${file}:${index + 1}: ${line.trim()}` }))
    .filter(({ line, place }) => pattern.test(line) && !others.some((other) => other.test(place)))
    .map(({ place }) => place);
}

/** @returns Whether one version (`1.2.3`) is higher than another. */
export function isHigher(version, other) {
  const [own, others] = [version, other].map((text) => text.split('.').map(Number));
  const place = own.findIndex((number, index) => number !== others[index]);
  return place >= 0 && own[place] > others[place];
}

const UNRELEASED = '## [Unreleased]';

/** @returns The versions that have a section of the changelog, newest first. */
export function releasedVersions(changelog) {
  return [...changelog.matchAll(/^## \[(\d+\.\d+\.\d+)\]/gm)].map(([, version]) => version);
}

/** @returns What a section of the changelog says; '' where there is none. */
export function sectionOf(changelog, name) {
  const heading = changelog.split('\n').findIndex((line) => line.startsWith(`## [${name}]`));
  if (heading < 0) return '';
  const lines = changelog.split('\n').slice(heading + 1);
  const end = lines.findIndex((line) => /^(?:## |\[[^\]]+\]: )/.test(line));
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .join('\n')
    .trim();
}

/** @returns The changelog with what is unreleased as the section of a version; null where nothing is. */
export function withRelease(changelog, { to, day, home }) {
  if (!/^- /m.test(sectionOf(changelog, 'Unreleased'))) return null;
  const [previous] = releasedVersions(changelog);
  const range = previous === undefined ? `commits/v${to}` : `compare/v${previous}...v${to}`;
  return changelog
    .replace(`${UNRELEASED}\n`, `${UNRELEASED}\n\n## [${to}] - ${day}\n`)
    .replace('No version is published yet. ', '')
    .replace(
      /^\[Unreleased\]: .*$/m,
      `[Unreleased]: ${home}/compare/v${to}...main\n[${to}]: ${home}/${range}`,
    );
}

function form(name, files, source) {
  return { name, files, source };
}

function escaped(version) {
  return version.replaceAll('.', String.raw`\.`);
}
