import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Labelled data beside the checkout; not part of the project, so what needs it is left out where it is absent. */
const folder = path.resolve(import.meta.dirname, '../../shared/data');

/** @returns {string | null} Why what needs the data can't run, or null. */
export function missingData() {
  return existsSync(folder) ? null : 'its labelled data does not stand beside this checkout';
}

/**
 * @param {string} name A file of one JSON value a line.
 * @returns {any[]}
 */
export function rowsOf(name) {
  const text = readFileSync(path.join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/**
 * @param {string} name
 * @returns {string[]}
 */
export function linesOf(name) {
  return readFileSync(path.join(folder, name), 'utf8').split('\n').filter(Boolean);
}
