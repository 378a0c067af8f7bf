import { endOfRun, findBlock } from './block.ts';
import { pushScriptLines, scriptLines } from './script.ts';
import { TOOL } from '../model/tool.ts';
import { noSettings, type Settings, type Start } from './start.ts';

/** The tool's name as a word of a command, and the names of the hooks that start it (mirrors/pre-commit). */
const tool =
  /(?:^|[\s"'`=/(;&|[,:])(?:check|vetted)-imports(?:\.[cm]?js|-python|-system)?(?:@[\w.^~<>=*-]+)?(?=$|[\s"'`;&|)/\],])/;

/** The version behind it. */
const toolVersion = /(?:check|vetted)-imports@([\w.^~<>=*-]+)/;

/** Where a text stands: what holds for all of its lines. */
export interface Surroundings {
  readonly settings: Settings;
  /** A version that stands beside the text, as `rev:` of the pre-commit framework does. */
  readonly version: string | null;
  /** @returns The 1-based line of the file, for the 0-based one of the text. */
  readonly lineAt: (line: number) => number;
}

const wholeFile: Surroundings = { settings: noSettings, version: null, lineAt: (line) => line + 1 };

/**
 * Lists what starts this tool in the text of a script. Comments and texts that are printed start nothing, and neither
 * does what stands behind the end of a script.
 */
export function startsInScript(text: string, around: Surroundings = wholeFile): readonly Start[] {
  const { settings, version, lineAt } = around;
  const range = initRange(text);
  const end = endOfRun(text);
  const starts: Start[] = [];
  let offset = 0;
  for (const [at, line] of text.split('\n').entries()) {
    const begins = range?.start === offset;
    const within = range !== null && offset >= range.start && offset < range.end;
    if ((begins || (!within && isStart(line))) && offset <= end) {
      const start = begins ? startOfInit(text.slice(range.start, range.end)) : startOfLine(line);
      starts.push({ ...start, version: start.version ?? version, settings, line: lineAt(at) });
    }
    offset += line.length + 1;
  }
  return starts;
}

type Command = Pick<Start, 'kind' | 'text' | 'version'>;

function startOfLine(line: string): Command {
  const text = codeOf(line).replaceAll(/\s+/g, ' ').trim();
  const version = toolVersion.exec(text)?.[1] ?? null;
  return { kind: 'command', text: version === null ? text : text.replace(`@${version}`, '@'), version };
}

function startOfInit(text: string): Command {
  const lines = linesOf(text);
  return { kind: isOfInit(lines) ? 'init' : 'block', text: lines.join('\n'), version: null };
}

/** Is a line one that runs the tool? */
function isStart(line: string): boolean {
  const code = codeOf(line);
  const name = tool.exec(code);
  if (name === null) return false;
  const command = code
    .slice(0, name.index + 1)
    .split(/[;&|(]/)
    .at(-1);
  return !/^\s*(?:echo|printf|:)\s/.test(command ?? '');
}

function codeOf(line: string): string {
  return line.split(/(?:^|\s)#/, 1)[0] ?? '';
}

/** How the lines of `init` begin, and those of version 0.1.0. */
const opening =
  /^[ \t]*(?:\(\n[ \t]*fail\(\) \{ printf "(?:check|vetted)-imports: |if \[ "\$\{CHECK_IMPORTS-\}" = 0 \]; then$)/m;

/** Where lines of `init` stand: between their marks, or, in a data file, without them. */
function initRange(text: string): { readonly start: number; readonly end: number } | null {
  const block = findBlock(text);
  if (block) return block;
  const match = opening.exec(text);
  if (match === null) return null;
  const closing = /^[ \t]*(?:\)|fi) \|\| exit \$\?$/gm;
  closing.lastIndex = match.index;
  return closing.exec(text) ? { start: match.index, end: closing.lastIndex } : null;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^# (?:>>> check-imports >>>|<<< check-imports <<<)$/.test(line));
}

/** What people put this tool on their PATH with. */
const installers = [`npm install --global ${TOOL}`, `pipx install ${TOOL}`, `uv tool install ${TOOL}`];

/** Are lines those that `init` writes, for whatever folder and package manager? */
function isOfInit(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  const folder = /cd -P "\$top"\/(\S+|"(?:[^"\\]|\\.)*"); then$/m.exec(text)?.[1] ?? '';
  const install = /"not installed" "Run: ((?:[^"\\]|\\.)*)" "/.exec(text)?.[1] ?? '';
  const outside = /, a person runs: (.*?) && vetted-imports init --remove/.exec(text)?.[1] ?? '';
  const environments = text.matchAll(
    /\] && cd -P (?:"\$top"\/)?(\S+|"(?:[^"\\]|\\.)*") 2>\/dev\/null; then$/gm,
  );
  const calls = {
    folder: unquoted(folder).replace(/\/?node_modules\/vetted-imports$/, ''),
    plugAndPlay: text.includes('.pnp.cjs'),
    // An absolute one stands in hooks of one clone, never in a file that git tracks.
    environments: [...environments]
      .map(([, word = '']) => unquoted(word))
      .filter((environment) => !environment.startsWith('/')),
    install: install.replaceAll(/\\(.)/g, '$1'),
    outside: installers.includes(outside) ? outside : '',
    add: null,
    runner: '',
    command: '',
    named: true,
  };
  const forms = [
    scriptLines(calls),
    scriptLines(calls, ' "$@"'),
    scriptLines(calls, " '{1}'", 'pre-push'),
    pushScriptLines(calls),
  ];
  return forms.some((form) => form.map((line) => line.trim()).join('\n') === text);
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word;
}
