import { describe, expect, test } from 'vitest';
import { commandTable, type TableId } from '../../src/containers/command-tables.ts';
import { procfile } from '../../src/containers/procfile.ts';
import { segmentsIn } from './segments.ts';

type Row = readonly [title: string, file: readonly string[], segments: readonly string[]];

function reads(id: TableId, rows: readonly Row[]): void {
  test.each(rows)('%s', async (_, file, segments) => {
    expect(await segmentsIn(commandTable(id), file.join('\n'))).toEqual(segments);
  });
}

describe('servers and hooks of assistants', () => {
  reads('agent-config', [
    [
      'a server',
      ['{ "mcpServers": { "a": { "command": "npx", "args": ["-y", "b@1", "c d"] } } }'],
      ['exec: npx⟨ ⟩-y⟨ ⟩b@1⟨ "⟩c d⟨"⟩'],
    ],
    [
      'whose arguments stand before its command',
      ['{ "mcpServers": { "a": { "args": ["b"], "command": "uvx" } } }'],
      ['exec: uvx⟨ ⟩b'],
    ],
    [
      'with a registry of its own',
      [
        '{ "mcpServers": { "a": { "command": "npx", "args": ["b"], "env": { "NPM_CONFIG_REGISTRY": "https://registry.example", "A": "b" } } } }',
      ],
      ['exec: ⟨NPM_CONFIG_REGISTRY=⟩https://registry.example⟨ ⟩npx⟨ ⟩b'],
    ],
    [
      'with variables',
      ['{ "servers": { "a": { "command": "npx", "args": ["${input:b}"] } } }'],
      ['exec: npx⟨ "⟩${input:b}⟨"⟩'],
    ],
    ['a text with all of it', ['{ "mcpServers": { "a": { "command": "npx -y b" } } }'], ['sh: npx -y b']],
    [
      'a text and a list',
      ['{ "mcpServers": { "a": { "command": "npx -y", "args": ["b"] } } }'],
      ['sh: npx -y⟨ ⟩b'],
    ],
    [
      'a path with blanks',
      [
        String.raw`{ "mcpServers": { "a": { "command": "C:\\Program Files\\npx.cmd", "args": ["b"] }, "c": { "command": "/d e/npx", "args": ["f"] } } }`,
      ],
      [
        String.raw`exec: ⟨"⟩C:⟨\⟩\Program Files⟨\⟩\npx.cmd⟨" ⟩b`,
        String.raw`sh: C:\Program Files\npx.cmd⟨ ⟩b`,
        'exec: ⟨"⟩/d e/npx⟨" ⟩f',
        'sh: /d e/npx⟨ ⟩f',
      ],
    ],
    [
      'a line that begins with a path',
      ['{ "mcpServers": { "a": { "command": "/b/npx -y c" } } }'],
      ['sh: /b/npx -y c'],
    ],
    [
      'keys that stand twice',
      [
        '{ "mcpServers": { "a": { "command": "node", "args": ["b"], "command": "npx", "args": ["-y", "c"] } } }',
      ],
      ['exec: npx⟨ ⟩-y⟨ ⟩c'],
    ],
    [
      'defaults of variables',
      [
        '{ "mcpServers": { "a": { "command": "${A:-npx}", "args": ["${B:-c}@${D}", "${E:-}"], "env": { "UV_INDEX": "${F:-g}" } } } }',
      ],
      ['exec: ⟨UV_INDEX=⟩g⟨ ⟩npx⟨ "⟩c@${D}⟨" ""⟩'],
    ],
    [
      'a list with all of it (OpenCode)',
      [
        '{',
        '  // what for',
        '  "mcp": { "a": { "type": "local", "command": ["npx", "-y", "b"], "environment": {} }, },',
        '}',
      ],
      ['exec: npx⟨ ⟩-y⟨ ⟩b'],
    ],
    [
      'a table (Zed)',
      ['{ "context_servers": { "a": { "command": { "path": "npx", "args": ["b"] } } } }'],
      ['exec: npx⟨ ⟩b'],
    ],
    [
      'in settings of VS Code',
      [
        '{ "mcp.servers": { "a": { "command": "npx", "args": ["b"] } }, "mcp": { "servers": { "c": { "command": "d" } } } }',
      ],
      ['exec: npx⟨ ⟩b', 'exec: d'],
    ],
    ['at the top', ['{ "a": { "command": "npx", "args": ["b"] } }'], ['exec: npx⟨ ⟩b']],
    [
      'with escapes',
      ['{ "mcpServers": { "a": { "command": "np\\u0078", "args": ["\\"b\\""] } } }'],
      ['exec: npx⟨ "\\⟩"b⟨\\⟩"⟨"⟩'],
    ],
    [
      'hooks',
      [
        '{ "hooks": { "PostToolUse": [{ "matcher": "Edit", "hooks": [{ "type": "command", "command": "npx a && b" }] }] }, "statusLine": { "command": "npx c" } }',
      ],
      ['sh: npx a && b', 'sh: npx c'],
    ],
    [
      'servers elsewhere, and other settings',
      ['{ "mcpServers": { "a": { "url": "https://b.example" } }, "editor": { "fontSize": 12 } }'],
      [],
    ],
  ]);
  reads('codex-config', [
    [
      'Codex',
      [
        'notify = ["npx", "n"]',
        '[mcp_servers.a]',
        'command = "npx"',
        'args = ["-y", "b"]',
        '[mcp_servers.a.env]',
        'UV_INDEX_URL = "c"',
      ],
      ['exec: npx⟨ ⟩n', 'exec: ⟨UV_INDEX_URL=⟩c⟨ ⟩npx⟨ ⟩-y⟨ ⟩b'],
    ],
  ]);
  reads('cursor-environment', [
    [
      'Cursor',
      ['{ "install": "npx a", "start": "b", "terminals": [{ "name": "npx c", "command": "npx d" }] }'],
      ['sh: npx a', 'sh: b', 'sh: npx d'],
    ],
  ]);
  reads('gemini-commands', [
    [
      'Gemini',
      [
        'description = "!{npx a}"',
        'prompt = """',
        'Run npx b of !{npx c {{args}} | d} and',
        '!{npx e',
        '"""',
      ],
      ['sh: npx c {{args}} | d'],
    ],
  ]);
  reads('agent-config-yaml', [
    ['Continue', ['mcpServers:', '  - name: a', '    command: npx', '    args: [b]'], ['exec: npx⟨ ⟩b']],
  ]);
});

