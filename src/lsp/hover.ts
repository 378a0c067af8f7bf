import type { Hover, Position } from 'vscode-languageserver';
import type { OutsideKnowledge } from '../model/finding.ts';
import { display } from '../model/package.ts';
import type { Entry, JudgedReference, Standing } from '../model/status.ts';
import { evidenceText } from '../reporters/words.ts';
import { markdownText, visible } from '../text/escape.ts';
import { rangeOf } from './diagnostics.ts';

/** How a hover is written: `markdown` as the client understands it. */
export type HoverFormat = 'markdown' | 'plaintext';

/** @returns The reference at a position, or undefined where there is none. */
export function referenceAt(
  references: readonly JudgedReference[],
  { line, character }: Position,
): JudgedReference | undefined {
  return references.find(({ reference: { place } }) => {
    if (place.cell !== null) return false;
    const { start, end } = rangeOf(place);
    const after = line > start.line || (line === start.line && character >= start.character);
    const before = line < end.line || (line === end.line && character <= end.character);
    return after && before;
  });
}

/** Where a reference leads, who decided about it, when and why, and what registries said. */
export function hoverOf(
  { reference, judged }: JudgedReference,
  known: OutsideKnowledge | undefined,
  format: HoverFormat,
): Hover {
  const show = format === 'markdown' ? markdownText : visible;
  const { origin } = reference;
  const lines = judged
    ? [
        title(display(judged.package), judged.standing.kind, { show, format }),
        ...decisionLines(judged.standing).map((line) => show(line, 400)),
        ...(known?.evidence ?? []).map((one) => evidenceText(one, show)),
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

function decisionLines(standing: Standing): string[] {
  switch (standing.kind) {
    case 'approved':
    case 'baseline':
    case 'denied':
    case 'expired':
      return entryLines(standing.entry);
    case 'declared':
      return [`declared in ${standing.at.file}:${String(standing.at.line)}; nobody decided`];
    case 'unapproved':
      return standing.requested
        ? ['An approval is requested.', ...entryLines(standing.requested)]
        : ['Nobody approved it.'];
  }
}

function entryLines({ by, date, expires, reason, use, file, line }: Entry): string[] {
  const who = [by && `by ${by}`, date && `on ${date}`, expires && `until ${expires}`].filter(Boolean);
  return [who.join(' '), reason ?? '', use ? `use ${use}` : '', `${file}:${String(line)}`].filter(
    (text) => text !== '',
  );
}

function originLines(origin: JudgedReference['reference']['origin']): string[] {
  switch (origin.kind) {
    case 'builtin':
    case 'ambient':
      return [`provided by ${origin.host}`];
    case 'local':
      return [origin.file === null ? 'the project’s own' : `the project’s own: ${origin.file}`];
    case 'unknown':
      return [`nobody can tell where it leads: ${origin.reason}`];
    case 'package':
      return [];
  }
}
