import type { Command } from 'commander';
import { HOME, TOOL } from '../model/tool.ts';

/** A command line without the tool’s name, and what it does. */
type Example = readonly [line: string, meaning: string];

/** What the help of each command shows, by the words that lead to it. Tests run all of them as they are printed. */
const examples: Readonly<Record<string, readonly Example[]>> = {
  '': [
    ['init', 'set up the whitelist and the pre-commit hook'],
    ['', 'check what the work tree adds to HEAD'],
    ['--staged', 'check what the next commit adds'],
    ['--since origin/main', 'check what a branch adds'],
    ['review', 'decide about the packages that were found'],
    ['approve npm:undici --reason "connection pools"', ''],
  ],
  check: [
    ['check', 'what the work tree adds to HEAD'],
    ['check src app.py', 'all imports of a folder and a file'],
    ['check --since origin/main --policy-from base', 'a branch, as its base would have it judged'],
    ['check --all --format concise --format sarif=report.sarif', ''],
    ['check --stdin --stdin-filename app.py < app.py', 'what an editor has not saved yet'],
  ],
  init: [
    ['init --dry-run', 'show what would be written'],
    ['init --yes', 'write it'],
    ['init --check', 'in CI: does git run the hook?'],
    ['init --ci github --owner @acme/security --dry-run', 'the workflow that checks every pull request'],
    ['init --agent claude,codex --dry-run', 'hooks of coding assistants'],
    ['init --remove --yes', 'take the hook away; the whitelist stays'],
  ],
  list: [
    ['list', 'packages, and who decided about them'],
    ['list src --references', 'every import below a folder, and where it leads'],
    ['list --format json', ''],
  ],
  explain: [
    ['explain flask', 'what `import flask` is, and what would change that'],
    ['explain npm:lodash/fp', ''],
    ['explain app.py:1', 'the import on a line'],
    ['explain unapproved-package/young', 'what a finding means'],
  ],
  approve: [
    ['approve npm:undici --reason "connection pools"', ''],
    ['approve pypi:opencv-python --imports cv2 --reason "thumbnails"', ''],
    ['approve npm:undici --reason "a trial" --expires 2027-06-30', ''],
    ['approve --all-requested', 'what was requested, at once'],
    ['approve --record-imports', 'only write down which modules packages provide'],
  ],
  deny: [['deny npm:request --use npm:undici --reason "unmaintained"', '']],
  'agent-hook': [['agent-hook --agent claude < event.json', 'what Claude Code is answered']],
  request: [['request pypi:pandas --reason "the monthly report"', '']],
  prune: [
    ['prune --dry-run', 'list what can go'],
    ['prune --yes', 'remove it'],
  ],
  review: [
    ['review', 'what the work tree adds, and what was requested'],
    ['review --all', 'all of the project that nobody approved'],
    ['review --expiring', 'approvals that end'],
    ['review --baseline', 'what stood there before the linter came'],
  ],
  lsp: [['lsp --stdio', 'editors start it: see docs/editors.md']],
  mcp: [['mcp', 'coding assistants start it: see docs/mcp.md']],
  ci: [
    ['ci', 'in a job of GitHub or GitLab'],
    ['ci --since origin/main --sarif report.sarif', ''],
  ],
  hook: [
    ['hook pre-commit', ''],
    ['hook pre-push', ''],
  ],
  'hook pre-commit': [
    ['hook pre-commit', 'what the next commit adds; some hook managers add names of files'],
  ],
  'hook pre-push': [['hook pre-push origin', 'git names the commits on standard input']],
  version: [['version', '']],
};

/** @returns What stands below the options of a command. */
export function helpBelow(path: string): string {
  const texts = [exampleText(examples[path] ?? []), furtherHelp[path] ?? ''];
  return texts
    .filter((text) => text !== '')
    .map((text) => `\n${text}`)
    .join('\n');
}

function exampleText(rows: readonly Example[]): string {
  if (rows.length === 0) return '';
  const width = rows.reduce(
    (most, [line, meaning]) => (meaning === '' ? most : Math.max(most, line.length)),
    0,
  );
  const lines = rows.map(([line, meaning]) => `  ${TOOL} ${line.padEnd(width)}  ${meaning}`.trimEnd());
  return ['Examples:', ...lines].join('\n');
}

/** What some pages end with. */
const furtherHelp: Readonly<Record<string, string>> = {
  '': `Exit codes:
  0  nothing to report
  1  findings of severity error, or more warnings than --max-warnings allows
  2  wrong usage or config, or something could not be checked

Rules, hooks, CI and config: ${HOME}#readme`,
  completion: `Put the script where the shell looks for it, and again when the tool was updated:
  bash, with the package bash-completion (without it, source the script in ~/.bashrc):
    mkdir -p ~/.local/share/bash-completion/completions
    ${TOOL} completion bash | tee ~/.local/share/bash-completion/completions/{vetted,check}-imports > /dev/null
  zsh, the last line once only:
    mkdir -p ~/.zfunc
    ${TOOL} completion zsh > ~/.zfunc/_${TOOL}
    echo 'fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit' >> ~/.zshrc
  fish:
    mkdir -p ~/.config/fish/completions
    ${TOOL} completion fish | tee ~/.config/fish/completions/{vetted,check}-imports.fish > /dev/null

It completes the command where it begins a line, with a path before it or without, and not behind npx.`,
};

/** Adds examples to the help of a command and of those below it. */
export function addExamples(command: Command, parents: readonly string[] = []): void {
  command.addHelpText('after', () => helpBelow(parents.join(' ')));
  for (const subcommand of command.commands) addExamples(subcommand, [...parents, subcommand.name()]);
}
