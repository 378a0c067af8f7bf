import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { clearInterval, setInterval } from 'node:timers';

/**
 * One process that is measured. `ok` are the exit codes that mean that it did its work; `input` stands on its standard input.
 *
 * @typedef {{ program: string, args: readonly string[], cwd: string, env?: Record<string, string>, ok?: readonly number[], input?: string }} Run
 */

/**
 * What a program took in each round, in milliseconds. `cpus` count all that its threads and the programs that it waited for
 * spent, in user and system mode; they are 0 where the system does not tell.
 *
 * @typedef {{ walls: number[], cpus: number[] }} Times
 */

/**
 * Runs several programs in turn, so that all of them meet the same machine.
 *
 * @param {readonly Run[]} runs
 * @param {number} times Counted rounds, after one that is not counted.
 * @returns {Times[]} For each program.
 */
export function timesOf(runs, times) {
  const all = runs.map(() => /** @type {Times} */ ({ walls: [], cpus: [] }));
  for (let round = -1; round < times; round += 1) {
    for (const [at, run] of runs.entries()) {
      const { wall, cpu } = timeOf(run);
      if (round < 0) continue;
      all[at].walls.push(wall);
      all[at].cpus.push(cpu);
    }
  }
  return all;
}

/**
 * @param {readonly Run[]} runs
 * @param {number} times Counted rounds, after one that is not counted.
 * @returns {number[][]} For each program its wall times, in milliseconds.
 */
export function interleaved(runs, times) {
  return timesOf(runs, times).map(({ walls }) => walls);
}

/** @param {Run} run */
function timeOf(run) {
  const before = cpuOfChildren();
  const start = performance.now();
  execute(run, 'ignore');
  return { wall: performance.now() - start, cpu: cpuOfChildren() - before };
}

/**
 * What this process has waited for has spent, as Linux tells it in ticks of 10 ms: proc(5), cutime and cstime of
 * /proc/PID/stat. Node's `process.resourceUsage()` tells it of the process itself alone.
 *
 * @returns {number} Milliseconds; 0 elsewhere.
 */
function cpuOfChildren() {
  if (!existsSync('/proc/self/stat')) return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
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
function execute({ program, args, cwd, env, ok = [0], input }, output) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    ...(input !== undefined && { input }),
    stdio: [input === undefined ? 'ignore' : 'pipe', output, 'pipe'],
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
    timeOf({ program, args: ['--require', probe, ...args], cwd, env, ok });
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

/**
 * For programs that are not Node's: they are looked at while they run, as often as may be. A peak only rises, so that what is
 * missed is what rose after the last look.
 *
 * @param {Run} run
 * @returns {Promise<number>} The most memory that one process of the program held, in MB; 0 where the system does not tell.
 */
export async function peakMemoryOfTree({ program, args, cwd, env, ok = [0] }) {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
  let peak = 0;
  const look = setInterval(() => {
    for (const pid of treeOf(child.pid)) peak = Math.max(peak, peakOfProcess(pid));
  }, 2);
  const [status] = await once(child, 'exit');
  clearInterval(look);
  if (!ok.includes(status)) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  return peak / 1024;
}

/**
 * @param {number} pid
 * @returns {readonly number[]} The process and all that it or its descendants started and that still run.
 */
function treeOf(pid) {
  const children = readOrNothing(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
}

/** @param {number} pid */
function peakOfProcess(pid) {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readOrNothing(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** A process may end before its files are read. */
function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
