import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { numbers } from './generate.js';
import { Repository } from './repository.js';

/** The folder of clones that scenarios about real code read. */
const variable = 'CHECK_IMPORTS_BENCH_REPOSITORIES';

/** Not what people change in a commit: what parsers are tested on, and what package managers and editors keep. */
const apart = /(?:^|\/)(?:\.[^/]+|__\w+__|e2e|examples?|fixtures?|tests?)\//;

/** @returns {string | null} What to do before there are any, or null. */
export function missingRepositories() {
  if (sources().length > 0) return null;
  return `${variable} names no folder with clones of repositories; set it to one, each clone in a folder of its own`;
}

/**
 * @returns {{ name: string, folder: string }[]} The clones, in the order of their names. A folder `owner+name` is the repository
 *   `owner/name`.
 */
export function sources() {
  const folder = process.env[variable] ?? '';
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name: name.replace('+', '/'), folder: path.resolve(folder, name) }))
    .filter((source) => existsSync(path.join(source.folder, '.git')));
}

/**
 * The newest commit of a repository, as a build server checks it out: the repository itself is only read.
 *
 * @param {string} folder
 */
export function checkout(folder) {
  const repository = new Repository();
  repository.git('fetch', '--quiet', '--depth=1', folder, 'HEAD');
  repository.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
  return repository;
}

/**
 * @param {string} folder
 * @returns {string} The commit of which `checkout` has the files, in short.
 */
export function commitOf(folder) {
  return execFileSync('git', ['rev-parse', '--short=7', 'HEAD'], { cwd: folder, encoding: 'utf8' }).trim();
}

/** @param {Repository} repository */
export function trackedFiles(repository) {
  return repository.git('ls-files', '-z').split('\0').filter(Boolean);
}

/**
 * Stages a change of some programs, spread over the tree, that brings nothing new: a comment in the last line.
 *
 * @param {Repository} repository
 * @param {number} count
 */
export function stageComments(repository, count) {
  const programs = trackedFiles(repository).filter(
    (file) => /\.[cm]?[jt]sx?$/.test(file) && !apart.test(file),
  );
  const chosen = numbers(count).map((n) => programs[Math.floor((n * programs.length) / count)]);
  for (const file of chosen) appendFileSync(path.join(repository.root, file), '\n// One line more.\n');
  repository.stage();
}

/**
 * @param {Repository} original
 * @param {number} count
 * @returns {Repository} One with that many copies side by side, each in a folder of its own.
 */
export function copiesOf(original, count) {
  const repository = new Repository();
  for (const n of numbers(count))
    original.git('checkout-index', '--all', `--prefix=${path.join(repository.root, `copy${n}`)}/`);
  // What is tracked although it is ignored is tracked in the copies too.
  repository.git('add', '--all', '--force');
  repository.commit();
  return repository;
}
