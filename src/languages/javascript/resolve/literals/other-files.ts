import type { Token } from './tokens.ts';

/** What a name of a program stands for: an export of another file, `default` for the file as a whole. */
export interface Binding {
  readonly path: string;
  readonly name: string;
}

/** Settings that name a file whose settings hold too. */
const inheritance: ReadonlySet<string> = new Set(['extends', 'preset', 'presets', 'configFile']);

/** Lists are no longer than this. In tokens: whatever encloses a path is looked for no further away. */
const longestList = 400;

/**
 * Finds the files beside a configuration file that it takes settings from: `import … from './x'`,
 * `require('./x')`, `import('./x')`, `extends: './x'`.
 */
export function otherFilesIn(tokens: readonly Token[]): {
  readonly paths: readonly string[];
  readonly bindings: ReadonlyMap<string, Binding>;
} {
  const paths = new Set<string>();
  const bindings = new Map<string, Binding>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'string' || !/^\.{1,2}\//.test(token.value) || !isTaken(tokens, index)) continue;
    paths.add(token.value);
    for (const [local, name] of localNames(tokens, index)) bindings.set(local, { path: token.value, name });
  }
  return { paths: [...paths], bindings };
}

function isTaken(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index - 1];
  if (token?.kind === 'name') return token.value === 'from' || token.value === 'import';
  if (token?.value === '(') return /^(?:require|import|resolve)$/.test(tokens[index - 2]?.value ?? '');
  return inheritance.has(settingBefore(tokens, index));
}

/** The key of the setting that a string is the value of, alone or in a list. */
function settingBefore(tokens: readonly Token[], index: number): string {
  let at = index - 1;
  while (
    at > index - longestList &&
    (tokens[at]?.kind === 'string' || /^[[,]$/.test(tokens[at]?.value ?? ''))
  )
    at -= 1;
  return tokens[at]?.value === ':' ? (tokens[at - 1]?.value ?? '') : '';
}

/** The names that a path's import or `require` gives values to, each with the export that it stands for. */
function localNames(tokens: readonly Token[], index: number): readonly (readonly [string, string])[] {
  const isImport = tokens[index - 1]?.value === 'from';
  const end = isImport ? index - 2 : index - 4;
  if (!isImport && (tokens[index - 2]?.value !== 'require' || tokens[index - 3]?.value !== '=')) return [];
  const last = tokens[end];
  if (last?.value === '}') return membersBefore(tokens, end);
  if (last?.kind !== 'name') return [];
  return [[last.value, 'default']];
}

/** `{ a, b as c }` of an import and `{ a, b: c }` of a `require`, by their closing brace. */
function membersBefore(tokens: readonly Token[], end: number): readonly (readonly [string, string])[] {
  const names: (readonly [string, string])[] = [];
  for (let at = end - 1; at > end - longestList && tokens[at]?.value !== '{'; at -= 1) {
    const [name, local] = [tokens[at - 2]?.value ?? '', tokens[at]?.value ?? ''];
    if (tokens[at]?.kind !== 'name') continue;
    const isRenamed = /^(?:as|:)$/.test(tokens[at - 1]?.value ?? '');
    names.push([local, isRenamed ? name : local]);
    if (isRenamed) at -= 2;
  }
  return names;
}
