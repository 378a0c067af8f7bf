/** The project that the assistants work in: what people have approved there, and the tool as an installed package. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { agents, json } from './agents.js';

const repository = path.resolve(import.meta.dirname, '../..');
const { dependencies } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
const program = 'node_modules/vetted-imports/bin/check-imports.js';
const signature = 'by: Ada L <ada@example.org>, date: 2026-11-23';

const manifest = { name: 'shop', private: true, devDependencies: { 'vetted-imports': '0.1.0' } };

export const files = {
  '.gitignore': 'node_modules\n',
  '.check-importsrc.yaml': 'lookup: off\n',
  'approved-packages.yaml': [
    'covers: [npm, pypi, commands]',
    'packages:',
    `  npm:vetted-imports: { approved: checks imports, ${signature} }`,
    `  pypi:lefthook-utils: { denied: was never ours, ${signature} }`,
    `  pypi:requests: { approved: HTTP, ${signature} }`,
    '',
  ].join('\n'),
  'package.json': `${JSON.stringify(manifest, null, 2)}\n`,
  'app.py': 'import os\n',
};

/** What an assistant writes that approves by itself. */
export const selfApproval = {
  edit: 'approved-packages.yaml',
  from: 'packages:\n',
  to: `packages:\n  pypi:numpy-utils: { approved: needed, ${signature} }\n`,
};

/** What switches the hooks of an assistant off, in the file that `init --agent` writes for it. */
export const switchOff = {
  // Claude Code itself refuses keys that it does not know.
  claude: { edit: '.claude/settings.json', from: '"matcher": "Bash|', to: '"matcher": "None|' },
  codex: without('.codex/hooks.json', '    "PreToolUse": ['),
  gemini: without('.gemini/settings.json', '    "BeforeTool": ['),
  copilot: without('.github/hooks/check-imports.json', '    "PreToolUse": ['),
  opencode: without('opencode.json', '  "plugin": ['),
};

function without(file, line) {
  return { edit: file, from: line, to: line.replace('"', '"no') };
}

/** Puts the package where npm would, and has it write the hooks of an assistant, as a person does. */
export function initialised(id) {
  return (place) => {
    installed(place);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [program, 'init', '--agent', id, '--yes'],
      {
        cwd: place.root,
        env: { PATH: process.env.PATH, HOME: place.home },
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(`init --agent ${id} ended with ${status}: ${stdout}${stderr}`);
    committed(place);
  };
}

/** The same with hooks that refuse every edit that they would only remark on. */
export function refusingEdits(id) {
  return (place) => {
    installed(place);
    const command = ['node', path.join(place.root, program), 'agent-hook', '--agent', id, '--mode', 'deny'];
    const plugin = [['./node_modules/vetted-imports/dist/opencode.js', { mode: 'deny' }]];
    if (id === 'opencode') json(place.root, 'opencode.json', { plugin });
    else agents[id].hook(place, () => command);
    committed(place);
  };
}

/** Words of Claude Code's command line that have it start the server of the project, and nothing else. */
export const serverWords = [
  '--strict-mcp-config',
  '--mcp-config',
  JSON.stringify({ mcpServers: { 'check-imports': { command: 'node', args: [program, 'mcp'] } } }),
];

/** The folder of Claude Code's plugin. */
export const plugin = path.join(repository, 'plugins/claude-code');

/** Puts the files that are published where npm would; the packages that they import are those of this checkout. */
export function installed({ root }) {
  const modules = path.join(root, 'node_modules');
  const published = readdirSync(repository).filter((name) =>
    /^(?:bin|dist|schema|package\.json)$/.test(name),
  );
  for (const name of published)
    cpSync(path.join(repository, name), path.join(modules, 'vetted-imports', name), { recursive: true });
  for (const name of Object.keys(dependencies)) {
    const link = path.join(modules, name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(realpathSync(path.join(repository, 'node_modules', name)), link);
  }
}

/** People commit the hooks. */
function committed({ root, home }) {
  const options = { cwd: root, env: { PATH: process.env.PATH, HOME: home } };
  execFileSync('git', ['add', '--all'], options);
  execFileSync('git', ['commit', '--quiet', '--message', 'hooks'], options);
}
