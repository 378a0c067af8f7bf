import {
  CodeActionRequest,
  ExecuteCommandRequest,
  HoverRequest,
  ShowMessageNotification,
  ShowMessageRequest,
} from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/lsp/commands.ts';
import { Editor, uri } from '../kit/editor.ts';
import { runWithKeys } from '../kit/keys.ts';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * Whatever steers a terminal, reorders a line or takes no place in it, in every text of a repository that is ever
 * shown, and in every argument. None of it comes out as it is.
 */

const characters = [
  '\u001b]0;title\u0007',
  'RED\u001b[31m',
  '\u001b]8;;x:y\u0007',
  '\u009b31m',
  'a\rb',
  'a\bb',
  '\u0085',
  '\u200b',
  '\u202e',
  '\u2028',
  '\u2066',
  '\ufeff',
  '\u{e0041}',
].join('_');

/** The same with what looks like lines of this tool and of a build server. */
const evil = `${characters}\nFORGED line\n::error::FORGED\n##[error]FORGED`;

const quoted = JSON.stringify(evil);
const by = { by: `Ada ${evil}`, date: '2026-01-02' };

const files = {
  'approved-packages.yaml': whitelistText({
    'npm:lodash': { approved: evil, ...by, repository: evil },
    'npm:over': { approved: evil, expires: '2026-01-03', ...by, asked: evil },
    'npm:request': { denied: evil, use: 'npm:undici', ...by },
    'npm:wanted': { requested: evil, ...by },
  }),
  '.check-importsrc': `lookup: off\nlocalModules: [${quoted}]\nignorePaths: [${quoted}]\n`,
  'package.json': JSON.stringify({
    name: `shop${evil}`,
    scripts: { [evil]: evil },
    dependencies: { lodash: '4', [`dep${evil}`]: `git+https://x.example/${evil}`, over: evil },
  }),
  'requirements.txt': `flask\npkg_${characters} @ https://x.example/${characters}\n--index-url ${characters}\n`,
  [`web/old_${characters}.ts`]: "import 'lodash';\n",
  'web/app.ts': "import 'lodash';\n",
};

const change = {
  [`web/new_${evil.replaceAll('/', '')}.ts`]: `import ${quoted};\nimport 'request';\nimport 'over';\nimport 'wanted';\n`,
  [`shop_${characters}/app.py`]: `import evil  # ${characters}\n__import__("evil_" + name)  # ${characters}\n`,
  'web/app.ts': `import 'lodash';\nimport 'evil${characters.replace(/[\r\u2028]/g, '')}'; // ${characters.replace(/[\r\u2028]/g, '')}\n`,
};

let scratch: Scratch;
beforeAll(async () => {
  scratch = await Scratch.with(files);
  await scratch.git('config', 'user.name', `Ada${characters}`);
  await scratch.git('switch', '--quiet', '--create', 'branch_\u202e\u200b');
  scratch.write({ 'web/second.ts': `import 'second'; // ${characters}\n` });
  await scratch.commitAll(evil);
  scratch.write(change);
  await scratch.git('add', '--all');
});
afterAll(() => {
  scratch.dispose();
});

/** Everything that can't be seen, but for line ends and tabs of our own. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u;

function expectHarmless(text: string): void {
  expect(text).not.toMatch(unseen);
  expect(text).not.toMatch(/^(?:FORGED|::error::FORGED)|##\[/m);
}

/** Commands that know no `--offline` ask nobody. */
const silentCommands = ['list', 'prune', 'hook', 'deny', 'request', 'init'];

/** @returns The words of a command that sends no request. */
function withoutLookup(args: readonly string[]): readonly string[] {
  return silentCommands.includes(args[0] ?? '') ? args : [...args, '--offline'];
}

