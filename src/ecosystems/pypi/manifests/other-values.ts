import type { PythonToken } from './python-tokens.ts';

/** A value that a variable gets, by the numbers of its first token and of the one behind it. */
interface Assignment {
  readonly name: string;
  readonly target: number;
  readonly start: number;
  readonly end: number;
}

/** A script that takes more steps from a file to a keyword is none that people write. */
const MOST_STEPS = 5;

/**
 * Finds the values of variables that a script uses for nothing but keywords of `setup` which take no requirements:
 * `text = open("DESCRIPTION.txt").read()` for `long_description=text`, also by way of other variables. A class is such a
 * value, too: that of a command, for `cmdclass`, as long as it names no keyword that takes requirements.
 *
 * @param keywords The keywords that take requirements.
 * @param isOther Tells, by its number, whether a token stands in such a keyword.
 * @returns The numbers of the tokens in these values.
 */
export function tokensOfOtherValues(
  { text, tokens }: { readonly text: string; readonly tokens: readonly PythonToken[] },
  isOther: (at: number) => boolean,
  keywords: ReadonlySet<string>,
): ReadonlySet<number> {
  // Where a name may be made at run time, its uses are not all to be seen.
  if (tokens.some(({ text }) => /^(?:globals|locals|vars|exec|eval)$/.test(text))) return new Set();
  const assignments = assignmentsIn(tokens);
  for (const block of classesIn(text, tokens)) {
    const words = tokens.slice(block.start, block.end).map((token) => token.text.split('.').at(-1) ?? '');
    if (!words.some((word) => keywords.has(word)))
      assignments.set(block.name, [...(assignments.get(block.name) ?? []), block]);
  }
  const uses = usesIn(tokens, assignments);
  const otherPlaces = new Set<number>();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const size = otherPlaces.size;
    for (const [name, values] of assignments) {
      const places = uses.get(name) ?? [];
      const ownPlaces = placesIn(values);
      const usesElsewhere = places.filter((at) => !ownPlaces.has(at));
      if (usesElsewhere.length === 0 || !usesElsewhere.every((at) => isOther(at) || otherPlaces.has(at)))
        continue;
      for (const at of ownPlaces) otherPlaces.add(at);
    }
    if (otherPlaces.size === size) break;
  }
  return otherPlaces;
}

function placesIn(values: readonly Assignment[]): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { start, end } of values) for (let at = start; at < end; at += 1) places.add(at);
  return places;
}

/** By the name of the variable: `name = …`, `name += …`, `with … as name:`. */
function assignmentsIn(tokens: readonly PythonToken[]): Map<string, readonly Assignment[]> {
  const assignments = new Map<string, Assignment[]>();
  let start = 0;
  for (const [at, { kind }] of tokens.entries()) {
    if (kind !== 'end' && at < tokens.length - 1) continue;
    const assignment = assignmentIn(tokens, start, kind === 'end' ? at : at + 1);
    start = at + 1;
    if (assignment === undefined) continue;
    const values = assignments.get(assignment.name) ?? [];
    assignments.set(assignment.name, values);
    values.push(assignment);
  }
  return assignments;
}

/** The classes of a script that are indented no further than it: each goes up to the next line that is not, either. */
function classesIn(text: string, tokens: readonly PythonToken[]): readonly Assignment[] {
  const classes: Assignment[] = [];
  let open: Omit<Assignment, 'end'> | undefined;
  for (const [at, token] of tokens.entries()) {
    const isLine = token.kind !== 'end' && (token.start === 0 || /[\r\n]/.test(text.charAt(token.start - 1)));
    if (!isLine || (at > 0 && tokens[at - 1]?.kind !== 'end')) continue;
    if (open !== undefined) classes.push({ ...open, end: at });
    const name = tokens[at + 1]?.text ?? '';
    open = token.text === 'class' ? { name, target: at + 1, start: at + 2 } : undefined;
  }
  return open === undefined ? classes : [...classes, { ...open, end: tokens.length }];
}

/** What a statement assigns that gives a value to one variable, and to nothing else. */
function assignmentIn(tokens: readonly PythonToken[], start: number, end: number): Assignment | undefined {
  const first = tokens[start];
  if (first?.kind !== 'word') return undefined;
  const signs = tokens.slice(start, end).map(({ text }) => text);
  if (signs.includes(':=') || signs.some((sign, at) => sign === ':' && signs[at + 1] === '='))
    return undefined;
  if (first.text === 'with') {
    const as = signs.lastIndexOf('as');
    const name = signs[as + 1] ?? '';
    const isBlock = as > 0 && signs.indexOf('as') === as && as + 3 === signs.length && signs.at(-1) === ':';
    return isBlock ? { name, target: start + as + 1, start: start + 1, end: start + as } : undefined;
  }
  const isOne = signs[1] === '=' || signs[1] === '+=';
  if (!isOne || first.text.includes('.') || outerSigns(signs, '=') > (signs[1] === '=' ? 1 : 0))
    return undefined;
  return { name: first.text, target: start, start: start + 2, end };
}

/** How often a sign stands outside of brackets. */
function outerSigns(signs: readonly string[], sign: string): number {
  let depth = 0;
  let count = 0;
  for (const text of signs) {
    if (/^[([{]$/.test(text)) depth += 1;
    else if (/^[)\]}]$/.test(text)) depth -= 1;
    else if (depth === 0 && text === sign) count += 1;
  }
  return count;
}

/** Where variables stand that are no targets; one that a string names may be meant there. */
function usesIn(
  tokens: readonly PythonToken[],
  assignments: ReadonlyMap<string, readonly Assignment[]>,
): ReadonlyMap<string, readonly number[]> {
  const targets = new Set([...assignments.values()].flat().map(({ target }) => target));
  const uses = new Map<string, number[]>();
  for (const [at, token] of tokens.entries()) {
    const isKeyword = token.kind === 'word' && tokens[at + 1]?.text === '=';
    if (targets.has(at) || isKeyword) continue;
    const words =
      token.kind === 'string'
        ? token.node.value.split(/[^\p{L}\p{N}_]+/u)
        : [token.text.split('.', 1)[0] ?? ''];
    for (const word of words) {
      if (!assignments.has(word)) continue;
      const places = uses.get(word) ?? [];
      uses.set(word, places);
      places.push(at);
    }
  }
  return uses;
}
