import type { PolicyChange } from '../model/policy.ts';
import type { CheckedHook } from './script.ts';
import type { Start } from './start.ts';
import { TOOL } from '../model/tool.ts';

/** What starts this tool in one file. */
export interface FileStarts {
  readonly file: string;
  readonly starts: readonly Start[];
}

/**
 * Lists how a change loosens what starts this tool: a line that is lost or says something else, settings that
 * decide whether it is started, and a lower version. A line that moves, also to another file, stays the same, and so does one
 * for which `init` has put its own lines.
 *
 * @param baseFiles The files that the change touches, at the base. @param headFiles The same in the change.
 * @returns Changes with the place of the line in the change; of one that is lost, its place at the base. Each line stands
 *   for itself: see {@link oncePerFile}.
 */
export function loosenedStarts(
  baseFiles: readonly FileStarts[],
  headFiles: readonly FileStarts[],
): readonly PolicyChange[] {
  const left = headFiles.flatMap(placed);
  const take = (isMatch: (start: Placed) => boolean): Placed | undefined => {
    const at = left.findIndex(isMatch);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const changed = baseFiles.flatMap(placed).filter((start) => !take((next) => isSame(start, next)));
  const [differences, losses]: [PolicyChange[][], PolicyChange[]] = [[], []];
  for (const start of changed) {
    const next = take(({ text }) => text === start.text);
    if (next) differences.push(differencesAt(start, next));
    else if (!take((next) => isReplacement(start, next)))
      losses.push(changeAt(start, 'line', `no longer starts ${TOOL} as before: ${shown(start)}`));
  }
  return [...differences.flat(), ...losses];
}

/** @returns The changes, of which one that is set beside several lines of a file is told once. */
export function oncePerFile(changes: readonly PolicyChange[]): readonly PolicyChange[] {
  const keyOf = ({ file, what }: PolicyChange) => JSON.stringify([file, what]);
  const firstByKey = new Map(changes.toReversed().map((change) => [keyOf(change), change]));
  return changes.filter((change) => firstByKey.get(keyOf(change)) === change);
}

interface Placed extends Start {
  readonly file: string;
}

function placed({ file, starts }: FileStarts): Placed[] {
  return starts.map((start) => ({ ...start, file }));
}

function isSame(old: Placed, next: Placed): boolean {
  const sameText =
    old.kind === 'init' ? next.kind === 'init' && hookOf(next) === hookOf(old) : old.text === next.text;
  return sameText && differingSettings(old, next).length === 0 && !isLower(old.version, next.version);
}

function differencesAt(old: Placed, next: Placed): PolicyChange[] {
  const settings = differingSettings(old, next).map((key) =>
    changeAt(next, key, `changed ${key}, which decides how ${TOOL} is started`),
  );
  if (!isLower(old.version, next.version)) return settings;
  const versions = `from ${old.version ?? 'any'} to ${next.version ?? 'any'}`;
  return [...settings, changeAt(next, 'version', `lowered the version of ${TOOL} ${versions}`)];
}

/** Are lines those of `init` in the same file, which check as much as a line did? */
function isReplacement(old: Placed, next: Placed): boolean {
  const hook = hookOf(old);
  return hook !== null && next.kind === 'init' && next.file === old.file && hookOf(next) === hook;
}

/** The hook whose work a line does: it checks what is committed, or what is pushed; null where it does neither. */
function hookOf({ kind, text }: Start): CheckedHook | null {
  if (/\bhook pre-push\b/.test(text)) return 'pre-push';
  return kind !== 'command' || /\bhook pre-commit\b|--staged\b/.test(text) ? 'pre-commit' : null;
}

/** Settings whose loss changes what is run; without any other, more is run than before. */
const parameters = /^(?:with|args|language|matcher|place)$/;

/** What hooks of assistants say to let nothing pass where they fail; without it, they let it pass. */
const strictValues: ReadonlyMap<string, string> = new Map([
  ['onFailure', '"block"'],
  ['failClosed', 'true'],
]);

/** @returns The keys of the settings by which less is checked than before. */
function differingSettings({ settings: old }: Start, { settings: next }: Start): string[] {
  return [...new Set([...old.keys(), ...next.keys()])].filter((key) => {
    const [oldValue, newValue] = [old.get(key), next.get(key)];
    if (oldValue === newValue) return false;
    if (strictValues.has(key)) return oldValue === strictValues.get(key);
    if (key === 'on') return !hasEvery(oldValue, newValue);
    if (key === 'stages' && oldValue === undefined && hasEveryStage(newValue)) return false;
    return newValue !== undefined || parameters.test(key);
  });
}

/**
 * The stages in which the pre-commit framework can check what is committed and pushed, with their names before
 * version 3.2; without any, a hook runs in all that are installed (https://pre-commit.com/#confining-hooks-to-run-at-certain-stages).
 */
const checkedStages = [
  ['pre-commit', 'commit'],
  ['pre-merge-commit', 'merge-commit'],
  ['pre-push', 'push'],
];

function hasEveryStage(value: string | undefined): boolean {
  const stages: unknown = JSON.parse(value ?? 'null');
  return Array.isArray(stages) && checkedStages.every((names) => names.some((name) => stages.includes(name)));
}

/** Are all events of a workflow still there, with their filters? More of them start it more often. */
function hasEvery(oldValue: string | undefined, newValue: string | undefined): boolean {
  const next = eventsOf(newValue);
  return [...eventsOf(oldValue)].every(([event, filter]) => next.get(event) === filter);
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#on */
function eventsOf(value: string | undefined): ReadonlyMap<string, string> {
  const events: unknown = JSON.parse(value ?? 'null');
  if (typeof events === 'string') return new Map([[events, 'null']]);
  if (Array.isArray(events)) return new Map(events.map((event) => [String(event), 'null']));
  const entries = typeof events === 'object' && events !== null ? Object.entries(events) : [];
  return new Map(entries.map(([event, filter]) => [event, JSON.stringify(filter)]));
}

/**
 * Is a version lower than another, or one that nobody can compare with it? Where one of them is shorter, it stands for
 * all that begin with it: `v1` is the newest `v1.x`.
 */
function isLower(old: string | null, next: string | null): boolean {
  if (old === next || old === null) return false;
  const [oldNumbers, newNumbers] = [numbersOf(old), numbersOf(next ?? '')];
  if (oldNumbers === null || newNumbers === null) return true;
  const at = oldNumbers.findIndex((number, index) => (newNumbers[index] ?? number) !== number);
  return at >= 0 && (newNumbers[at] ?? 0) < (oldNumbers[at] ?? 0);
}

/** `^1.2.0` → 1, 2, 0. A commit, a branch and an upper bound have none. */
function numbersOf(version: string): readonly number[] | null {
  const numbers = /^[\^~=v>]*(\d+(?:\.\d+)*)/.exec(version)?.[1];
  if (numbers === undefined || /^[0-9a-f]{7,40}$/.test(version)) return null;
  return numbers.split('.').map(Number);
}

function shown({ kind, text }: Start): string {
  if (kind !== 'command') return 'the lines of init';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** @param part What of the line changed: its key in the settings, its version, the line itself. */
function changeAt({ file, line, kind, text }: Placed, part: string, what: string): PolicyChange {
  const subject = `${file}: ${part} of ${kind === 'init' ? 'init' : text}`;
  return { kind: 'start', subject, file, line, what, approves: null, by: null, reason: null };
}