describe('nothing unseen comes out of', () => {
  const formats = ['pretty', 'concise', 'json', 'sarif', 'github', 'markdown'];
  const scopes = [
    ['--staged'],
    [],
    ['--all'],
    ['--since', 'HEAD~1'],
    ['--since', 'HEAD~1', '--policy-from', 'base'],
  ];
  const reports = formats.map((format) => ['--staged', '--format', format]);
  const reading: readonly (readonly string[])[] = [
    ...scopes,
    ...reports,
    ['list'],
    ['list', '--references'],
    ['list', '--format', 'json'],
    ['explain', 'npm:request'],
    ['explain', 'npm:lodash', '--format', 'json'],
    ['explain', evil],
    ['explain', `npm:${evil}`],
    ['explain', `npm:x/${evil}`, '--from', `web/${evil}.ts`],
    ['prune', '--dry-run'],
    ['ci', '--since', 'HEAD~1'],
    ['hook', 'pre-commit'],
    ['approve', 'npm:wanted', '--reason', evil],
    ['deny', 'npm:evil', '--reason', evil, '--use', evil],
    ['request', 'npm:other', '--reason', evil, '--imports', evil],
    ['approve', 'npm:request', '--reason', 'x'],
    ['approve', 'pypi:evil', '--reason', evil, '--imports', evil, '--source', evil, '--no-stage'],
  ];
  test.each(reading.map(titled))('%s', async (_, args) => {
    const { stdout, stderr } = await runIn(scratch, withoutLookup(args));
    expect(stdout + stderr).toContain('title');
    expectHarmless(stdout + stderr);
  });

  test('a report in colours, but the colours', async () => {
    for (const scope of scopes) {
      const { stdout } = await runIn(scratch, [...scope, '--offline', '--color']);
      expect(stdout).toContain('\u001b[');
      expect(stdout).not.toContain('RED\u001b');
      // eslint-disable-next-line no-control-regex -- the colours of the reporter itself
      expectHarmless(stdout.replace(/\u001b\[\d+m/g, ''));
    }
  });
});

describe('nothing unseen of an argument comes out of', () => {
  const refused: readonly (readonly string[])[] = [
    [`--format=${evil}`],
    [`--${evil}`],
    ['--since', evil],
    ['--since', 'HEAD', '--policy-from', evil],
    ['--max-warnings', evil],
    ['--config', evil, '--offline'],
    ['--stdin', '--stdin-filename', `../${evil}`],
    [`../${evil}`],
    [evil],
    ['--cwd', evil, 'list'],
    ['list', evil],
    ['list', `../${evil}`],
    ['list', '--format', evil],
    ['explain', 'x', '--from', `../${evil}`],
    ['explain', 'x', '--ecosystem', evil],
    ['explain', `unapproved-package/${evil}`],
    ['explain', `unapproved-packag/${evil}`],
    ['explain', `pkg:${evil}/x`],
    ['approve', evil],
    ['approve', `pypi:${evil}`, '--reason', 'x'],
    ['approve', `${evil}:x`, '--reason', 'x'],
    ['approve', 'pypi:x', '--reason', 'x', '--expires', evil],
    ['ci', '--since', 'HEAD', '--policy-from', evil],
    ['hook', evil],
    ['hook', 'pre-commit', `../${evil}`],
    ['init', evil],
    ['approv', evil],
  ];
  test.each(refused.map(titled))('%s', async (_, args) => {
    const { code, stdout, stderr } = await runIn(scratch, args);
    expect(code).toBe(2);
    expectHarmless(stdout + stderr);
  });
});

describe('nothing unseen comes out of what init would write into', () => {
  const managers: readonly [what: string, files: Readonly<Record<string, string>>][] = [
    ['lefthook.yml', { 'lefthook.yml': `pre-commit:\n  commands:\n    a:\n      run: ${quoted}\n` }],
    [
      'raw lefthook.yml',
      { 'lefthook.yml': `# ${characters}\npre-commit:\n  commands:\n    a:\n      run: x\n` },
    ],
    [
      '.pre-commit-config.yaml',
      {
        '.pre-commit-config.yaml': `repos:\n  # ${characters}\n  - repo: https://x.example/\n    rev: v1\n    hooks: []\n`,
      },
    ],
    [
      'husky',
      {
        '.husky/pre-commit': `# ${characters}\nnpm test\n`,
        'package.json': packageWith({ scripts: { prepare: 'husky' } }),
      },
    ],
    [
      'simple-git-hooks',
      {
        'package.json': packageWith({
          'simple-git-hooks': { 'pre-commit': `echo ${evil}` },
          devDependencies: { 'simple-git-hooks': '2' },
        }),
      },
    ],
    ['.gitattributes', { '.gitattributes': `*.x text # ${characters}` }],
  ];
  test.each(managers)('%s', async (_, more) => {
    const other = await Scratch.with({ ...files, ...more });
    try {
      other.remove('approved-packages.yaml');
      await other.commitAll('without a whitelist');
      other.installHooks();
      other.write({ '.git/hooks/pre-commit': `#!/bin/sh\n# ${characters}\n` });
      for (const args of [
        ['init', '--dry-run'],
        ['init'],
        ['init', '--yes'],
        ['init', '--check'],
        ['init', '--remove', '--whitelist', '--dry-run'],
      ]) {
        const { stdout, stderr } = await runIn(other, args);
        expectHarmless(stdout + stderr);
      }
    } finally {
      other.dispose();
    }
  });
});

test.each([
  ['.check-importsrc', quoted],
  ['.check-importsrc', `${quoted}: 1\n`],
  ['.check-importsrc', `trust: ${quoted}\n`],
  ['.check-importsrc', `lookup: off # ${characters}\n: [`],
  ['.check-importsrc.toml', `x = "${characters}`],
  ['approved-packages.yaml', `packages: { npm:x: { approved: a, ${quoted}: b } }\n`],
  ['approved-packages.yaml', `packages: { npm:x: { approved: a, expires: ${quoted} } }\n`],
  ['approved-packages.yaml', `packages: { npm:x: { approved: a, imports: [${quoted}] } }\n`],
  ['approved-packages.yaml', `packages: { npm:x: { denied: a, use: ${quoted} } }\n`],
  ['approved-packages.yaml', `packages: { ${quoted}: { approved: a } }\n`],
  ['approved-packages.yaml', `packages: { ${JSON.stringify(`npm:${characters}`)}: { approved: a } }\n`],
  ['approved-packages.yaml', `packages: { ${JSON.stringify(`${characters}:x`)}: { approved: a } }\n`],
  ['approved-packages.yaml', `covers: [${quoted}]\n`],
  ['approved-packages.yaml', `approved: { ${quoted}: {} }\n`],
  ['approved-packages.yaml', `extends: [${quoted}]\n`],
  ['approved-packages.yaml', `a: [\n${characters}`],
  ['package.json', `{ "dependencies": ${characters}`],
  ['pyproject.toml', `[project]\n${characters}\ndependencies = ["${characters}"]\n`],
])('nothing unseen comes out of a fault in %s', async (name, text) => {
  const before = scratch.has(name) ? scratch.read(name) : null;
  scratch.write({ [name]: text });
  for (const args of [
    ['--format', 'concise'],
    ['approve', 'npm:x', '--reason', 'x'],
    ['init', '--dry-run'],
  ]) {
    const { stdout, stderr } = await runIn(scratch, withoutLookup(args));
    expectHarmless(stdout + stderr);
  }
  if (before === null) scratch.remove(name);
  else scratch.write({ [name]: before });
});

test('nothing unseen comes out of the cards and prompts of review', async () => {
  scratch.write({ 'approved-packages.yaml': files['approved-packages.yaml'] });
  const skips = Array.from({ length: 9 }, () => [' quit', 's'] as const);
  const { code, screen } = await runWithKeys(scratch, ['review', '--no-stage'], skips);
  expect(code).toBe(2); // A file that breaks its grammar.
  for (const card of ['pypi:evil', 'npm:request', 'npm:over', 'npm:wanted'])
    expect(screen).toContain(`What about ${card}`);
  expect(screen).not.toContain('RED\u001b');
  // eslint-disable-next-line no-control-regex -- what the library for prompts draws with
  expect(screen.replace(/\u001b\[\??\d*[A-Za-z]/g, '')).not.toMatch(unseen);
});

test('nothing unseen comes out of the language server', async () => {
  const messages: string[] = [];
  const { editor } = await Editor.start({ folders: [scratch.root], env: scratch.env });
  try {
    editor.connection.onRequest(ShowMessageRequest.type, ({ message }) => void messages.push(message));
    editor.connection.onNotification(
      ShowMessageNotification.type,
      ({ message }) => void messages.push(message),
    );
    const app = uri(scratch.root, 'web/open.ts');
    const text = "import 'request';\nimport 'over';\nimport 'wanted';\n";
    await editor.open(app, text, 'typescript');
    const diagnostics = await editor.diagnostics(app, (found) => found.diagnostics.length >= 3);
    messages.push(...diagnostics.flatMap(({ message }) => stringsIn(message)));
    const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
    const textDocument = { uri: app };
    const actions = await editor.connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range,
      context: { diagnostics },
    });
    messages.push(...(actions ?? []).map(({ title }) => title));
    for (const line of [0, 1, 2]) {
      const hover = await editor.connection.sendRequest(HoverRequest.type, {
        textDocument,
        position: { line, character: 9 },
      });
      messages.push(...stringsIn(hover?.contents));
    }
    for (const one of ['npm:over', `npm:${evil}`])
      await editor.connection.sendRequest(ExecuteCommandRequest.type, {
        command: commands.request,
        arguments: [{ uri: app, package: one, reason: evil }],
      });
  } finally {
    editor.dispose();
  }
  const all = messages.join('\n');
  expect(all).toContain('title');
  expect(all).not.toMatch(unseen);
});

