import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { agentNames } from '../../src/agents/settings/agent.ts';
import { agents } from '../../src/agents/settings/index.ts';
import { runWithAnswers } from '../kit/keys.ts';
import { Scratch, type Finished } from '../kit/scratch.ts';
import { byAda, whitelistText } from '../kit/whitelist.ts';
import { runIn, type Circumstances } from '../kit/world.ts';

/* `init --agent` in real repositories: which files it writes, what it says, and what it leaves alone. */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

const manifest = '{ "devDependencies": { "vetted-imports": "^0.1.0" } }\n';
const whitelist = { 'approved-packages.yaml': whitelistText({ 'npm:known': { approved: 'x', ...byAda } }) };
const program = 'node_modules/vetted-imports/bin/check-imports.js';
const claudeFile = '.claude/settings.json';
const copilotFile = '.github/hooks/check-imports.json';
const assistant = { env: { CLAUDECODE: '1' } };

async function project(files: Files = {}): Promise<Scratch> {
  const scratch = await Scratch.with({ 'package.json': manifest, ...whitelist, ...files });
  open.push(scratch);
  return scratch;
}

const init = (scratch: Scratch, words: string, circumstances: Circumstances = {}): Promise<Finished> =>
  runIn(scratch, ['init', '--agent', ...words.split(' ')], circumstances);

/** Everything in the work tree and in git's folder of hooks, by its path. */
function snapshot({ root }: Scratch): Files {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const name = path.relative(root, path.join(entry.parentPath, entry.name));
    if (entry.isFile() && !/^\.git\/(?!hooks)/.test(name))
      texts[name] = readFileSync(path.join(root, name), 'utf8');
  }
  return texts;
}