describe('package.json', () => {
  reads('package-json', [
    [
      'scripts and hooks',
      [
        '{ "scripts": { "a": "npx b && echo \\"c\\"" }, "lint-staged": { "*": ["d", "npx e"] }, "simple-git-hooks": { "pre-commit": "npx f" } }',
      ],
      ['sh: npx b && echo "c"', 'sh: d⟨⏎⟩npx e', 'sh: npx f'],
    ],
    [
      'tasks',
      [
        '{ "wireit": { "a": { "command": "npx b" } }, "nx": { "targets": { "c": { "options": { "commands": ["d"] } } } } }',
      ],
      ['sh: npx b', 'sh: d'],
    ],
    ['no scripts', ['{ "name": "npx a", "contributes": { "commands": [{ "command": "npx b" }] } }'], []],
    ['what is wrong with it, the manifest’s reader tells', ['{ "scripts": { "a": "npx b"'], ['sh: npx b']],
  ]);
});

describe('other settings', () => {
  test.each<readonly [id: TableId, file: readonly string[], segments: readonly string[]]>([
    [
      'devcontainer',
      [
        ...['{ // c', '  "postCreateCommand": "npx a",', '  "onCreateCommand": ["npx", "b c"],'],
        ...[
          '  "postStartCommand": { "d": "npx e", "f": ["npx", "g"] },',
          '  "containerEnv": { "PIP_INDEX_URL": "h" },',
          '}',
        ],
      ],
      [
        'sh: ⟨PIP_INDEX_URL=⟩h⟨⏎⟩npx a',
        'exec: ⟨PIP_INDEX_URL=⟩h⟨ ⟩npx⟨ "⟩b c⟨"⟩',
        'sh: ⟨PIP_INDEX_URL=⟩h⟨⏎⟩npx e',
        'exec: ⟨PIP_INDEX_URL=⟩h⟨ ⟩npx⟨ ⟩g',
      ],
    ],
    [
      'vscode-tasks',
      ['{ "tasks": [{ "type": "shell", "command": "npx a" }, { "command": "npx", "args": ["b"] }] }'],
      ['sh: npx a', 'exec: npx⟨ ⟩b'],
    ],
    [
      'deno-tasks',
      ['{ "tasks": { "a": "deno run npm:b", "c": { "command": "npx d" } } }'],
      ['sh: deno run npm:b', 'sh: npx d'],
    ],
    [
      'nx-project',
      ['{ "targets": { "a": { "command": "npx b", "options": { "commands": [{ "command": "npx c" }] } } } }'],
      ['sh: npx b', 'sh: npx c'],
    ],
    ['git-hooks-json', ['{ "*.js": ["npx a", "npx b"] }'], ['sh: npx a⟨⏎⟩npx b']],
    [
      'deploy-json',
      ['{ "installCommand": "pip install a", "scripts": { "postdeploy": "npx b" } }'],
      ['sh: pip install a', 'sh: npx b'],
    ],
    [
      'deploy-toml',
      [
        '[build]',
        'command = "npx a"',
        '[build.environment]',
        'NPM_CONFIG_REGISTRY = "b"',
        '[deploy]',
        "release_command = 'npx c'",
      ],
      ['sh: ⟨NPM_CONFIG_REGISTRY=⟩b⟨⏎⟩npx a', 'sh: npx c'],
    ],
    ['mise', ['[tasks.a]', 'run = ["npx a", "b"]', '[tasks]', 'c = "npx d"'], ['sh: npx a⟨⏎⟩b', 'sh: npx d']],
    [
      'python-tasks',
      [
        '[tool.poe.tasks]',
        'a = "uvx b"',
        'c = { shell = "pip install d" }',
        '[tool.hatch.envs.e.scripts]',
        'f = ["uvx g", "h"]',
      ],
      ['sh: uvx b', 'sh: pip install d', 'sh: uvx g⟨⏎⟩h'],
    ],
  ])('%s', async (id, file, segments) => {
    expect(await segmentsIn(commandTable(id), file.join('\n'))).toEqual(segments);
  });

  test('a Procfile', async () => {
    const file = '# comment: npx a\nweb: npx b -p $PORT\nworker:npx c\r\n\nnot a process\n';
    expect(await segmentsIn(procfile, file)).toEqual(['sh: npx b -p $PORT', 'sh: npx c']);
  });
});
