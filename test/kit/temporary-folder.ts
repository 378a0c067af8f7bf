import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Memory that Linux offers as a file system (https://man7.org/linux/man-pages/man7/shm_overview.7.html). */
const memory = '/dev/shm';

/** What the repositories of a whole run take, and as much again. In bytes. */
const ROOM = 2 * 2 ** 30;

/**
 * @returns The folder for the temporary files of the tests: in memory where the machine has room there and starts
 * programs from it (hooks are programs), because a third of a repository's time is the disk's; else the usual one.
 */
export function temporaryFolder(): string {
  return existsSync(memory) && hasRoom() && startsPrograms() ? memory : tmpdir();
}

function hasRoom(): boolean {
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= ROOM;
}

function startsPrograms(): boolean {
  const folder = mkdtempSync(path.join(memory, 'check-imports-'));
  try {
    const program = path.join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n');
    chmodSync(program, 0o755);
    return spawnSync(program).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
