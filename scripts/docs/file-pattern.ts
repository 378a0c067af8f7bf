/** What decides which files the hooks of the pre-commit framework are called for. */
export interface RelevantFiles {
  /** Endings without their dot: of programs, of containers, of what starts this tool. */
  readonly extensions: readonly string[];
  /** Names of manifests and configs. */
  readonly names: readonly string[];
  /** Names with a dot at their start and none behind it, as expressions. */
  readonly dotNames: readonly string[];
  /** How further paths end: `*` stands for a part of a name, `**` for folders. */
  readonly paths: readonly string[];
}

/**
 * Python's `re.search` meets it with a path. A name without a dot may be a script, a hook or a `Makefile`.
 *
 * @returns An expression that says yes to every file that may be read.
 */
export function filePattern({ extensions, names, dotNames, paths }: RelevantFiles): string {
  const dotted = names.filter((name) => name.lastIndexOf('.') === 0).map((name) => literal(name.slice(1)));
  const endings = names
    .filter((name) => name.lastIndexOf('.') > 0)
    .map((name) => name.slice(name.lastIndexOf('.') + 1));
  const extensionChoice = choice([...extensions, ...endings].map(literal));
  const pattern = `(?:^|/)[^./]+$|\\.${extensionChoice}$|(?:^|/)\\.${choice([...dotted, ...dotNames])}$`;
  const isCovered = new RegExp(pattern, 'i');
  const further = paths.filter((path) => !isCovered.test(path.replaceAll('*', 'harbour')));
  return `(?i)${pattern}|(?:^|/)${choice(further.map(ending))}$`;
}

/** Folders between others may be missing. What begins with a slash is a whole path; elsewhere it does no harm. */
function ending(path: string): string {
  return path
    .replace(/^\//, '')
    .split(/(\*\*\/|\*)/)
    .map((part) => (part === '**/' ? '(?:.*/)?' : part === '*' ? '[^/]*' : literal(part)))
    .join('');
}

/** @returns The text of `.pre-commit-hooks.yaml` with the expression; its hooks share one by an anchor. */
export function hookDefinitions(text: string, pattern: string): string {
  const anchored = /^( *files: &files >-\n *).*$/m;
  if (!anchored.test(text)) throw new Error('.pre-commit-hooks.yaml has no files: &files');
  return text.replace(anchored, (_, before: string) => before + pattern);
}

function choice(expressions: readonly string[]): string {
  return `(?:${[...new Set(expressions)].join('|')})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
