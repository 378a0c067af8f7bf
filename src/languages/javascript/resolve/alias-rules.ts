import { matchStar, type Target } from './lead.ts';
import { unclear, type Value } from './literals/value.ts';
import { joinPath } from '../../../text/paths.ts';
import { compilePattern, replaceByPattern } from './pattern.ts';

/** One alias: `apply` gives the targets of a specifier that it matches, undefined for all others. */
export interface AliasRule {
  readonly key: string;
  /** Offset of the alias in its file. */
  readonly start: number;
  readonly apply: (specifier: string) => readonly Target[] | undefined;
}

interface Context {
  /** The folders that relative targets may start from, the likeliest first. */
  readonly folders: readonly string[];
  /** Keys are patterns, and targets that are packages are stand-ins for tests. */
  readonly isJest: boolean;
  readonly start: number;
}

/** Gives a target its place: fills in or appends what the alias left over of the specifier. */
type Fill = (target: string) => string;

/** @returns The aliases of an `alias` or `moduleNameMapper` setting: `{ find: target }` or a list. */
export function aliasRules(value: Value, context: Context): readonly AliasRule[] {
  if (value.kind === 'object') {
    return value.entries.map(({ key, value: target, start }) =>
      ruleOf({ kind: 'string', value: key }, target, { ...context, start }),
    );
  }
  if (value.kind !== 'array') return [];
  return value.items.flatMap((item) => {
    if (item.kind !== 'object') return [];
    const property = (name: string) => item.entries.find(({ key }) => key === name);
    const find = property('find');
    if (!find) return aliasRules(item, context);
    return [ruleOf(find.value, property('replacement')?.value ?? unclear, { ...context, start: find.start })];
  });
}

function ruleOf(find: Value, target: Value, context: Context): AliasRule {
  const { start, isJest } = context;
  const key = find.kind === 'string' ? find.value : find.kind === 'regex' ? `/${find.source}/` : '';
  const isPattern = find.kind === 'regex' || isJest || key.startsWith('^');
  const match = isPattern ? patternMatcher(find) : textMatcher(key);
  return {
    key,
    start,
    apply: (specifier) => {
      const fill = match(specifier);
      return fill && targetsOf(target, fill, context);
    },
  };
}

function patternMatcher(find: Value): (specifier: string) => Fill | undefined {
  const source = find.kind === 'regex' ? find.source : find.kind === 'string' ? find.value : '';
  const pattern = compilePattern(source);
  return (specifier) => {
    if (!pattern || replaceByPattern(pattern, specifier, { replacement: '', whole: true }) === undefined)
      return undefined;
    // Rollup and Vite replace the match alone; Jest and Babel put the target in the specifier's place.
    return (replacement) =>
      replaceByPattern(pattern, specifier, { replacement, whole: find.kind === 'string' }) ?? replacement;
  };
}

/** `@` matches `@` and `@/x`, `@/` all that begins so, `x$` only `x` (webpack), `x/*` as TypeScript does. */
function textMatcher(key: string): (specifier: string) => Fill | undefined {
  if (key === '') return () => undefined;
  if (key.includes('*')) {
    return (specifier) => {
      const star = matchStar(key, specifier);
      return star === undefined ? undefined : (target) => target.replace('*', () => star);
    };
  }
  if (key.endsWith('$'))
    return (specifier) => (specifier === key.slice(0, -1) ? (target) => target : undefined);
  const prefix = key.endsWith('/') ? key : `${key}/`;
  return (specifier) => {
    if (specifier === key) return (target) => target;
    return specifier.startsWith(prefix)
      ? (target) => `${target}/${specifier.slice(prefix.length)}`
      : undefined;
  };
}

function targetsOf(value: Value, fill: Fill, context: Context): readonly Target[] {
  switch (value.kind) {
    case 'path':
      return filledPaths(value.path, fill);
    case 'array':
      return value.items.flatMap((item) => targetsOf(item, fill, context));
    case 'string': {
      const specifier = fill(value.value.replace(/^<rootDir>/, '.'));
      const isPath = context.isJest || /^\.{0,2}(?:\/|$)/.test(specifier);
      const paths = context.folders.map((folder) => joinPath(folder, specifier));
      return paths.map((path) => (isPath ? { kind: 'path', path } : { kind: 'either', path, specifier }));
    }
    case 'object':
    case 'regex':
    case 'unclear':
      return [{ kind: 'unclear' }];
  }
}

/** A path that was read has lost the slash at its end, which a pattern's replacement may need. */
function filledPaths(path: string | undefined, fill: Fill): readonly Target[] {
  if (path === undefined) return [{ kind: 'path', path }];
  const filled = new Set([joinPath('', fill(path)), joinPath('', fill(`${path}/`))]);
  return [...filled].map((target) => ({ kind: 'path', path: target }));
}
