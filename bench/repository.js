import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The command of this checkout. */
export const bin = path.resolve(import.meta.dirname, '../bin/check-imports.js');

/** A git repository in a temporary folder, for one measurement. */
export class Repository {
  constructor() {
    this.root = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-bench-')));
    this.git('init', '--quiet');
    // No housekeeping in the background while something is measured, or while the folder goes.
    this.git('config', 'gc.auto', '0');
    this.git('config', 'maintenance.auto', 'false');
  }

  /** @param {Iterable<readonly [string, string]>} files Paths with their text. */
  write(files) {
    const folders = new Set();
    for (const [name, text] of files) {
      const file = path.join(this.root, name);
      const folder = path.dirname(file);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
      folders.add(folder);
      writeFileSync(file, text);
    }
  }

  /** @param {string[]} args */
  git(...args) {
    const identity = ['-c', 'user.name=Ada L', '-c', 'user.email=ada@example.org'];
    return execFileSync('git', [...identity, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 30,
    });
  }

  stage() {
    this.git('add', '--all');
  }

  commit() {
    this.stage();
    this.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'base');
  }

  /** As a clone, or a repository after git's housekeeping, holds its objects. */
  pack() {
    this.git('repack', '-a', '-d', '--quiet');
  }

  dispose() {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 3 });
  }
}
