import { sentenceOf } from './machine.js';

/**
 * One measured value. `budget` is the most (or with `atLeast`, the least) that it should be.
 *
 * @typedef {{ name: string, value: number, unit: string, budget?: number, atLeast?: boolean, note?: string }} Row
 */

/**
 * Rows that belong together: of a repository, say. `remarks` are sentences about them.
 *
 * @typedef {{ name: string, rows: readonly Row[], remarks?: readonly string[] }} Group
 */

/**
 * What a scenario came to; `missing` says why it could not run, and the next step. `intro` says what was measured where the
 * title does not, `pictures` stand beside the page, and with `showsAll` the page has rows without a limit too.
 *
 * @typedef {object} Result
 * @property {string} id
 * @property {string} title
 * @property {readonly Group[]} groups
 * @property {string} [missing]
 * @property {readonly string[]} [exceptions]
 * @property {string} [intro]
 * @property {readonly { file: string, alt: string, svg: string }[]} [pictures]
 * @property {boolean} [showsAll]
 */

/**
 * @param {Result} result
 * @returns {string} A table for people.
 */
export function table({ title, groups, missing, exceptions = [] }) {
  if (missing !== undefined) return `${title}\n  left out: ${missing}\n`;
  const tables = groups.flatMap(({ name, rows, remarks = [] }) => [
    ...(name === '' ? [] : [`  ${name}`]),
    ...columns(rows),
    ...remarks.map((line) => `    - ${line}`),
  ]);
  return [title, ...tables, ...exceptions.map((line) => `    - ${line}`), ''].join('\n');
}

/** @param {readonly Row[]} rows */
function columns(rows) {
  const lines = rows.map((row) => [row.name, figure(row), budgetOf(row), row.note ?? '']);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) =>
    ['', line[0].padEnd(widths[0]), line[1].padStart(widths[1]), line[2].padEnd(widths[2]), line[3]]
      .join('  ')
      .trimEnd(),
  );
}

/**
 * @param {Result} result
 * @param {{ machine: ReturnType<typeof import('./machine.js').machineHere>, date: string }} circumstances
 * @returns {string} Its part of docs/performance.md: what has a limit, with the command, the day and the machine of the
 *   measurement; nothing where nothing has one.
 */
export function block({ id, title, groups, intro, pictures = [], showsAll = false }, { machine, date }) {
  const shown = groups
    .map((group) => ({ ...group, rows: group.rows.filter(({ budget }) => showsAll || budget !== undefined) }))
    .filter(({ rows }) => rows.length > 0);
  if (shown.length === 0) return '';
  return [
    `### ${title}`,
    ...(intro === undefined ? [] : [intro]),
    `\`npm run bench -- ${id}\` on ${date}, with ${sentenceOf(machine)}.`,
    ...pictures.map(({ file, alt }) => `![${alt}](${file})`),
    ...shown.flatMap(({ name, rows, remarks = [] }) => [markdownTable(name, rows), ...remarks]),
  ].join('\n\n');
}

/**
 * @param {string} name
 * @param {readonly Row[]} rows
 */
function markdownTable(name, rows) {
  const lines = rows.map((row) => {
    const limit = row.budget === undefined ? '' : `${limitOf(row)}${isWithin(row) ? '' : ', missed'}`;
    return `| ${row.name} | ${figure(row)} | ${limit} | ${row.note ?? ''} |`;
  });
  return [`| ${name} | measured | limit | |`, '| --- | ---: | ---: | --- |', ...lines].join('\n');
}

/**
 * @param {string} page docs/performance.md.
 * @param {string} id Of a scenario.
 * @param {string} text
 * @returns {string} The page with the text between the marks of the scenario; all else stays.
 * @throws Error where the page has no such marks.
 */
export function withBlock(page, id, text) {
  const marked = new RegExp(`(<!-- bench: ${id} -->\\n)[^]*?(<!-- /bench -->)`);
  if (!marked.test(page))
    throw new Error(
      `docs/performance.md has no place for ${id}: write <!-- bench: ${id} --> and <!-- /bench -->`,
    );
  return page.replace(marked, (_, before, after) => `${before}\n${text}\n\n${after}`);
}

/** @param {Row} row */
export function isWithin({ value, budget, atLeast }) {
  if (budget === undefined) return true;
  return atLeast ? value >= budget : value <= budget;
}

/** @param {Row} row */
function figure({ value, unit }) {
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1;
  return `${value.toFixed(digits)} ${unit}`.trimEnd();
}

/** @param {Row} row */
function budgetOf(row) {
  if (row.budget === undefined) return '';
  return `${isWithin(row) ? 'ok' : 'OVER'} (${limitOf(row)})`;
}

/** @param {Row} row */
function limitOf({ atLeast, budget }) {
  return `${atLeast ? '≥' : '≤'} ${budget}`;
}
