import type { NamedList } from '../../../model/manifest.ts';
import { fileName } from '../../../text/file-names.ts';

/** A word that may be the path of a list, as a command writes it. */
export interface ListWord extends Omit<NamedList, 'path'> {
  readonly word: string;
}

/**
 * Finds the words of a line that lead to lists of packages: behind an option with which an installer takes a list, or under
 * a key that says so. Other words of a command that installs are only possible; what it writes is none.
 *
 * @param path Of the file with the line: keys mean something in files of some names alone.
 */
export function listWords(line: string, path: string): readonly ListWord[] {
  if (!HINT.test(line)) return [];
  const commands = line.replace(HASHED, ' ').split(COMMAND_END);
  return commands.flatMap((command) => {
    const ofConda = listsOfConda(command);
    const sure = [
      ...valuesOf(command, path),
      ...command.split('|').flatMap((part) => listsOfPip(wordsOf(part))),
    ];
    const constraints = constraintsOf(command).filter((word) => !sure.includes(word));
    const listedWords = new Set([...ofConda, ...sure, ...constraints]);
    const possible = mayInstall(command) ? mentioned(command).filter((word) => !listedWords.has(word)) : [];
    return [
      ...ofConda.map((word): ListWord => ({ word, kind: 'conda' })),
      ...sure.map((word): ListWord => ({ word, kind: 'requirements' })),
      ...constraints.map((word): ListWord => ({ word, kind: 'constraints' })),
      ...possible.map((word): ListWord => ({ word, kind: 'possible' })),
    ];
  });
}

/** What each of the expressions below needs: a lockfile has ten thousand lines without it. */
const HINT = /pip|(?<!\w)uv|install|requirement|environment|conda|mamba|(?<![\w-])-r/i;

/** Files that a workflow only hashes, to know its cache again. */
const HASHED = /\bhashFiles\([^)]*\)/g;

const COMMAND_END = /&&|\|\||;/;

