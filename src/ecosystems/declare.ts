import type { ManifestEdits, NewDependency, TextInsertion } from '../model/declare.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Files } from '../model/language.ts';
import type { Dependency, ManifestContents } from '../model/manifest.ts';
import type { Package } from '../model/package.ts';
import { LineIndex } from '../text/lines.ts';
import { applySplices } from '../text/text-edit.ts';
import { findEcosystem } from './index.ts';
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
 * @returns undefined where there is no manifest that can be edited safely.
 */
export async function manifestEditFor(
  dependency: NewDependency,
  importingFile: string,
  files: Files,
): Promise<ManifestEdit | undefined> {
  const edits = await findEcosystem(dependency.package.ecosystem)?.edits?.();
  return edits && nearestEdit(edits, dependency, { importingFile, files });
}

async function nearestEdit(
  manifestEdits: ManifestEdits,
  dependency: NewDependency,
  { importingFile, files }: { importingFile: string; files: Files },
): Promise<ManifestEdit | undefined> {
  for (const folder of foldersOf(importingFile)) {
    for (const name of manifestEdits.fileNames) {
      const path = folder + name;
      const text = await files.text(path);
      const insertions = text === undefined ? [] : await manifestEdits.editsFor(name, text, dependency);
      if (text === undefined || insertions.length === 0) continue;
      if (await addsOnly(dependency.package, { path, text, insertions }))
        return { path, edits: located(text, insertions) };
    }
  }
  return undefined;
}

interface InsertionsInto {
  readonly path: string;
  readonly text: string;
  readonly insertions: readonly TextInsertion[];
}

/** Does a manifest afterwards say what it said before, and one dependency more? */
async function addsOnly(
  { ecosystem, name }: Package,
  { path, text, insertions }: InsertionsInto,
): Promise<boolean> {
  const format = formatOf(path);
  if (format === undefined) return false;
  const newText = textWith(insertions, text);
  const [oldContents, newContents] = [await format.read(path, text), await format.read(path, newText)];
  const expected = JSON.stringify([ecosystem, name, name, { kind: 'registry' }, false]);
  const dependencies = newContents.dependencies.map(dependencyText);
  const added = dependencies.indexOf(expected);
  return (
    added !== -1 &&
    isEqual(dependencies.toSpliced(added, 1), oldContents.dependencies.map(dependencyText)) &&
    isEqual(otherText(newContents), otherText(oldContents))
  );
}

function textWith(insertions: readonly TextInsertion[], text: string): string {
  const edits = insertions.map(({ offset, length, text: added }) => {
    return { start: offset, end: offset + length, text: added };
  });
  return applySplices(text, edits);
}

/** All but where it stands. */
function dependencyText({ ecosystem, name, specifier, source, optional }: Dependency): string {
  return JSON.stringify([ecosystem, name, specifier, source, optional]);
}

/** What a manifest says besides its dependencies. */
function otherText({ defines, members, registries, includes, broken }: ManifestContents): readonly string[] {
  return [
    JSON.stringify([defines, members, includes]),
    ...registries.map(({ what, value }) => JSON.stringify([what, value])),
    ...broken.map(({ message }) => message),
  ];
}

function isEqual(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, at) => text === right[at]);
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

function located(text: string, insertions: readonly TextInsertion[]): ManifestEdit['edits'] {
  const lines = new LineIndex(text);
  return insertions.map(({ offset, length, text: added }) => ({
    start: lines.locate(offset),
    end: lines.locate(offset + length),
    text: added,
  }));
}
