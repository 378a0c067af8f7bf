/** How the hooks of a repository start this tool. */
export interface ToolCalls {
  /** The installed command, relative to the work tree's top folder: `node_modules/.bin/vetted-imports`. */
  readonly bin: string;
  /** Packages are installed without `node_modules` (https://yarnpkg.com/features/pnp). */
  readonly plugAndPlay: boolean;
  /** What a person runs where the tool is missing: `npm install`. */
  readonly install: string;
  /** What runs the commands of the packages at the top: `npx`. */
  readonly runner: string;
  /** How a person starts this tool in the working folder: `npx vetted-imports`. */
  readonly command: string;
  /** Does a package.json of the repository bring it? */
  readonly named: boolean;
}

/**
 * The lines that call this tool from a hook script. They hold in any POSIX shell, with or without `-e`
 * and `-u`, and say what to run where the tool is not installed (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html).
 */
export function scriptLines({ bin, plugAndPlay, install }: ToolCalls): readonly string[] {
  const installed = quote(bin);
  return [
    'if [ "${CHECK_IMPORTS-}" = 0 ]; then',
    "  echo 'check-imports: switched off by CHECK_IMPORTS=0; nothing was checked.' >&2",
    'elif ! command -v node >/dev/null 2>&1; then',
    `  echo 'check-imports: this hook finds no node on its PATH, so the commit was not checked.' >&2`,
    '  exit 1',
    `elif [ -x ${installed} ]; then`,
    `  ${installed} hook pre-commit`,
    ...(plugAndPlay ? ['elif [ -f .pnp.cjs ]; then', '  yarn vetted-imports hook pre-commit'] : []),
    'elif command -v vetted-imports >/dev/null 2>&1; then',
    '  vetted-imports hook pre-commit',
    'else',
    `  echo 'check-imports: vetted-imports is not installed, so the commit was not checked. Run: ${install}' >&2`,
    '  exit 1',
    'fi || exit $?',
  ];
}

/** How the one-line form is written where it stands. */
export interface LineStyle {
  /** What follows `hook pre-commit`. */
  readonly arguments: '' | '"$@"';
  /** The marks around texts: the others are left to what holds the line. */
  readonly quotes: '"' | "'";
}

/** The same in one line, for places that hold one command. What follows it after `; ` runs if it succeeds. */
export function oneLine({ bin, plugAndPlay, install }: ToolCalls, style: LineStyle): string {
  const { quotes } = style;
  const call = ['hook pre-commit', style.arguments].filter((part) => part !== '').join(' ');
  const installed = /^[\w./@+-]+$/.test(bin) ? bin : `${quotes}${bin}${quotes}`;
  const pnp = plugAndPlay ? ` elif [ -f .pnp.cjs ]; then yarn vetted-imports ${call};` : '';
  const advice = `${quotes}check-imports: vetted-imports is not installed. Run: ${install}${quotes}`;
  return `if [ -x ${installed} ]; then ${installed} ${call};${pnp} else echo ${advice} >&2; exit 1; fi || exit $?`;
}

/** A word that a shell takes as it is (POSIX, 2.2.2). */
function quote(word: string): string {
  return /^[\w./@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
