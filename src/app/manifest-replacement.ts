import { toldFormat } from '../declarations/unnamed-manifests.ts';
import {
  declares,
  lineRemoved,
  lineReplaced,
  readManifest,
  type ReadManifest,
} from '../ecosystems/manifest-change.ts';
import { contentFormats, formatOf, includeFormat } from '../ecosystems/manifest-formats.ts';
import { byHand, type LineEdits } from '../model/manifest-editor.ts';
import { packageLabel } from '../model/package.ts';
import type { Reference } from '../model/reference.ts';
import type { Dependency } from '../model/manifest.ts';
import { LineIndex } from '../text/lines.ts';
import { applySplices, rebased, type TextEdit } from '../text/text-edit.ts';
import type { FileText } from './file-references.ts';
import type { Exchange, ManualChange, SpecifierEdit, TextReplacement } from './exchange.ts';

/** A manifest between two edits: what it was made of, and which of its lines are gone. */
interface Progress {
  readonly manifest: ReadManifest;
  /** From the text that was there first. */
  readonly edits: readonly TextEdit[];
  /** The lines that went, by their numbers in the first text. */
  readonly removed: readonly number[];
}

/**
 * Works out how the lines of a manifest that declare a package declare another one: one line after the other, because what
 * one becomes may stand for the next.
 *
 * @param references Those of the manifest that use the package.
 */
export async function manifestReplacement(
  { path, text }: FileText,
  references: readonly Reference[],
  exchange: Exchange,
): Promise<TextReplacement> {
  if (references.length === 0) return { edits: [], manual: [] };
  const lines = new LineIndex(text);
  const format = formatOf(path) ?? (await toldFormat(path, text, { content: contentFormats }));
  const first = await readManifest(path, text, format ?? includeFormat);
  const manual: ManualChange[] = [];
  let progress: Progress = { manifest: first, edits: [], removed: [] };
  for (const { place } of references) {
    const { start } = lines.spanOf(place);
    const at = first.contents.dependencies.findIndex(
      (line) => line.span.start === start && declares(line, exchange.replaced),
    );
    const next = await step(progress, at, exchange);
    if ('manifest' in next) progress = next;
    else manual.push({ kind: 'manual', place, reason: next.reason, line: lines.excerpt(place.line) });
  }
  const { name } = exchange.target.package;
  const edits = progress.edits.map((edit): SpecifierEdit => {
    return { kind: 'edit', ...edit, place: lines.place(edit), specifier: name };
  });
  return { edits, manual };
}

/** @param at The number of a line in the first text. */
async function step(
  { manifest, edits, removed }: Progress,
  at: number,
  exchange: Exchange,
): Promise<Progress | { readonly reason: string }> {
  const { path, text, format, contents } = manifest;
  const line = contents.dependencies[at - removed.filter((number) => number < at).length];
  const plan = line === undefined ? byHand(LOST) : await planFor(manifest, line, exchange);
  if (plan.kind === 'byHand') return plan;
  const composed = rebased(plan.edits, edits);
  if (composed === null) return { reason: LOST };
  const next = await readManifest(path, applySplices(text, plan.edits), format);
  const isGone = next.contents.dependencies.length < contents.dependencies.length;
  return { manifest: next, edits: composed, removed: isGone ? [...removed, at] : removed };
}

const LOST = 'another edit of this file stands in the way: run `review` again';

async function planFor(
  manifest: ReadManifest,
  line: Dependency,
  { replaced, target }: Exchange,
): Promise<LineEdits> {
  const [old, label] = [packageLabel(replaced), packageLabel(target.package)];
  if (target.isBuiltin) {
    const removal = await lineRemoved(manifest, line);
    return removal.kind === 'edits' ? removal : byHand(`remove ${old}, because ${label} is built in`);
  }
  if (target.package.ecosystem !== replaced.ecosystem)
    return byHand(`${label} belongs to another ecosystem than ${old}`);
  return lineReplaced(manifest, line, target.package);
}
