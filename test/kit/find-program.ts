import { existsSync } from 'node:fs';
import path from 'node:path';

/** @returns The path of a program on this machine; null where a test that needs it has to be skipped. */
export function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}
