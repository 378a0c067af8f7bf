import type { ParsedImport } from '../../model/reference.ts';
import type { Span } from '../../model/text.ts';
import { possibleImports } from './lenient.ts';
import { foreignMagics, lineMagics, optionsBefore, runningMagics, runOptions } from './magics.ts';
import { movedImport } from './pieces.ts';

/** `%load_ext a`, `%aimport a, b, -c`. */
const loadsModules = /%?(?:(?:re)?load_ext|aimport)[ \t]+([^\r\n#]*)/y;
/** `%run -m d`, `%run -pmd`. */
const runsModule = new RegExp(
  String.raw`%?run${optionsBefore(runOptions, 'm')}[ \t]+-[^\W${runOptions}m]*m[ \t]*["']?([^\s"'#]+)`,
  'y',
);
/** `%lprun -m a f()`: among its options, which end the span. */
const profiles = /^%{1,2}lprun[ \t]/;
const profiledModule = /[ \t]-[rsz]*m[ \t]*([^\s-]\S*)/g;
/** Extensions of IPython itself, which bear no module's name. */
const ownExtensions = /^(?:autoreload|storemagic)$/;

/** A line magic, with its options and what may be the values of them. */
const anyMagic =
  /%{1,2}([A-Za-z_][\w.]*)(?:[ \t]+-\S*(?:[ \t]+(?!(?:import|from)\b)(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s-]\S*)(?=[ \t]+(?:-|import\b|from\b)))?)*[ \t]+/y;
const knownMagic = new RegExp(`^(?:${lineMagics}|${[...runningMagics.keys()].join('|')})$`);

/**
 * Reads which modules a magic imports. A variable in their place is unclear. A magic that is not known here, such as the
 * alias of another one, may run what stands behind it: what looks like an import counts.
 *
 * @param span Where a line magic stands.
 */
export function modulesOf(text: string, span: Span): readonly ParsedImport[] {
  const magic = text.slice(span.start, span.end);
  const at = (imports: readonly ParsedImport[], start: number) =>
    imports.map((each) => movedImport(each, [{ at: 0, start: span.start + start }]));
  const list = lastGroup(loadsModules, magic) ?? lastGroup(runsModule, magic);
  if (list !== undefined) return at(loaded(list.text), list.start);
  if (profiles.test(magic)) {
    return [...magic.matchAll(profiledModule)].flatMap(({ 0: option, 1: name = '', index }) => {
      return at(loaded(name), index + option.length - name.length);
    });
  }
  anyMagic.lastIndex = 0;
  const match = anyMagic.exec(magic);
  const name = match?.[1] ?? '';
  if (match === null || knownMagic.test(name) || foreignMagics.test(name)) return [];
  return at(possibleImports(magic.slice(anyMagic.lastIndex)), anyMagic.lastIndex);
}

/** @returns What the last group of an expression matches, which ends the match, and where it starts. */
function lastGroup(expression: RegExp, magic: string): { text: string; start: number } | undefined {
  expression.lastIndex = 0;
  const text = expression.exec(magic)?.[1];
  return text === undefined ? undefined : { text, start: expression.lastIndex - text.length };
}

function loaded(list: string): readonly ParsedImport[] {
  if (/[${]/.test(list)) {
    const expression = list.trimEnd();
    return [dynamic({ kind: 'unclear', expression }, 0, expression.length)];
  }
  const names = /^[\w., \t-]*/.exec(list)?.[0] ?? '';
  return [...names.matchAll(/(?<![-\w.])[\w.]+/g)]
    .filter(([specifier]) => !ownExtensions.test(specifier))
    .map(({ 0: specifier, index }) => {
      return dynamic({ kind: 'literal', specifier, names: [] }, index, index + specifier.length);
    });
}

function dynamic(target: ParsedImport['target'], start: number, end: number): ParsedImport {
  return { kind: 'dynamic', target, span: { start, end }, optional: false };
}
