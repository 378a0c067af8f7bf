import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../kit/scratch.ts';

/*
 * npx, `npm exec`, bunx, uvx, `pipx run` and `uv run` fetch a package where none of that name is installed, and run it: in a
 * clone before its installation that is a stranger's. Whatever this repository runs, prints or documents keeps them from it.
 */

/** A command of theirs; what a quoted message or a table says about one is none. */
const command =
  /\b(?:npx|bunx|pnpx|npm (?:-\S+ \S+ )*exec|(?:pnpm|yarn) dlx|(?:uvx|uv tool run|pipx run|uv run)(?=[^`'"|\n]* (?:check|vetted)-imports))(?= [-\w@$.{])(?! (?:and|are|asks?|ends?|fetche?s|gets|has|is|reads|takes|to|with|would|of)\b)[^`'"|\n]*/g;

const fetchesNothing = /^(?:npx --no --|bunx --no-install|npm .*exec --no --|uv run --no-sync)(?: |$)/;

/** Files that show something else than a command of ours, and why. */
const others: Readonly<Record<string, string>> = {
  'docs/commands.md': 'commands of other projects',
  'src/containers/justfile.ts': 'an example of what a project has',
  'src/containers/makefile.ts': 'an example of what a project has',
  'src/containers/procfile.ts': 'an example of what a project has',
  'test/docs/runners.test.ts': 'this test',
  'test/e2e/agent-gate.test.ts': 'commands of other projects',
  'test/e2e/command-files.test.ts': 'commands of other projects',
  'test/e2e/commands.test.ts': 'commands of other projects',
  'test/e2e/ways-around.test.ts': 'programs that a repository runs by itself',
  'test/analysis/source-kinds.test.ts': 'commands of other projects',
  'test/containers/ci.test.ts': 'commands of other projects',
  'test/containers/configs.test.ts': 'commands of other projects',
  'test/containers/dockerfile.test.ts': 'commands of other projects',
  'test/containers/markdown.test.ts': 'commands of other projects',
  'test/containers/task-files.test.ts': 'commands of other projects',
  'test/contracts/command-file-samples.ts': 'commands of other projects',
  'test/ecosystems/npm/commands.test.ts': 'commands of other projects',
  'test/hook-managers/json-entry.test.ts': 'a command that a project has already',
  'test/languages/python/session-commands.test.ts': 'commands of other projects',
  'test/languages/shell/programs.test.ts': 'programs of other projects',
  'fixtures/languages/shell/scripts.md': 'scripts of other projects',
  'test/shell/commands.test.ts': 'commands of other projects',
  'test/tool-command/command.test.ts': 'commands that a report must not show',
};

const files = execFileSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' })
  .split('\0')
  .filter(
    (name) =>
      /\.(?:ts|js|md|ya?ml|json|txt|sh)$|^\.husky\/|^bin\//.test(name) && name !== 'package-lock.json',
  );

test('no command fetches a package that is not installed', () => {
  const fetching = files.flatMap((name) =>
    [...readFileSync(path.join(projectRoot, name), 'utf8').matchAll(command)]
      .map(([text]) => text)
      .filter((text) => others[name] === undefined && !fetchesNothing.test(text))
      .map((text) => `${name}: ${text}`),
  );
  expect(fetching).toEqual([]);
});

test.each([
  ['npx vetted-imports review', true],
  ['npx --no vetted-imports --staged', true],
  ['npx -y vetted-imports', true],
  ['npm --prefix web exec -- vetted-imports', true],
  ['bunx vetted-imports', true],
  ['npx --yes check-imports@1.0.0', true],
  ['npx --yes vetted-imports@0.1.0 review', true],
  ['uvx vetted-imports', true],
  ['pipx run vetted-imports', true],
  ['uv run vetted-imports review', true],
  ['uv run --no-sync --project api vetted-imports', false],
  ['npx --no -- vetted-imports review', false],
  ['npm --prefix web exec --no -- vetted-imports', false],
  ['bunx --no-install vetted-imports', false],
])('%s fetches: %s', (text, answer) => {
  const found = [...text.matchAll(command)].map(([one]) => one);
  expect(found.some((one) => !fetchesNothing.test(one))).toBe(answer);
});
