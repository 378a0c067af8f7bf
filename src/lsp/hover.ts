import type { Hover, Position } from 'vscode-languageserver';
import type { PackageEvidence } from '../model/finding.ts';
import { packageLabel } from '../model/package.ts';
import type { Entry, ReferenceWithStatus, ApprovalStatus } from '../model/status.ts';
import type { Place } from '../model/text.ts';
import { substituteText, type Substitute } from '../model/substitute.ts';
import { evidenceText } from '../reporters/words.ts';
import { markdownText, escapeControls } from '../text/escape.ts';
import { reasonText } from '../whitelist/assistant-request.ts';
import { rangeOf } from './diagnostics.ts';

/** How a hover is written: `markdown` as the client understands it. */
export type HoverFormat = 'markdown' | 'plaintext';

/**
 * @param cell That the position counts in; null outside of notebooks.
 * @returns The reference at a position, or undefined where there is none.
 */
export function referenceAt(
  references: readonly ReferenceWithStatus[],
  { line, character }: Position,
  cell: Place['cell'],
): ReferenceWithStatus | undefined {
  return references.find(({ reference: { place } }) => {
    if (place.cell !== cell) return false;
    const { start, end } = rangeOf(place);
    const isAfterStart = line > start.line || (line === start.line && character >= start.character);
    const isBeforeEnd = line < end.line || (line === end.line && character <= end.character);
    return isAfterStart && isBeforeEnd;
  });
}

/** What is known of a package besides what was decided: by registries, and by the denial that refuses it. */
export interface HoverFacts {
  readonly packageEvidence: PackageEvidence | undefined;
  readonly substitute: Substitute | null;
}

/** Where a reference leads, who decided about it, when and why, and what registries said. */
export function hoverOf(
  { reference, judged: packageStatus }: ReferenceWithStatus,
  { packageEvidence, substitute }: HoverFacts,
  format: HoverFormat,
): Hover {
  const show = format === 'markdown' ? markdownText : escapeControls;
  const { origin } = reference;
  const lines = packageStatus
    ? [
        title(packageLabel(packageStatus.package), packageStatus.status.kind, { show, format }),
        ...decisionLines(packageStatus.status, substitute).map((line) => show(line, 400)),
        ...(packageEvidence?.evidence ?? []).map((evidenceItem) => evidenceText(evidenceItem, show)),
      ]
    : [
        title(reference.specifier, origin.kind, { show, format }),
        ...originLines(origin).map((line) => show(line, 400)),
      ];
  return {
    range: rangeOf(reference.place),
    contents: { kind: format, value: lines.join(format === 'markdown' ? '  \n' : '\n') },
  };
}

type Show = (text: string, limit?: number) => string;

function title(name: string, state: string, { show, format }: { show: Show; format: HoverFormat }): string {
  return format === 'markdown' ? `**${show(name)}** ${state}` : `${show(name)} ${state}`;
}

function decisionLines(status: ApprovalStatus, substitute: Substitute | null): string[] {
  switch (status.kind) {
    case 'approved':
    case 'baseline':
    case 'expired':
      return entryLines(status.entry);
    case 'denied':
      return entryLines(status.entry, substitute);
    case 'declared':
      return [`declared in ${status.at.file}:${String(status.at.line)}; no decision`];
    case 'in-use':
      return [
        `used in ${status.at.file}:${String(status.at.line)} already`,
        ...requestLines(status.requested),
      ];
    case 'unapproved':
      return requestLines(status.requested);
  }
}

function requestLines(request: Entry | null): string[] {
  return request ? ['An approval is requested.', ...entryLines(request)] : ['Nobody approved it.'];
}

function entryLines(entry: Entry, substitute: Substitute | null = null): string[] {
  const { by, date, expires, file, line } = entry;
  const instead = substitute ? substituteText(substitute) : '';
  const who = [by && `by ${by}`, date && `on ${date}`, expires && `until ${expires}`].filter(Boolean);
  return [who.join(' '), reasonText(entry) ?? '', instead, `${file}:${String(line)}`].filter(
    (text) => text !== '',
  );
}

function originLines(origin: ReferenceWithStatus['reference']['origin']): string[] {
  switch (origin.kind) {
    case 'builtin':
    case 'ambient':
      return [`provided by ${origin.host}`];
    case 'local':
      return [origin.file === null ? 'the project’s own' : `the project’s own: ${origin.file}`];
    case 'missing':
      return [`no file of the project: ${origin.module.path}`];
    case 'unknown':
      return [`its target is unknown: ${origin.reason}`];
    case 'package':
      return [];
  }
}
