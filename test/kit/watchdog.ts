import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** What has to end, and how long it may take. In milliseconds. */
export interface Watched {
  readonly name: string;
  readonly limit: number;
}

/**
 * Time beyond a test's own limit. A test that waits for ever is ended by its limit; one that computes for ever lets no
 * timer of its thread run. In milliseconds.
 */
const grace = Number(process.env['TEST_GRACE'] ?? '30000');

const thread = new Worker(path.join(import.meta.dirname, 'watchdog-thread.js'), {
  stdout: false,
  stderr: false,
});
thread.unref();

/** Tells the watchdog what runs from now on; null for nothing. What never ends is named, and its process is ended. */
export function watch(watched: Watched | null): void {
  thread.postMessage(watched && { ...watched, limit: watched.limit + grace });
}