describe('each assistant', () => {
  test.each(agentNames)('%s: shown, written, found again, taken away', async (name) => {
    const scratch = await project();
    const before = snapshot(scratch);
    const [file] = agents[name].files;

    const shown = await init(scratch, `${name} --dry-run`);
    expect([shown.code, shown.stderr, snapshot(scratch)]).toEqual([0, '', before]);
    expect(shown.stdout).toContain(`+++ b/${file}\n`);
    expect((await init(scratch, `${name} --check`)).code).toBe(1);

    const done = await init(scratch, `${name} --yes`);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toContain(`Wrote ${file}\nCommit it: git add ${file} && git commit\n`);
    for (const sentence of agents[name].advice) {
      expect(done.stdout.endsWith(`${agents[name].advice.join('\n')}\n`)).toBe(true);
      expect(shown.stdout).toContain(sentence);
    }
    expect(done.stdout.includes('are a beta')).toBe(name === 'cursor');
    // Nothing but its own file: no hook of git, no config.
    expect({ ...snapshot(scratch), [file]: '' }).toEqual({ ...before, [file]: '' });

    const again = await init(scratch, `${name} --yes`);
    expect([again.code, again.stdout.includes('Wrote'), again.stdout.includes('+++')]).toEqual([
      0,
      false,
      false,
    ]);
    const checked = await init(scratch, `${name} --check`);
    expect([checked.code, checked.stdout]).toEqual([
      0,
      expect.stringContaining(`${agents[name].title}: ${file} starts vetted-imports.\n`),
    ]);

    const removed = await init(scratch, `${name} --remove --yes`);
    expect([removed.code, snapshot(scratch)]).toEqual([0, before]);
    expect(existsSync(path.dirname(path.join(scratch.root, file)))).toBe(!file.includes('/'));
  });

  test('several at once, and in words of their own', async () => {
    const scratch = await project();
    const { code, stdout } = await runIn(scratch, [
      'init',
      '--yes',
      '--agent',
      'codex,gemini',
      '--agent',
      'cursor',
    ]);
    expect(code).toBe(0);
    expect([...stdout.matchAll(/^Wrote (.*)$/gm)].map(([, file]) => file)).toEqual([
      '.codex/hooks.json',
      '.gemini/settings.json',
      '.cursor/hooks.json',
    ]);
  });

  test('a terminal asks which', async () => {
    const scratch = await project();
    const { code, screen } = await runWithAnswers(
      scratch,
      ['init', '--agent', 'claude,codex'],
      [[/Write these files\?/, ' \r']],
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('the hooks of Claude Code');
    expect([scratch.has(claudeFile), scratch.has('.codex/hooks.json')]).toEqual([false, true]);
  });

  test('without a terminal and --yes nothing is written', async () => {
    const scratch = await project();
    const before = snapshot(scratch);
    const { code, stderr } = await init(scratch, 'claude');
    expect([code, stderr.includes('Add --yes to write it.'), snapshot(scratch)]).toEqual([2, true, before]);
  });

  test('from a folder below the root', async () => {
    const scratch = await project({ 'web/a.js': '' });
    const done = await init(scratch, 'gemini --yes', { cwd: 'web' });
    expect(done.code, done.stderr).toBe(0);
    expect(scratch.read('.gemini/settings.json')).toContain(`"node ${program} agent-hook --agent gemini"`);
  });

  test('what stands in the file stays; an older entry becomes a new one', async () => {
    const theirs = '// team settings\n{\n  "permissions": {}, // none\n  "hooks": { "Stop": [] }\n}\n';
    const scratch = await project({ [claudeFile]: theirs });
    await init(scratch, 'claude --yes');
    const written = scratch.read(claudeFile);
    expect(written).toContain('// none\n');
    scratch.write({ [claudeFile]: written.replaceAll('"timeout": 10', '"timeout": 99') });
    const checked = await init(scratch, 'claude --check');
    expect([checked.code, checked.stdout]).toEqual([
      1,
      expect.stringContaining(`${claudeFile} starts vetted-imports, but not as this version writes it.\n`),
    ]);
    await init(scratch, 'claude --yes');
    expect(scratch.read(claudeFile)).toBe(written);
    await init(scratch, 'claude --remove --yes');
    expect(scratch.read(claudeFile)).toBe(theirs);
  });

  test.each<[string, Files, string, string]>([
    ['a file that is no JSON', { [claudeFile]: '{' }, 'claude', `${claudeFile} is not JSON: `],
    [
      'hooks that are a list',
      { [claudeFile]: '{ "hooks": [] }' },
      'claude',
      `${claudeFile} has a list under “hooks”`,
    ],
    [
      'a file without its version',
      { '.cursor/hooks.json': '{}' },
      'cursor',
      '.cursor/hooks.json does not say "version": 1',
    ],
  ])('refuses %s, and writes the others', async (_, files, name, message) => {
    const scratch = await project(files);
    for (const words of [`${name},codex --yes`, `${name},codex --remove --yes`, `${name} --dry-run`]) {
      const { code, stderr } = await init(scratch, words);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`vetted-imports: ${message}`)]);
      expect(stderr.trimEnd().split('\n')).toHaveLength(2);
      expect(scratch.has('.codex/hooks.json')).toBe(words.endsWith('codex --yes'));
    }
    expect((await init(scratch, `${name} --check`)).code).toBe(1);
    for (const [file, text] of Object.entries(files)) expect(scratch.read(file)).toBe(text);
  });
});

