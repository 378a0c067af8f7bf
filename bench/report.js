/**
 * One measured value. `budget` is the most (or with `atLeast`, the least) that it should be.
 *
 * @typedef {{ name: string, value: number, unit: string, budget?: number, atLeast?: boolean, note?: string }} Row
 */

/**
 * @param {{ id: string, title: string, rows: readonly Row[], exceptions?: readonly string[] }} result
 * @returns {string} A table for people.
 */
export function table({ title, rows, exceptions = [] }) {
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
  const sign = row.atLeast ? '≥' : '≤';
  return `${isWithin(row) ? 'ok' : 'OVER'} (${sign} ${row.budget})`;
}
