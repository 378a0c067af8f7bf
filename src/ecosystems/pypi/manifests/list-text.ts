import { isPointer } from '../../../text/lfs-pointer.ts';
import { LONGEST_DATA } from '../../../text/longest.ts';

/**
 * Tells a list of requirements by its lines alone. It is asked of many files that are none, so it reads no requirement, but
 * ends at the first line that pip would refuse
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/).
 *
 * @returns Whether each line is a requirement, an option of such lists, a comment or empty, and one says something.
 */
export function isList(text: string): boolean {
  if (text.length > LONGEST_DATA) return false;
  let says = false;
  let isContinued = false;
  for (const line of linesOf(text, /\r\n|[\n\r\v\f]/g)) {
    const content = line.replace(/(?<!\S)#.*/, '').trim();
    const isStart = !isContinued;
    isContinued = content.endsWith('\\');
    if (content === '' || content === '\\') continue;
    const fits = isStart ? isRequirement(content) || OPTION.test(content) : REST.test(content);
    if (!fits) return false;
    says = true;
  }
  return says;
}

/**
 * Tells what is surely no list, before anybody asks who has it installed: pip refuses the whole file because of one line.
 * It is asked of every file that a change touches.
 *
 * @returns Whether pip may accept each line, and one says something; or nobody can tell.
 */
export function mayBeList(text: string): boolean {
  if (isUnreadable(text)) return true;
  let says = false;
  let isContinued = false;
  for (const line of linesOf(text, LINE_END)) {
    const content = line.replace(/(?<!\S)#.*/, '').trim();
    const isStart = !isContinued;
    isContinued = content.endsWith('\\');
    if (content === '' || !isStart) continue;
    if (!ACCEPTED.test(content)) return false;
    says ||= /[a-z$]/i.test(content);
  }
  return says;
}

/** @returns Whether an installer may read something else than stands here. What it is is told where the list is read. */
export function isUnreadable(text: string): boolean {
  return text.length > LONGEST_DATA || isPointer(text) || text.includes('\0') || OTHER_ENCODING.test(text);
}

/** One that a comment declares (see `requirements-encoding.ts`). */
const OTHER_ENCODING = /^(?:.*\n)?#.*coding[:=]\s*(?!utf-?8\b|(?:us-)?ascii\b)[-\w.]/i;

/** As Python's `str.splitlines` ends lines (https://docs.python.org/3/library/stdtypes.html#str.splitlines). */
// eslint-disable-next-line no-control-regex -- these control characters end a line in Python.
const LINE_END = /\r\n|[\n\r\v\f\x1C-\x1E\x85\u2028\u2029]/g;

/** The lines of a text without a byte-order mark, one after the other: of most files the first ones tell enough. */
function* linesOf(text: string, lineEnd: RegExp): Generator<string, void> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const { index, 0: end } of text.matchAll(lineEnd)) {
    yield text.slice(start, index);
    start = index + end.length;
  }
  yield text.slice(start);
}

/** An option, a variable, a path or an address, a name with what may follow it. */
const ACCEPTED =
  /^(?:--?["'\\a-z]|["'\\$]|[^\s/\\]*[/\\]|\S+\.(?:whl|zip|tar|tgz|tbz|gz|bz2|xz)\b|[\w./-]+::|[a-z0-9][\w.-]*(?:\s*\[[^[\]]*\])?\s*(?:$|\\|[<>;@]|[=!~]=|\(\s*[<>=!~]|\s--["'\\a-z]|\s-["'\\a-z]+\s+\S))/i;

/**
 * Tells a list that conda may install by a command (`specs_from_url` in
 * https://github.com/conda/conda/blob/main/conda/cli/common.py, read on 2026-11-30).
 *
 * @returns Whether each line is a specification, an address, a comment or empty, and one says something.
 */
export function mayBeListOfConda(text: string): boolean {
  if (isUnreadable(text)) return true;
  let says = false;
  for (const line of linesOf(text, /[\r\n]+/g)) {
    const spec = line.trim();
    if (spec === '' || spec.startsWith('#')) continue;
    if (!CONDA.test(spec)) return false;
    says = true;
  }
  return says;
}

/** A mark of lists of addresses, one of these, or a name with what may follow it. */
const CONDA =
  /^(?:@EXPLICIT$|(?:https?|file):|[\w./:-]*(?:[\w.-]|\*(?=\[))(?:$|\s*[<>=!~[(@#]|\s+(?:[\d*]|if\s)))/i;

/** A location, a name with what may follow it (PEP 508), or one of conda with its channel. A number alone is a version, and no name. */
function isRequirement(content: string): boolean {
  if (LOCATION.test(content)) return true;
  const name = /^[a-z0-9][\w.-]*/i.exec(content)?.[0];
  if (name === undefined || /^[\d.]+$/.test(content)) return false;
  const extras = /^\s*\[[^[\]]*\]/.exec(content.slice(name.length))?.[0] ?? '';
  return BEHIND_NAME.test(content.slice(name.length + extras.length).trim());
}

const LOCATION = /^(?:(?:git|hg|svn|bzr)\+|(?:https?|file):|\.{0,2}\/[\w.-]|[\w./-]+::[a-z0-9_])/i;

/** Nothing, versions, an address, a marker, a hash. */
const BEHIND_NAME =
  /^(?:$|\\$|--hash|\(?(?:[<>]=?|[=!~]=)|@\s*\S|;\s*["'(]*(?:python|platform|implementation|sys_|os_|os\.|extra|[\w.]+["']\s*(?:in|not|[<>=!~])))/i;

const OPTION =
  /^(?:-[rceif](?:[\s\w./"'$]|$)|--(?:requirement|constraint|editable|index-url|extra-index-url|find-links|no-index|pre|trusted-host|no-binary|only-binary|prefer-binary|require-hashes|use-feature|hash|config-settings|global-option)(?:[\s=]|$))/;

/** What a line goes on with after a backslash. */
const REST = /^(?:--[a-z]|[;<>=!~,]|[\w.-]+(?:\s|$|[\\<>=!~;]))/i;
