import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

/** Gives the tests a folder for repositories that are made once and copied (test/kit/scratch.ts). */
export default function setup({ provide }: TestProject): () => void {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'check-imports-templates-')));
  provide('templates', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of repositories that tests copy. */
    templates: string;
  }
}
