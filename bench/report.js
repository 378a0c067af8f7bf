import { sentenceOf } from './machine.js';

/**
 * One measured value. `budget` is the most (or with `atLeast`, the least) that it should be.
 *
 * @typedef {{ name: string, value: number, unit: string, budget?: number, atLeast?: boolean, note?: string }} Row
 */

/**
 * What a scenario came to; `missing` says why it could not run, and the next step.
 *
 * @typedef {{ id: string, title: string, rows: readonly Row[], missing?: string, exceptions?: readonly string[] }} Result
 */

/**
 * @param {Result} result
 * @returns {string} A table for people.
 */
export function table({ title, rows, missing, exceptions = [] }) {
  if (missing !== undefined) return `${title}\n  left out: ${missing}\n`;
  const lines = rows.map((row) => [row.name, figure(row), budgetOf(row), row.note ?? '']);
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map((line) =>
    [line[0].padEnd(widths[0]), line[1].padStart(widths[1]), line[2].padEnd(widths[2]), line[3]]
      .join('  ')
      .trimEnd(),
  );
  return [title, ...text.map((line) => `  ${line}`), ...exceptions.map((line) => `    - ${line}`), ''].join(
    '\n',
  );
}

/**
 * @param {ReturnType<typeof import('./machine.js').machineHere>} machine
 * @param {readonly Result[]} results
 * @returns {string} The section of docs/performance.md: what has a limit, with the machine that it was measured on.
 */
export function section(machine, results) {
  const lines = results.flatMap(({ title, rows }) => {
    const promised = rows.filter(({ budget }) => budget !== undefined);
    if (promised.length === 0) return [];
    const cells = promised.map(
      (row) =>
        `| ${row.name} | ${figure(row)} | ${limitOf(row)}${isWithin(row) ? '' : ', missed'} | ${row.note ?? ''} |`,
    );
    return [`| **${title}** | | | |`, ...cells];
  });
  return [
    `Measured by \`npm run bench\` on ${sentenceOf(machine)}:`,
    '',
    '| | measured | limit | |',
    '| --- | ---: | ---: | --- |',
    ...lines,
  ].join('\n');
}

/**
 * @param {string} page docs/performance.md.
 * @param {string} text
 * @returns {string} The page with the text between its marks; all else stays.
 * @throws Error where the page has no marks.
 */
export function withSection(page, text) {
  const marked = /(<!-- bench: [^\n]* -->\n)[^]*?(<!-- \/bench -->)/;
  if (!marked.test(page)) throw new Error('the page has no section <!-- bench: … -->');
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