test('what is no danger is shown as it is', async () => {
  const comments = ['👩‍💻 ❤️ 1️⃣ 👍🏽', '日本語　テキスト', 'é größe שלום سلام', '\tindented', '±½→ “”'];
  const names = Array.from({ length: 400 }, (_, at) => `package-${String(at)}`);
  const other = await Scratch.with({
    'lefthook.yml': `pre-commit:\n  commands:\n    a:\n      run: x\n${comments.map((text) => `# ${text}\n`).join('')}`,
    'package.json': JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1'])) }),
  });
  const { stdout } = await runIn(other, ['init', '--dry-run']);
  other.dispose();
  for (const text of comments.slice(0, 3)) expect(stdout).toContain(` # ${text}\n`);
  for (const name of names) expect(stdout).toContain(`+  npm:${name}: { baseline: 2026-11-23 }\n`);
});

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

function packageWith(more: object): string {
  return JSON.stringify({ name: 'shop', dependencies: { [`dep${evil}`]: '1' }, ...more }, null, 2);
}

function titled(args: readonly string[]): [title: string, args: readonly string[]] {
  const title = args.map((word) => word.replace(evil, 'EVIL').replace(characters, 'EVIL')).join(' ');
  return [title || 'check', args];
}

test('the text that is shown is that of the repository', async () => {
  const { stdout } = await runIn(scratch, ['--staged', '--offline']);
  for (const escaped of ['\\u{1b}]0;title\\u{7}', '\\u{202e}', '\\nFORGED'])
    expect(stdout).toContain(escaped);
});
