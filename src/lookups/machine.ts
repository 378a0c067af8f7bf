import { readFile } from 'node:fs/promises';

/** @returns The text of a file of this machine; null where it is not there or can't be read. */
export async function readMachineFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