describe('links', () => {
  test('within the repository are followed', async () => {
    const scratch = await project({ 'team/claude.json': '{\n  "model": "x"\n}\n' });
    scratch.link({ [claudeFile]: '../team/claude.json' });
    await init(scratch, 'claude --yes');
    expect(scratch.read('team/claude.json')).toContain('agent-hook');
    expect(scratch.read(claudeFile)).toBe(scratch.read('team/claude.json'));
    await init(scratch, 'claude --remove --yes');
    expect(scratch.read('team/claude.json')).toBe('{\n  "model": "x"\n}\n');
  });

  test.each<[string, Files, string]>([
    ['a folder elsewhere', { '.claude': '../home' }, 'leads out of the repository through a symbolic link'],
    [
      'a file elsewhere',
      { [claudeFile]: '../../home/.gitconfig' },
      'leads out of the repository through a symbolic link',
    ],
    ['nowhere', { [claudeFile]: '../gone.json' }, 'is a symbolic link that leads nowhere'],
  ])('to %s are refused', async (_, links, message) => {
    const scratch = await project();
    scratch.link(links);
    const { code, stderr } = await init(scratch, 'claude --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${claudeFile} ${message}`)]);
    expect(existsSync(path.join(scratch.home, 'settings.json'))).toBe(false);
  });

  test('a file in another encoding is refused', async () => {
    const scratch = await project();
    scratch.write({ [claudeFile]: Buffer.from('{ "a": "\u00e9" }', 'latin1') });
    const { code, stderr } = await init(scratch, 'claude --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${claudeFile} is not UTF-8`)]);
  });
});

describe('what the hooks start', () => {
  const pyproject =
    '[project]\nname = "shop"\nversion = "0.1.0"\n[dependency-groups]\ndev = ["vetted-imports"]\n';

  test.each<[string, Files, string, string]>([
    ['the package', {}, `node ${program} agent-hook`, 'with the node on PATH'],
    [
      'the package of a folder',
      { 'package.json': '{}', 'web/package.json': manifest },
      `node web/${program} agent-hook`,
      `The hooks start web/${program}`,
    ],
    [
      'the package that is there, although no manifest names it',
      { 'package.json': '{}', [program]: '' },
      `node ${program} agent-hook`,
      'No manifest names vetted-imports: add it',
    ],
    ['archives of Yarn', { '.pnp.cjs': '' }, 'node -r ./.pnp.cjs -e \\"require(', 'Yarn’s archives'],
    [
      'the environment of Python',
      { 'package.json': '', 'pyproject.toml': pyproject, 'uv.lock': '' },
      '.venv/bin/vetted-imports agent-hook',
      'The hooks start .venv/bin/vetted-imports.',
    ],
  ])('%s', async (_, files, command, sentence) => {
    const scratch = await project(files);
    if (files['package.json'] === '') scratch.remove('package.json');
    const { code, stdout, stderr } = await init(scratch, 'gemini --yes');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(sentence);
    expect(scratch.read('.gemini/settings.json')).toContain(`"command": "${command}`);
    expect((await init(scratch, 'gemini --check')).code).toBe(0);
  });

  test.each<[string, Files, string]>([
    ['npm', { 'package-lock.json': '' }, 'npm install --save-dev vetted-imports'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm add --save-dev vetted-imports'],
    ['Yarn', { 'yarn.lock': '' }, 'yarn add --dev vetted-imports'],
    ['Bun', { 'bun.lock': '' }, 'bun add --dev vetted-imports'],
  ])('nothing, where nothing brings it: %s', async (_, lockfile, add) => {
    const scratch = await project({ 'package.json': '{}', ...lockfile });
    const before = snapshot(scratch);
    const { code, stderr } = await init(scratch, 'claude --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`\nAdd it first: ${add}\n`)]);
    expect(snapshot(scratch)).toEqual(before);
  });

  test('what is on PATH, and never in the repository', async () => {
    const scratch = await project({ 'package.json': '{}' });
    const inside = { env: { PATH: path.join(scratch.root, 'bin') } };
    scratch.write({ 'bin/vetted-imports': '#!/bin/sh\n' });
    chmodSync(path.join(inside.env.PATH, 'vetted-imports'), 0o755);
    const env = { PATH: `${scratch.env['PATH'] ?? ''}:${inside.env.PATH}` };
    expect((await init(scratch, 'codex --yes', { env })).code).toBe(2);
    const outside = path.join(scratch.home, 'bin');
    scratch.link({ [path.relative(scratch.root, path.join(outside, 'vetted-imports'))]: process.execPath });
    const { code, stdout } = await init(scratch, 'codex --yes', { env: { PATH: `${env.PATH}:${outside}` } });
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('everybody who has an assistant work here needs it'),
    ]);
    expect(scratch.read('.codex/hooks.json')).toContain(
      '"command": "vetted-imports agent-hook --agent codex"',
    );
  });

  test('opencode loads a file of the package, and of nothing else', async () => {
    const scratch = await project({ '.pnp.cjs': '' });
    const { code, stderr } = await init(scratch, 'opencode --yes');
    expect([code, stderr]).toEqual([2, expect.stringContaining('opencode loads a file of it')]);
  });
});

describe('Copilot, which reads the settings of Claude Code, too', () => {
  test('gets hooks once', async () => {
    const scratch = await project();
    const both = await init(scratch, 'claude,copilot --yes');
    expect([both.code, scratch.has(claudeFile), scratch.has(copilotFile)]).toEqual([0, true, false]);
    expect(both.stdout).toContain(`Copilot: it reads ${claudeFile}, too`);
    expect((await init(scratch, 'copilot --check')).code).toBe(0);
    expect((await init(scratch, 'copilot --yes')).stdout).not.toContain('Wrote');
    // Another file of Claude Code is none of its hooks.
    await init(scratch, 'claude --remove --yes');
    scratch.write({ [claudeFile]: '{ "model": "x" }\n' });
    expect((await init(scratch, 'copilot --check')).code).toBe(1);
    await init(scratch, 'copilot --yes');
    expect(scratch.has(copilotFile)).toBe(true);
  });

  test('loses its own when Claude Code gets some', async () => {
    const scratch = await project();
    await init(scratch, 'copilot --yes');
    const { stdout } = await init(scratch, 'claude --yes');
    expect(stdout).toContain(
      `To take the hooks out of ${copilotFile}: npx --no -- vetted-imports init --agent copilot\n`,
    );
    expect((await init(scratch, 'copilot --check')).code).toBe(1);
    await init(scratch, 'copilot --yes');
    expect([scratch.has(claudeFile), scratch.has(copilotFile)]).toEqual([true, false]);
  });
});

describe('instructions', () => {
  const mark = '<!-- check-imports -->';

  test.each<[string, Files, string, string]>([
    ['AGENTS.md for Codex', { 'AGENTS.md': '# Ours\n' }, 'codex', 'AGENTS.md'],
    ['CLAUDE.md for Claude Code', { 'CLAUDE.md': '# Ours', 'AGENTS.md': 'x\n' }, 'claude', 'CLAUDE.md'],
    ['that of its folder', { '.claude/CLAUDE.md': 'x\r\ny\r\n' }, 'claude', '.claude/CLAUDE.md'],
    [
      'what CLAUDE.md imports',
      { 'CLAUDE.md': 'See @AGENTS.md\n', 'AGENTS.md': 'x\n' },
      'claude,cursor',
      'AGENTS.md',
    ],
    ['GEMINI.md for Gemini CLI', { 'GEMINI.md': '\n', 'AGENTS.md': 'x\n' }, 'gemini', 'GEMINI.md'],
    ['an empty file', { 'AGENTS.md': '' }, 'opencode', 'AGENTS.md'],
  ])('%s', async (_, files, names, file) => {
    const scratch = await project(files);
    const before = snapshot(scratch);
    const done = await init(scratch, `${names} --yes`);
    expect([done.code, done.stderr]).toEqual([0, '']);
    const text = scratch.read(file);
    expect(text.split(mark)).toHaveLength(2);
    const block = text.slice(text.indexOf(mark)).trimEnd().split(/\r?\n/);
    expect(block.length).toBeLessThanOrEqual(12);
    for (const other of Object.keys(files))
      if (other !== file) expect(scratch.read(other)).toBe(files[other]);
    expect((await init(scratch, `${names} --yes`)).stdout).not.toContain('Wrote');

    scratch.write({ [file]: text.replace('## New packages', '## Packages') });
    expect((await init(scratch, `${names} --check`)).code).toBe(1);
    await init(scratch, `${names} --yes`);
    expect(scratch.read(file)).toBe(text);
    // Somebody does not want them: nothing is missing.
    scratch.write({ [file]: files[file] ?? '' });
    expect((await init(scratch, `${names} --check`)).code).toBe(0);
    scratch.write({ [file]: text });
    expect((await init(scratch, `${names} --remove --yes`)).code).toBe(0);
    expect(snapshot(scratch)).toEqual(before);
  });

  test('no file is made', async () => {
    const scratch = await project({ 'README.md': 'x\n' });
    const { stdout } = await init(scratch, 'claude,codex --yes');
    expect(stdout).toContain(
      'There is no CLAUDE.md or .claude/CLAUDE.md or AGENTS.md, so no instructions are written.',
    );
    expect([scratch.has('AGENTS.md'), scratch.has('CLAUDE.md')]).toEqual([false, false]);
  });

  test('one file by two names gets them once', async () => {
    const scratch = await project({ 'AGENTS.md': 'x\n' });
    scratch.link({ 'CLAUDE.md': 'AGENTS.md' });
    const { code, stderr } = await init(scratch, 'claude,codex --yes');
    expect([code, stderr, scratch.read('AGENTS.md').split(mark).length]).toEqual([0, '', 2]);
  });

  test('stay as long as an assistant with hooks reads them', async () => {
    const scratch = await project({ 'AGENTS.md': 'x\n' });
    await init(scratch, 'codex,cursor --yes');
    await init(scratch, 'codex --remove --yes');
    expect(scratch.read('AGENTS.md')).toContain(mark);
    await init(scratch, 'cursor --remove --yes');
    expect(scratch.read('AGENTS.md')).toBe('x\n');
  });

  test.each([
    `${mark}\nours\n`,
    `x\n<!-- /check-imports -->\n`,
    `${mark}\n${mark}\n<!-- /check-imports -->\n`,
  ])('a mark alone is refused: %j', async (text) => {
    const scratch = await project({ 'AGENTS.md': text });
    for (const words of ['codex --yes', 'codex --remove --yes']) {
      const { code, stderr } = await init(scratch, words);
      expect([code, stderr]).toEqual([2, expect.stringContaining('AGENTS.md has one of the marks')]);
    }
    expect(scratch.read('AGENTS.md')).toBe(text);
  });

  test('its commands run as they stand, in the environment of an assistant', async () => {
    const scratch = await project({ 'AGENTS.md': '', '.check-importsrc': 'lookup: off\n' });
    await init(scratch, 'codex --yes');
    const commands = [...scratch.read('AGENTS.md').matchAll(/`npx --no -- vetted-imports (.*?)`/g)];
    expect(commands.map(([, words = '']) => words.split(' ', 1)[0])).toEqual(['list', 'explain', 'request']);
    for (const [, words = ''] of commands) {
      const args = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
      const { code, stderr } = await runIn(scratch, args, assistant);
      expect([words, code, stderr]).toEqual([words, 0, expect.anything()]);
    }
    expect(scratch.read('approved-packages.yaml')).toContain('requested: why');
  });

  test('a commit of what it wrote finds nothing', async () => {
    const scratch = await project({ 'AGENTS.md': 'x\n' });
    await init(scratch, 'claude,codex,gemini,opencode,cursor --yes');
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged', '--offline']);
    expect([code, stdout]).toEqual([0, expect.not.stringMatching(/error|warning/)]);
  });
});

describe('an assistant', () => {
  test.each(['claude --yes', 'claude --remove --yes', 'codex'])(
    'may not run it where people decide: %s',
    async (words) => {
      const scratch = await project({ [claudeFile]: '{}' });
      const before = snapshot(scratch);
      const { code, stderr } = await init(scratch, words, assistant);
      const command = words.replace(' --yes', '');
      expect([code, stderr]).toEqual([
        2,
        `a coding assistant can’t change the hooks of assistants\nA person runs: npx --no -- vetted-imports init --agent ${command}\n`,
      ]);
      expect(snapshot(scratch)).toEqual(before);
    },
  );

  test('may look', async () => {
    const scratch = await project();
    expect((await init(scratch, 'claude --dry-run', assistant)).code).toBe(0);
    expect((await init(scratch, 'claude --check', assistant)).code).toBe(1);
  });
});

test('init --remove names the hooks that stay', async () => {
  const scratch = await project();
  await runIn(scratch, ['init', '--yes', '--offline']);
  await init(scratch, 'claude,cursor --yes');
  const { stdout } = await runIn(scratch, ['init', '--remove', '--yes']);
  expect(stdout).toContain(
    `Hooks of assistants stay (${claudeFile}, .cursor/hooks.json). To take them away too: npx --no -- vetted-imports init --agent claude,cursor --remove\n`,
  );
  await init(scratch, 'claude,cursor --remove --yes');
  await runIn(scratch, ['init', '--yes']);
  expect((await runIn(scratch, ['init', '--remove', '--yes'])).stdout).not.toContain('Hooks of assistants');
});

test.each([
  ['claude,vim', 'Name one or more, separated by commas: claude, codex, gemini, copilot, opencode, cursor'],
  ['claude --ci github', '--agent and --ci cannot be combined'],
  ['claude --update', '--agent and --update cannot be combined'],
  ['claude --remove --whitelist', '--agent and --whitelist cannot be combined'],
  ['claude --pre-push', '--pre-push and --agent cannot be combined'],
  ['claude --owner @acme/security', '--owner and --policy-from need --ci'],
])('usage: --agent %s', async (words, message) => {
  const scratch = await project();
  const { code, stderr } = await init(scratch, `${words} --yes`);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