/** Where a shell, or `tee`, writes to. */
const WRITTEN = /\d?>>?\s*[^\s"'|]+|\|\s*tee\b[^|]*/g;

function wordsOf(command: string): readonly string[] {
  return command
    .replace(WRITTEN, ' ')
    .split(/[\s"'`,=()[\]<>|]+/)
    .filter((word) => word !== '');
}

/**
 * `conda env create -f stack.yml`, `conda install --file=list`; what GitHub's actions and Read the Docs call the environment
 * (https://github.com/conda-incubator/setup-miniconda, https://docs.readthedocs.com/platform/stable/config-file/v2.html).
 */
function listsOfConda(command: string): readonly string[] {
  const named = ENVIRONMENT_KEY.exec(command)?.[1];
  if (named !== undefined) return [named];
  return CONDA_INSTALLS.test(command) ? [...command.matchAll(CONDA_FILE)].map(([, word = '']) => word) : [];
}

const ENVIRONMENT_KEY = /^\s*(?:-\s+)?environment(?:-file)?\s*:\s*["']?([\w./${}\\-]+)/;
const CONDA_INSTALLS = /(?<![a-z\d])(?:conda|(?:micro)?mamba)(?:\b|_).*?(?:\b|_)(?:install|create|update)\b/i;
const CONDA_FILE =
  /["'\s(](?:-f\s*|--file(?:\s+|=))["']?([^\s"',\])]+)|["'](?:-f|--file)["'],\s*["']([^"']+)/g;

/**
 * Commands that take lists (https://pip.pypa.io/en/stable/cli/, https://docs.astral.sh/uv/reference/cli/,
 * https://pip-tools.readthedocs.io/en/stable/cli/, https://pipenv.pypa.io/en/latest/cli.html, all read on 2026-11-30;
 * `install` of nox, `$(PIP)` of a Makefile).
 */
const INSTALL =
  /(?<![a-z\d])pip[\w.]*\}* (?:\S+ )*?(?:install|download|wheel|sync|compile)(?= )|(?<![\w-])uv (?:(?!run )\S+ )*?(?:add|tool)(?= )|\.(?:run_)?install(?= )|(?<![\w-])pip-(?:sync|compile)(?= )/i;

/** Those whose other words are lists, too. */
const TAKES_LISTS = /(?:pip |pip-)(?:sync|compile)$/i;

/** pip takes the beginning of an option for the option (https://docs.python.org/3/library/optparse.html), and flags before it. */
const LIST_OPTION = /^(?:-[UIqvy]*r|--requirem\w*|--with-requirements)$/;
const WITH_LIST = /^-[UIqvy]*r(?=[\w.$/{~])(.+)$/;

/** uv installs a list for a program that it runs (https://docs.astral.sh/uv/reference/cli/#uv-run). */
const RUN = /(?<![\w-])(?:uv run|uvx)(?= )/i;

function listsOfPip(words: readonly string[]): readonly string[] {
  const command = ` ${words.join(' ')} `;
  const install = INSTALL.exec(command);
  const verb = install ?? RUN.exec(command);
  if (verb === null) return [];
  const takesLists = TAKES_LISTS.test(verb[0]);
  const isListOption = (word: string) =>
    install === null ? word === '--with-requirements' : LIST_OPTION.test(word);
  const options = command.slice(verb.index + verb[0].length).split(' ');
  return options.flatMap((word, at) => {
    const option = options[at - 1] ?? '';
    const attached = install === null ? undefined : WITH_LIST.exec(word)?.[1];
    if (attached !== undefined) return [attached];
    if (word === '' || word.startsWith('-')) return [];
    return isListOption(option) || (takesLists && !option.startsWith('-')) ? [word] : [];
  });
}

/** Their addresses and what they include count, as those of lists that are called constraints. */
function constraintsOf(command: string): readonly string[] {
  const variable = CONSTRAINT_VARIABLE.exec(command)?.[1];
  if (variable !== undefined) return [variable];
  return command.split('|').flatMap((part) => {
    const words = wordsOf(part);
    const isInstall = INSTALL.test(` ${words.join(' ')} `);
    return isInstall ? words.filter((_, at) => CONSTRAINT_OPTION.test(words[at - 1] ?? '')) : [];
  });
}

const CONSTRAINT_VARIABLE = /\b(?:PIP|UV)_(?:BUILD_)?CONSTRAINT["']?\s*[=:]\s*["']?([^\s"']+)/;

/**
 * Settings whose values are lists: pip's variable (https://pip.pypa.io/en/stable/topics/configuration/), `requirements` of
 * Read the Docs (https://docs.readthedocs.com/platform/stable/config-file/v2.html) and of actions, and the lines of tox.
 */
function valuesOf(command: string, path: string): readonly string[] {
  const variable = /\bPIP_REQUIREMENT["']?\s*[=:]\s*["']?([^\s"']+)/.exec(command)?.[1];
  if (variable !== undefined) return [variable];
  const name = fileName(path).toLowerCase();
  const ofTox = /^(?:tox\.(?:ini|toml)|setup\.cfg)$/.test(name) ? TOX_LINE.exec(command)?.[1] : undefined;
  if (ofTox !== undefined) return [ofTox];
  const hasKey = /^\.?readthedocs\.ya?ml$|^action\.ya?ml$/.test(name) || path.startsWith('.github/');
  const value = hasKey ? LIST_KEY.exec(command)?.[1] : undefined;
  return value === undefined ? [] : [value];
}

const TOX_LINE =
  /^(?:\s*|\s*deps\s*=[\s["']*|\s*[\w,{}-]+:\s*)["']?(?:-r|--requirement)[\s=]*([\w./${~][^\s"']*)/;
const LIST_KEY = /^\s*(?:-\s+)?requirements(?:[-_](?:file|path))?\s*:\s*["']?([^\s"'|>,[{]+)/;

/** A command that installs packages of Python from what stands beside it, or a line that goes on with such options. */
function mayInstall(command: string): boolean {
  return (
    MENTION.test(command) || OPTION_FIRST.test(command) || INSTALL.test(` ${wordsOf(command).join(' ')} `)
  );
}

/** A key or a function that is named after requirements. */
const MENTION = /^\s*(?:-\s+)?["']?\w*requirements?\w*["']?\s*[:=(]/i;

/** A line of a list in YAML or tox.ini that goes on with options of pip. */
const OPTION_FIRST = /^\s*(?:-\s+)?["']?(?:-r|--requirement)(?=[\s=\w./${~])/;

/** What a command says besides its options: `-rdeps.txt` holds a path, too. Constraints have nothing installed. */
function mentioned(command: string): readonly string[] {
  const words = wordsOf(command);
  return words.flatMap((word, at) => {
    const option = words[at - 1] ?? '';
    const attached = /^-[rf](?=[\w.$/{~])/.test(word) ? word.slice(2) : word;
    const isNamed = /[./]/.test(attached) || attached !== word || FILE_OPTION.test(option);
    const isPath = attached !== '' && !attached.startsWith('-') && attached.length <= LONGEST_PATH;
    const isInstalled = attached !== word || /^(?:-r|--requirements?)$/.test(option);
    const isConstraint = CONSTRAINT_OPTION.test(option) || (CONSTRAINT_NAME.test(attached) && !isInstalled);
    return isNamed && isPath && !isConstraint && !OUTPUT_OPTION.test(option) ? [attached] : [];
  });
}

const LONGEST_PATH = 250;

/** The options behind which a word without a dot is a file. */
const FILE_OPTION = /^(?:-[rf]|--(?:requirements?|file|with-requirements))$/;

/** The options behind which a program writes. */
const OUTPUT_OPTION = /^(?:-o|--output(?:-file)?|--report|--log)$/;

/** Options of pip and uv, and the variables that stand for them. */
const CONSTRAINT_OPTION = /^(?:-[cb]|--(?:build-)?constraints?|(?:PIP|UV)_(?:BUILD_)?CONSTRAINT:?)$/;
/** What is called so is installed where an option says it, and else written, hashed or a variable's. */
const CONSTRAINT_NAME = /constraints[^/]*\.(?:txt|in)$|(?:^|\/)constraints\/[^/]*$/i;
