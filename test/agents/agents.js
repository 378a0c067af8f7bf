/**
 * The coding assistants that are run: how each is started with a model of ours, what its tools are called, and where
 * its hooks stand.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const modules = path.join(import.meta.dirname, 'node_modules');
const platform = 'linux-x64';

/**
 * @typedef {{ write: string, text: string } | { edit: string, from: string, to: string } | { run: string }} Action
 * @typedef {{ root: string, home: string, url: string }} Place A repository, the home folder, and the model's address.
 */

/** What the assistants are told to do; the model does not need it. */
export const PROMPT = 'Go on.';
const prefix = ({ root }, file) => path.join(root, file);

export const agents = {
  claude: {
    package: `@anthropic-ai/claude-code-${platform}`,
    start: (place) => ({
      command: path.join(modules, `@anthropic-ai/claude-code-${platform}/claude`),
      args: [
        '-p',
        PROMPT,
        '--permission-mode',
        'acceptEdits',
        '--allowedTools',
        'Bash,Write,Edit,NotebookEdit,Agent',
        '--output-format',
        'json',
      ],
      env: {
        ANTHROPIC_BASE_URL: place.url,
        ANTHROPIC_API_KEY: 'dummy',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      },
    }),
    prepare: () => undefined,
    call(action, place) {
      if ('write' in action)
        return { tool: 'Write', input: { file_path: prefix(place, action.write), content: action.text } };
      if ('edit' in action)
        return {
          tool: 'Edit',
          input: { file_path: prefix(place, action.edit), old_string: action.from, new_string: action.to },
        };
      if ('read' in action) return { tool: 'Read', input: { file_path: prefix(place, action.read) } };
      if ('cell' in action)
        return {
          tool: 'NotebookEdit',
          input: { notebook_path: prefix(place, action.of), cell_id: action.cell, new_source: action.text },
        };
      if ('hand' in action)
        return {
          tool: 'Agent',
          input: { description: 'A part', prompt: action.hand, subagent_type: 'general-purpose' },
        };
      return { tool: 'Bash', input: { command: action.run, description: 'A command' } };
    },
    hook(place, commandOf, timeout = 10, extras = {}) {
      const entry = (event) => {
        const [command, ...args] = commandOf(event);
        return { type: 'command', command, args, timeout, ...extras };
      };
      json(place.root, '.claude/settings.json', {
        hooks: {
          PreToolUse: [{ matcher: 'Write|Edit|NotebookEdit|Bash', hooks: [entry('before')] }],
          PostToolUse: [{ matcher: 'Write|Edit|NotebookEdit|Bash', hooks: [entry('after')] }],
          Stop: [{ hooks: [entry('end')] }],
          SubagentStop: [{ hooks: [entry('end')] }],
        },
      });
    },
  },
  codex: {
    package: `@openai/codex-${platform}`,
    start: (place) => ({
      command: path.join(modules, `@openai/codex-${platform}/vendor/x86_64-unknown-linux-musl/bin/codex`),
      args: [
        'exec',
        '--dangerously-bypass-hook-trust',
        '--dangerously-bypass-approvals-and-sandbox',
        '--json',
        PROMPT,
      ],
      env: { CODEX_HOME: path.join(place.home, '.codex'), MODEL_KEY: 'dummy' },
    }),
    prepare(place) {
      text(
        place.home,
        '.codex/config.toml',
        [
          'model = "gpt-5.5"',
          'model_provider = "here"',
          'check_for_update_on_startup = false',
          '[model_providers.here]',
          'name = "here"',
          `base_url = "${place.url}/v1"`,
          'wire_api = "responses"',
          'env_key = "MODEL_KEY"',
          `[projects."${place.root}"]`,
          'trust_level = "trusted"',
        ].join('\n'),
      );
    },
    call(action) {
      if ('write' in action)
        return {
          tool: 'apply_patch',
          input: patch(
            `*** Add File: ${action.write}`,
            lines(action.text).map((line) => `+${line}`),
          ),
        };
      if ('edit' in action)
        return {
          tool: 'apply_patch',
          input: patch(`*** Update File: ${action.edit}`, [
            '@@',
            ...lines(action.from).map((line) => `-${line}`),
            ...lines(action.to).map((line) => `+${line}`),
          ]),
        };
      if ('patch' in action) return { tool: 'apply_patch', input: patch(action.patch.trimEnd(), []) };
      return { tool: 'exec_command', input: { cmd: action.run } };
    },
    hook(place, commandOf, timeout = 10) {
      const entry = (event) => ({
        type: 'command',
        command: commandOf(event).map(quoted).join(' '),
        timeout,
      });
      json(place.root, '.codex/hooks.json', {
        hooks: {
          PreToolUse: [{ matcher: 'Bash|apply_patch', hooks: [entry('before')] }],
          PostToolUse: [{ matcher: 'Bash|apply_patch', hooks: [entry('after')] }],
          Stop: [{ hooks: [entry('end')] }],
        },
      });
    },
  },
  gemini: {
    package: '@google/gemini-cli',
    start: (place) => ({
      command: process.execPath,
      args: [
        path.join(modules, '@google/gemini-cli/bundle/gemini.js'),
        '--approval-mode',
        'yolo',
        '--model',
        'gemini-2.5-flash',
        '-p',
        PROMPT,
        '--output-format',
        'json',
      ],
      env: {
        GEMINI_API_KEY: 'dummy',
        GOOGLE_GEMINI_BASE_URL: place.url,
        GEMINI_CLI_TRUST_WORKSPACE: 'true',
      },
    }),
    prepare: (place) =>
      json(place.home, '.gemini/settings.json', {
        general: { enableAutoUpdate: false },
        privacy: { usageStatisticsEnabled: false },
        telemetry: { enabled: false },
        security: { auth: { selectedType: 'gemini-api-key' } },
      }),
    call(action) {
      if ('write' in action)
        return { tool: 'write_file', input: { file_path: action.write, content: action.text } };
      if ('edit' in action)
        return {
          tool: 'replace',
          input: {
            file_path: action.edit,
            old_string: action.from,
            new_string: action.to,
            instruction: 'Change it.',
          },
        };
      return { tool: 'run_shell_command', input: { command: action.run, description: 'A command' } };
    },
    hook(place, commandOf, timeout = 10) {
      const entry = (event) => ({
        type: 'command',
        command: commandOf(event).map(quoted).join(' '),
        timeout: timeout * 1000,
      });
      const matcher = 'write_file|replace|run_shell_command';
      json(place.root, '.gemini/settings.json', {
        hooks: {
          BeforeTool: [{ matcher, hooks: [entry('before')] }],
          AfterTool: [{ matcher, hooks: [entry('after')] }],
          AfterAgent: [{ hooks: [entry('end')] }],
        },
      });
    },
  },
  copilot: {
    package: `@github/copilot-${platform}`,
    start: (place) => ({
      command: path.join(modules, `@github/copilot-${platform}/copilot`),
      args: ['-p', PROMPT],
      env: {
        COPILOT_OFFLINE: 'true',
        COPILOT_PROVIDER_BASE_URL: `${place.url}/v1`,
        COPILOT_PROVIDER_API_KEY: 'dummy',
        COPILOT_MODEL: place.model ?? 'gpt-4.1',
        COPILOT_ALLOW_ALL: 'true',
        COPILOT_AUTO_UPDATE: 'false',
      },
    }),
    prepare: () => undefined,
    call(action, place) {
      if ('write' in action)
        return { tool: 'create', input: { path: prefix(place, action.write), file_text: action.text } };
      if ('edit' in action)
        return {
          tool: 'edit',
          input: { path: prefix(place, action.edit), old_str: action.from, new_str: action.to },
        };
      if ('patch' in action) return { tool: 'apply_patch', input: patch(action.patch.trimEnd(), []) };
      return {
        tool: 'bash',
        input: { command: action.run, description: 'A command', initial_wait: 30, mode: 'sync' },
      };
    },
    hook(place, commandOf, timeout = 10, names = ['PreToolUse', 'PostToolUse', 'Stop']) {
      const entry = (event) => ({
        type: 'command',
        bash: commandOf(event).map(quoted).join(' '),
        timeoutSec: timeout,
      });
      const events = ['before', 'after', 'end'];
      json(place.root, '.github/hooks/vetted-imports.json', {
        version: 1,
        hooks: Object.fromEntries(names.map((name, at) => [name, [entry(events[at])]])),
      });
    },
  },
  opencode: {
    package: `opencode-${platform}`,
    start: () => ({
      command: path.join(modules, `opencode-${platform}/bin/opencode`),
      args: ['run', '--print-logs', '--log-level', 'DEBUG', PROMPT],
      env: {
        npm_config_fetch_retries: '0',
        npm_config_offline: 'true',
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
      },
    }),
    prepare: (place) =>
      json(place.home, '.config/opencode/opencode.json', {
        $schema: 'https://opencode.ai/config.json',
        autoupdate: false,
        share: 'disabled',
        model: `here/${place.model ?? 'model'}`,
        small_model: `here/${place.model ?? 'model'}`,
        provider: {
          here: {
            npm: '@ai-sdk/openai-compatible',
            name: 'here',
            options: { baseURL: `${place.url}/v1`, apiKey: 'dummy' },
            models: {
              [place.model ?? 'model']: {
                name: 'model',
                tool_call: true,
                limit: { context: 100_000, output: 10_000 },
              },
            },
          },
        },
      }),
    call(action, place) {
      if ('write' in action)
        return { tool: 'write', input: { filePath: prefix(place, action.write), content: action.text } };
      if ('edit' in action)
        return {
          tool: 'edit',
          input: { filePath: prefix(place, action.edit), oldString: action.from, newString: action.to },
        };
      if ('read' in action) return { tool: 'read', input: { filePath: prefix(place, action.read) } };
      if ('patch' in action)
        return { tool: 'apply_patch', input: { patchText: patch(action.patch.trimEnd(), []) } };
      return { tool: 'bash', input: { command: action.run, description: 'A command' } };
    },
    hook(place, commandOf) {
      json(place.root, 'opencode.json', { plugin: ['./node_modules/vetted-imports/dist/opencode.js'] });
      const commands = Object.fromEntries(
        ['before', 'after', 'end'].map((event) => [event, commandOf(event)]),
      );
      text(place.root, 'node_modules/vetted-imports/bin/check-imports.js', dispatcher(commands));
      json(place.root, 'node_modules/vetted-imports/package.json', { type: 'module' });
      const built = path.join(import.meta.dirname, '../../dist/opencode.js');
      text(place.root, 'node_modules/vetted-imports/dist/opencode.js', readFileSync(built, 'utf8'));
    },
  },
};

/** What the plugin starts in place of the command: it starts a command by the event on its stdin. */
function dispatcher(commands) {
  return [
    "import { spawnSync } from 'node:child_process';",
    "import { readFileSync } from 'node:fs';",
    "const input = readFileSync(0, 'utf8');",
    `const [command, ...args] = ${JSON.stringify(commands)}[JSON.parse(input).event];`,
    "const { status } = spawnSync(command, args, { input, stdio: ['pipe', 'inherit', 'inherit'] });",
    'process.exitCode = status ?? 1;',
    '',
  ].join('\n');
}

function patch(head, body) {
  return ['*** Begin Patch', head, ...body, '*** End Patch', ''].join('\n');
}

function lines(value) {
  return value.replace(/\n$/, '').split('\n');
}

/** A word for the shell. */
function quoted(word) {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function text(folder, file, content) {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, content);
}

export function json(folder, file, value) {
  text(folder, file, `${JSON.stringify(value, null, 2)}\n`);
}
