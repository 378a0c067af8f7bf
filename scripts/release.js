/**
 * Makes a version: every place that names one gets it, and what is unreleased in the changelog its name. Nothing is
 * committed or published.
 *
 * node scripts/release.js VERSION [--dry-run]   --dry-run shows what would change, and writes nothing
 * node scripts/release.js --check TAG           does the tag name this version, and has the changelog a section of it?
 *
 * It works on the repository of the current folder.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {
  isHigher,
  releasedVersions,
  requiredFiles,
  sectionOf,
  strangePlaces,
  withRelease,
  withVersion,
} from './release/places.js';

/** Why nothing is done. */
class Refusal extends Error {}

const CHANGELOG = 'CHANGELOG.md';
const HOME = 'https://github.com/vetted-imports/vetted-imports';

const root = git('rev-parse', '--show-toplevel').trim();
process.chdir(root);
const current = JSON.parse(readFileSync('package.json', 'utf8')).version;
const words = process.argv.slice(2);

try {
  if (words[0] === '--check') checkTag(words[1] ?? '');
  else release(words);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\nNothing was written.\n`);
  process.exitCode = 1;
}

function checkTag(tag) {
  if (tag !== `v${current}`) throw new Refusal(`package.json says ${current}, and the tag is ${tag}.`);
  if (sectionOf(readFileSync(CHANGELOG, 'utf8'), current) === '')
    throw new Refusal(`${CHANGELOG} has no section of ${current}.`);
}

function release(flags) {
  const [version, ...superfluous] = flags.filter((word) => word !== '--dry-run');
  if (!/^\d+\.\d+\.\d+$/.test(version ?? '') || superfluous.length > 0)
    throw new Refusal('Name the version by three numbers: npm run release -- 1.2.3 --dry-run');
  if (git('status', '--porcelain') !== '') throw new Refusal('Commit first: the work tree has changes.');
  const changes = changesFor(version);
  if (flags.includes('--dry-run')) {
    process.stdout.write(changes.map(diffOf).join(''));
    return;
  }
  for (const { file, after } of changes) writeFileSync(file, after);
  process.stdout.write(`Wrote ${changes.map(({ file }) => file).join(', ')}\n${nextSteps(version)}`);
}

function nextSteps(version) {
  return [
    'Next, after npm run check:',
    `  git commit --all --message "release: ${version}"`,
    `  git tag --annotate v${version} --message "vetted-imports ${version}"`,
    `  git push origin main v${version}`,
    '',
  ].join('\n');
}

/** @returns Each file that changes, before and after. */
function changesFor(to) {
  const changelog = readFileSync(CHANGELOG, 'utf8');
  const released = releasedVersions(changelog);
  // The first release may have the version that everything names already.
  const isNext = released.length === 0 ? to === current || isHigher(to, current) : isHigher(to, current);
  if (!isNext || released.some((version) => !isHigher(to, version)))
    throw new Refusal(`${to} is not higher than ${released[0] ?? current}.`);
  const day = new Date().toISOString().slice(0, 10);
  const after = withRelease(changelog, { to, day, home: HOME });
  if (after === null)
    throw new Refusal(`${CHANGELOG} has nothing under Unreleased: there is nothing to release.`);
  return [{ file: CHANGELOG, before: changelog, after }, ...versionChanges(to)];
}

/** @throws Refusal for a place that is not there, and for one that nobody knows. */
function versionChanges(to) {
  const files = git('ls-files', '-z').split('\0').filter(Boolean);
  const texts = files.map((file) => ({ file, before: readFileSync(file, 'utf8') }));
  const places = texts.filter(
    ({ file, before }) => withVersion(file, before, { from: current, to: '*' }) !== before,
  );
  const missing = requiredFiles.filter((file) => !places.some((place) => place.file === file));
  if (missing.length > 0) throw new Refusal(`These do not name ${current}: ${missing.join(', ')}.`);
  const strange = texts.flatMap(({ file, before }) => strangePlaces(file, before, current));
  if (strange.length > 0)
    throw new Refusal(
      `These name ${current} in a way that scripts/release/places.js does not know:\n${strange.map((place) => `  ${place}`).join('\n')}`,
    );
  return places
    .map((place) => ({ ...place, after: withVersion(place.file, place.before, { from: current, to }) }))
    .filter(({ before, after }) => before !== after);
}

/** @returns A change as git shows it. */
function diffOf({ file, before, after }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'release-'));
  try {
    for (const [side, text] of [
      ['a', before],
      ['b', after],
    ]) {
      mkdirSync(path.join(folder, side, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, side, file), text);
    }
    const args = ['diff', '--no-index', '--no-prefix', '--no-color', '--unified=1', `a/${file}`, `b/${file}`];
    return spawnSync('git', args, { cwd: folder, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}
