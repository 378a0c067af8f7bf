import { Chalk, type ChalkInstance } from 'chalk';
import type { Fault } from '../model/fault.ts';
import { packageLabel } from '../model/package.ts';
import type { GradedChange } from '../model/policy.ts';
import { grades } from '../../rules/grades.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { escapeControls, escapeForLog } from '../text/escape.ts';
import { evidenceLines } from './evidence-lines.ts';
import { excerptOf } from './excerpt.ts';
import { fill, wrap } from './layout.ts';
import {
  extent,
  nextCommands,
  mostPlaces,
  otherPlaces,
  peopleReport,
  totals,
  type Block,
  type FilePlace,
  type PeopleReport,
} from './package-blocks.ts';
import type { Reporter } from './reporter.ts';
import { unansweredTexts } from './unanswered.ts';
import {
  changeText,
  faultPlace,
  isCopyable,
  plural,
  positionText,
  suggestedName,
  shownSuggestions,
} from './words.ts';

/** A block for each package, for people at a terminal; loosened policy above them, what to run below them. */
export const pretty: Reporter = {
  id: 'pretty',
  render(report, { color, width, verbose }) {
    const sheet = {
      paint: new Chalk({ level: color ? 1 : 0 }),
      width: Math.max(narrowest, Math.min(width, widest)),
      verbose,
    };
    const shown = peopleReport(report);
    const unanswered = unansweredTexts(shown.blocks, (text) => text, verbose ? Infinity : undefined);
    const notes = [...report.notes, ...unanswered].flatMap((note) => noteLines(note, sheet));
    const height = shown.blocks.length === 1 && notes.length > 0 ? mostLines - notes.length - 1 : mostLines;
    const blocks = shown.blocks.map((block) => blockText(block, height, sheet));
    const parts = [
      shown.changes.flatMap((change) => policyLines(change, sheet)),
      ...blocks.map(({ lines }) => lines),
      ...report.faults.map((fault) => faultLines(fault, sheet)),
      notes,
      endLines(shown, { report, sheet, isCut: blocks.some(({ isCut }) => isCut) }),
    ].filter((lines) => lines.length > 0);
    return parts.length > 0 ? `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n` : '';
  },
};

/** Sentences over a hundred columns are hard to read; below forty, nothing looks good. */
const widest = 100;
const narrowest = 40;

interface Sheet {
  readonly paint: ChalkInstance;
  readonly width: number;
  readonly verbose: boolean;
}

/** So many lines has a block, if its sentences leave room for a place: with what stands below it, 15 in all. */
const mostLines = 12;

function blockText(
  block: Block,
  height: number,
  sheet: Sheet,
): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const lines = verdictLines(block, sheet);
  const room = Math.max(1, height - lines.length);
  // A long path takes several lines, and so may the number of those that are left out.
  for (let most = sheet.verbose ? Infinity : Math.min(mostPlaces, room); ; most -= 1) {
    const { shown, more } = otherPlaces(block, most);
    const places = placeLines(shown, more, sheet);
    if (most > 0 && places.length > room && !sheet.verbose) continue;
    return { lines: [...lines, ...places], isCut: more > 0 };
  }
}

function verdictLines(block: Block, sheet: Sheet): string[] {
  const { finding, messages } = block;
  return [
    ...titleLines(block, sheet),
    ...excerptLines(finding, sheet),
    ...messages.flatMap((message) => indented(escapeForLog(message, 800), sheet)),
    ...evidenceLines(finding, escapeForLog).flatMap((text) =>
      indented(text, sheet, { text: '· ', paint: sheet.paint.dim }),
    ),
    ...suggestionLines(finding, sheet),
  ];
}

function titleLines({ finding, places: [first] }: Block, sheet: Sheet): string[] {
  const { severity, package: subject } = finding;
  const { paint } = sheet;
  const pieces = [
    severity === 'error' ? paint.bold(paint.red('error')) : paint.bold(paint.yellow('warning')),
    paintedLabel(finding, paint),
    ...(subject ? [paint.bold(escapeForLog(packageLabel(subject)))] : []),
    placeText(first),
  ];
  return filled(pieces, sheet);
}

/** Pieces of a title in one line, if the terminal is wide enough. */
function filled(pieces: readonly string[], { width }: Sheet): string[] {
  const line = fill(pieces, '  ', width);
  if (line.length === 1) return line;
  return fill(pieces, '  ', width - margins).map((text, at) =>
    at === 0 ? text : `${' '.repeat(margins)}${text}`,
  );
}

/** A rule with its grade, whose colour says how bad it is. */
function paintedLabel({ rule, grade }: Finding, paint: ChalkInstance): string {
  if (grade === null) return rule;
  const row = grades.find(({ id }) => id === grade);
  const colours = {
    refuted: paint.bold.red,
    doubtful: paint.bold.yellow,
    present: paint.cyan,
    unanswered: paint.magenta,
  };
  return `${rule}/${row ? colours[row.class](grade) : grade}`;
}

