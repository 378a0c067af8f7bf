import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { isFileError } from '../../src/git/git.ts';
import { otherMachines } from './network.ts';
import { watch } from './watchdog.ts';

/**
 * Fails a test, with its name, that never ends (test/kit/watchdog.ts), that asks for another machine
 * (test/kit/network.ts), or that leaves a process behind. Every process
 * inherits from the test that starts it a variable of the environment; what still has it when the test file is done
 * was left behind. Where there is no `/proc`, nobody looks.
 */
const VARIABLE = 'STARTED_BY_TEST';

/** How long a process may take to end once its test is done. In milliseconds. */
const PATIENCE = 3_000;

const mark = `${VARIABLE}=${String(process.pid)} `;

watch({ name: expect.getState().testPath ?? 'a test file', limit: 600_000 });

beforeEach(({ task }) => {
  const { fullTestName, timeout, file } = task;
  process.env[VARIABLE] = `${String(process.pid)} ${file.name} > ${fullTestName}`;
  watch({ name: `${file.name} > ${fullTestName}`, limit: timeout });
});

afterEach(() => {
  expect(otherMachines(), 'other machines that the test asked for').toEqual([]);
});

afterAll(async () => {
  watch(null);
  const end = Date.now() + PATIENCE;
  let processes = markedProcesses();
  while (processes.length > 0 && Date.now() < end) {
    await sleep(50);
    processes = markedProcesses();
  }
  for (const { pid } of processes) process.kill(pid, 'SIGKILL');
  expect(processes.map(({ test, command }) => `${test} left a process behind: ${command}`)).toEqual([]);
});

interface MarkedProcess {
  readonly pid: number;
  readonly test: string;
  readonly command: string;
}

/** @returns The processes that tests of this worker started and that still run. */
function markedProcesses(): MarkedProcess[] {
  return processIds().flatMap((pid) => {
    const variables = contentOf(pid, 'environ').split('\0');
    const variable = variables.find((candidate) => candidate.startsWith(mark));
    if (variable === undefined) return [];
    const command = contentOf(pid, 'cmdline').replaceAll('\0', ' ').trim();
    return [{ pid, test: variable.slice(mark.length), command }];
  });
}

function processIds(): number[] {
  return existsSync('/proc') ? readdirSync('/proc').map(Number).filter(Number.isInteger) : [];
}

/** @returns A file of a process; nothing for one that has ended, or that is somebody else's. */
function contentOf(pid: number, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch (error) {
    if (isFileError(error)) return '';
    throw error;
  }
}
