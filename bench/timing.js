import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * One process that is measured. `ok` are the exit codes that mean that it did its work.
 *
 * @typedef {{ program: string, args: readonly string[], cwd: string, env?: Record<string, string>, ok?: readonly number[] }} Run
 */

/**
 * Runs several programs in turn, so that all of them meet the same machine.
 *
 * @param {readonly Run[]} runs
 * @param {number} times Counted rounds, after one that is not counted.
 * @returns {number[][]} For each program its wall times, in milliseconds.
 */
export function interleaved(runs, times) {
  const walls = runs.map(() => /** @type {number[]} */ ([]));
  for (let round = -1; round < times; round += 1) {
    for (const [at, run] of runs.entries()) {
      const wall = wallTime(run);
      if (round >= 0) walls[at].push(wall);
    }
  }
  return walls;
}

/** @param {Run} run */
function wallTime(run) {
  const start = performance.now();
  execute(run, 'ignore');
  return performance.now() - start;
}

/**
 * @param {Run} run
 * @returns {string} What it writes, to standard output and then to standard error.
 */
export function outputOf(run) {
  return execute(run, 'pipe');
}

/**
 * @param {Run} run
 * @param {'ignore' | 'pipe'} output
 */
function execute({ program, args, cwd, env, ok = [0] }, output) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', output, 'pipe'],
    maxBuffer: 2 ** 30,
  });
  if (error) throw error;
  if (status === null || !ok.includes(status))
    throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stdout ?? ''}${stderr}`);
  return `${stdout ?? ''}${stderr}`;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[sorted.length >> 1];
}

/**
 * @param {readonly number[]} values
 * @param {readonly number[]} others Of the same rounds.
 * @returns {number} The median of the ratios, pair by pair.
 */
export function ratio(values, others) {
  return median(values.map((value, at) => value / others[at]));
}

/**
 * @param {Run} run A Node program.
 * @returns {number} The most memory that the process held, in MB.
 */
export function peakMemory({ program, args, cwd, env = {}, ok = [0] }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-imports-bench-'));
  try {
    const probe = path.join(folder, 'probe.cjs');
    const result = path.join(folder, 'peak');
    writeFileSync(
      probe,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(result)}, String((${peakOf})())));`,
    );
    wallTime({ program, args: ['--require', probe, ...args], cwd, env, ok });
    return Number(readFileSync(result, 'utf8')) / 1024;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs in the process that is measured. Linux counts what the parent used before it became this program into
 * `maxRSS` (getrusage(2)), and tells the peak of the program itself in its own place (proc(5), VmHWM).
 *
 * @returns {number} Kilobytes.
 */
function peakOf() {
  const fs = process.getBuiltinModule('node:fs');
  const status = '/proc/self/status';
  const own = fs.existsSync(status) ? /^VmHWM:\s*(\d+) kB$/m.exec(fs.readFileSync(status, 'utf8')) : null;
  return own ? Number(own[1]) : process.resourceUsage().maxRSS;
}