function excerptLines({ excerpt, places: [place] }: Finding, { paint, width }: Sheet): string[] {
  if (excerpt === null) return [];
  const gutter = String(place.line);
  const {
    before: prefix,
    marked,
    after: suffix,
    indent,
    length,
  } = excerptOf(excerpt, place, width - gutter.length - margins - 3);
  const margin = ' '.repeat(margins);
  return [
    `${margin}${paint.dim(`${gutter} │`)} ${prefix}${marked}${suffix}`,
    `${margin}${paint.dim(`${' '.repeat(gutter.length)} │`)} ${' '.repeat(indent)}${paint.red('^'.repeat(length))}`,
  ];
}

/** What stands in front of a text's first line, at the margin. */
interface Lead {
  readonly text: string;
  readonly paint?: (text: string) => string;
  /** Columns in front of the lead. */
  readonly margin?: number;
}

/** A text, wrapped; its further lines begin below the first, behind the lead. */
function indented(text: string, { width }: Sheet, lead: Lead = { text: '' }): string[] {
  const { paint = (plain: string) => plain, margin = margins } = lead;
  const hanging = ' '.repeat(lead.text.length);
  return wrap(text, width - margin - lead.text.length).map(
    (line, at) => `${' '.repeat(margin)}${at === 0 ? paint(lead.text) : hanging}${line.trimEnd()}`,
  );
}

const margins = 2;

function suggestionLines(finding: Finding, sheet: Sheet): string[] {
  const show = (text: string) => sheet.paint.green(escapeForLog(text));
  return shownSuggestions(finding).flatMap((meant, at) => {
    const text = `${suggestedName(meant, finding.package, show)}? ${escapeForLog(meant.why)}`;
    return indented(text, sheet, { text: at === 0 ? 'did you mean ' : '          or ' });
  });
}

function placeLines(places: readonly FilePlace[], more: number, sheet: Sheet): string[] {
  if (places.length === 0 && more > 0) return indented(`also in ${plural(more, 'more place')}`, sheet);
  return places.flatMap((place, at) => {
    const ending = more > 0 && at === places.length - 1 ? ` and ${String(more)} more` : '';
    return indented(`${placeText(place)}${ending}`, sheet, { text: at === 0 ? 'also in ' : '        ' });
  });
}

function placeText({ file, place }: FilePlace): string {
  const separator = place.cell === null ? ':' : ' ';
  return escapeForLog(`${escapeControls(file, 400)}${separator}${positionText(place)}`, 440);
}

/** A command on a line of its own, so that it can be copied; one that a shell would misread is not offered for that. */
function nextLine(command: string, { paint }: Sheet): string {
  const shown = escapeForLog(command, 400);
  return isCopyable(command)
    ? `${paint.dim('next:')} ${paint.cyan(shown)}`
    : `${paint.dim('next (quote it for your shell):')} ${shown}`;
}

function faultLines(fault: Fault, sheet: Sheet): string[] {
  const { paint } = sheet;
  const place = faultPlace(fault, (text) => escapeForLog(text, 400));
  const title = [
    paint.bold(paint.magenta('fault')),
    fault.kind,
    ...(place === '' ? [] : [paint.bold(place)]),
  ];
  return [
    ...filled(title, sheet),
    ...indented(escapeForLog(fault.message, 800), sheet),
    ...indented(escapeForLog(fault.next, 800), sheet, { text: 'next: ', paint: paint.dim }),
  ];
}

/** A loosened policy, whole: a reviewer sees it even when nothing else is wrong. */
function policyLines(change: GradedChange, sheet: Sheet): string[] {
  const place = `${escapeForLog(change.file, 400)}:${String(change.line)}`;
  const lead = { text: 'policy  ', paint: sheet.paint.yellow, margin: 0 };
  return indented(`${place}  ${changeText(change, escapeForLog)}`, sheet, lead);
}

function noteLines(note: string, sheet: Sheet): string[] {
  return indented(escapeForLog(note, 800), sheet, { text: 'note  ', paint: sheet.paint.dim, margin: 0 });
}

interface Ending {
  readonly report: Report;
  readonly sheet: Sheet;
  /** Some places are not shown. */
  readonly isCut: boolean;
}

/** What to run, and how much was found. */
function endLines(shown: PeopleReport, ending: Ending): string[] {
  const { report, sheet } = ending;
  if (shown.blocks.length + report.faults.length === 0) return [];
  const commands = nextCommands(shown.blocks).map((command) => nextLine(command, sheet));
  return [...commands, ...summaryLines(shown, ending)];
}

function summaryLines(shown: PeopleReport, { report, sheet, isCut }: Ending): string[] {
  const { paint } = sheet;
  const colors = { error: paint.red, warning: paint.yellow, fault: paint.magenta };
  const counts = totals(shown, report).map(({ of, text }) => colors[of](text));
  const size = extent(shown);
  const about = size === null ? '' : `: ${size}`;
  const hint = isCut ? ' (--verbose shows all)' : '';
  const text = `${counts.join(', ')} in ${plural(report.files, 'file')} checked${about}${hint}`;
  return indented(text, sheet, { text: '', margin: 0 });
}
