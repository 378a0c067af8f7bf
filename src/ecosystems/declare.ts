import type { Evidence } from '../model/evidence.ts';
import type { Files } from '../model/language.ts';
import type { NewDependency } from '../model/manifest-editor.ts';
import { LineIndex } from '../text/lines.ts';
import { findEcosystem } from './index.ts';
import { declares, lineAdded, readManifest } from './manifest-change.ts';
import { formatOf } from './manifest-formats.ts';

/** One insertion into a manifest. Line and column are 1-based, as in `Place`. */
export interface ManifestEdit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly edits: readonly {
    readonly start: { readonly line: number; readonly column: number };
    readonly end: { readonly line: number; readonly column: number };
    readonly text: string;
  }[];
}

/**
 * Works out how the nearest manifest of a file would declare a package.
 *
 * @param importingFile Path of the importing file.
 * @returns undefined where there is no manifest that can be edited safely, and where one of those that come first declares
 *   the package.
 */
export async function manifestEditFor(
  dependency: NewDependency,
  importingFile: string,
  files: Files,
): Promise<ManifestEdit | undefined> {
  const names = findEcosystem(dependency.package.ecosystem)?.declaringFiles ?? [];
  for (const folder of foldersOf(importingFile)) {
    for (const name of names) {
      const answer = await editOf(folder + name, dependency, files);
      if (answer === 'declared') return undefined;
      if (answer !== undefined) return answer;
    }
  }
  return undefined;
}

async function editOf(
  path: string,
  dependency: NewDependency,
  files: Files,
): Promise<ManifestEdit | 'declared' | undefined> {
  const format = formatOf(path);
  const text = format && (await files.text(path));
  if (format === undefined || text === undefined) return undefined;
  const manifest = await readManifest(path, text, format);
  if (manifest.contents.dependencies.some((line) => declares(line, dependency.package))) return 'declared';
  const added = await lineAdded(manifest, dependency);
  if (added.kind === 'byHand') return undefined;
  const lines = new LineIndex(text);
  const edits = added.edits.map(({ start, end, text: piece }) => ({
    start: lines.locate(start),
    end: lines.locate(end),
    text: piece,
  }));
  return { path, edits };
}

/** @returns The latest version that evidence shows. */
export function latestIn(evidence: readonly Evidence[]): string | null {
  const latestEvidence = evidence.find(({ fact }) => fact === 'latest');
  const value = latestEvidence?.state === 'present' ? String(latestEvidence.value) : '';
  return /^\d+\.\d+\.\d[\w.+-]*$/.test(value) ? value : null;
}

/** From the file’s own folder up to the root, each with a slash at its end. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys(), parts.length].toReversed().map((depth) =>
    parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(''),
  );
}
