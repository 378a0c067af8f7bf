import type { CommandTable } from './command-paths.ts';

/** Where settings of assistants and tools keep commands, by the ids of their formats. Read in November 2026. */
export const configTables = {
  // https://modelcontextprotocol.io/docs/develop/connect-local-servers; VS Code has `servers`
  // (https://code.visualstudio.com/docs/copilot/customization/mcp-servers), Zed `context_servers`
  // (https://zed.dev/docs/ai/mcp), OpenCode and Crush `mcp` (https://opencode.ai/docs/mcp-servers/), plugins of Claude Code
  // may have the servers at the top (https://code.claude.com/docs/en/plugins-reference).
  'agent-config': {
    syntax: 'json',
    commands: [
      ['** mcpServers|mcp_servers|servers|context_servers|mcp|lsp *', 'server'],
      ['** mcp servers *', 'server'],
      ['mcp.servers *', 'server'],
      ['*', 'server'],
      // Hooks of Claude Code, Gemini, Cursor, Windsurf and Copilot (https://code.claude.com/docs/en/hooks,
      // https://cursor.com/docs/agent/hooks, https://docs.github.com/en/copilot/reference/hooks-configuration).
      ['hooks ** command|bash|sh', 'sh'],
      ['hooks ** powershell', 'words'],
      ['statusLine|fileSuggestion|subagentStatusLine command', 'sh'],
      ['apiKeyHelper|awsAuthRefresh|awsCredentialExport|otelHeadersHelper', 'sh'],
      ['formatter * command', 'exec'],
    ],
    settings: ['env'],
  },
  // https://developers.openai.com/codex/config-reference
  'codex-config': {
    syntax: 'toml',
    commands: [
      ['** mcp_servers *', 'server'],
      ['** notify', 'exec'],
      ['hooks ** command', 'sh'],
    ],
  },
  // https://cursor.com/docs/cloud-agent/setup
  'cursor-environment': {
    syntax: 'json',
    commands: [
      ['install|start', 'sh'],
      ['terminals command', 'sh'],
    ],
  },
  // https://geminicli.com/docs/cli/custom-commands/
  'gemini-commands': { syntax: 'toml', commands: [['prompt', 'prompt']] },
  // https://docs.continue.dev/customize/deep-dives/mcp
  'agent-config-yaml': {
    syntax: 'yaml',
    commands: [
      ['** mcpServers|extensions|servers ** *', 'server'],
      ['** mcpServers', 'server'],
    ],
  },
  // What pages show of the files of services: a part of one, and none says of which.
  'shown-yaml': {
    syntax: 'yaml',
    commands: [
      ['** run|script|before_script|after_script|command|commands', 'sh'],
      ['** mcpServers *', 'server'],
      ['** mcpServers', 'server'],
    ],
    isRead: true,
  },
  // https://docs.npmjs.com/cli/v11/using-npm/scripts, https://github.com/lint-staged/lint-staged#configuration,
  // https://github.com/toplenboren/simple-git-hooks, https://github.com/google/wireit#reference,
  // https://nx.dev/docs/reference/project-configuration
  'package-json': {
    syntax: 'json',
    commands: [
      ['scripts|lint-staged|simple-git-hooks|pre-commit|tasks *', 'sh'],
      ['husky|ghooks|gitHooks hooks *', 'sh'],
      ['gitHooks *', 'sh'],
      ['config ghooks *', 'sh'],
      ['wireit * command', 'sh'],
      ['nx|targets ** command|commands', 'sh'],
    ],
    isRead: true,
  },
  // https://docs.deno.com/runtime/reference/cli/task/
  'deno-tasks': {
    syntax: 'json',
    commands: [
      ['tasks *', 'sh'],
      ['tasks * command', 'sh'],
    ],
    isRead: true,
  },
  // https://containers.dev/implementors/json_reference/#lifecycle-scripts
  devcontainer: {
    syntax: 'json',
    commands: [
      ['initializeCommand|onCreateCommand|updateContentCommand', 'exec'],
      ['postCreateCommand|postStartCommand|postAttachCommand', 'exec'],
      ['initializeCommand|onCreateCommand|updateContentCommand *', 'exec'],
      ['postCreateCommand|postStartCommand|postAttachCommand *', 'exec'],
      ['customizations vscode ** mcp servers *', 'server'],
      ['build args', 'settings'],
    ],
    settings: ['containerEnv', 'remoteEnv'],
  },
  // https://code.visualstudio.com/docs/debugtest/tasks
  'vscode-tasks': { syntax: 'json', commands: [['tasks', 'server']] },
  // https://nx.dev/docs/reference/project-configuration, https://github.com/lint-staged/lint-staged#configuration,
  // https://github.com/toplenboren/simple-git-hooks, https://lefthook.dev/configuration/
  'nx-project': { syntax: 'json', commands: [['targets ** command|commands', 'sh']] },
  'git-hooks-json': {
    syntax: 'json',
    commands: [
      ['*', 'sh'],
      ['** run', 'sh'],
    ],
  },
  // https://vercel.com/docs/project-configuration/vercel-json, https://docs.railway.com/reference/config-as-code,
  // https://devcenter.heroku.com/articles/app-json-schema, https://v2.tauri.app/reference/config/#buildconfig
  'deploy-json': {
    syntax: 'json',
    commands: [
      ['installCommand|buildCommand|devCommand|ignoreCommand', 'sh'],
      ['build|deploy buildCommand|startCommand|preDeployCommand', 'sh'],
      ['** scripts *', 'sh'],
      ['** formation * command', 'sh'],
      ['build beforeDevCommand|beforeBuildCommand|beforeBundleCommand', 'sh'],
    ],
  },
  // https://docs.netlify.com/build/configure-builds/file-based-configuration/, https://fly.io/docs/reference/configuration/,
  // https://nixpacks.com/docs/configuration/file, https://docs.railway.com/reference/config-as-code
  'deploy-toml': {
    syntax: 'toml',
    commands: [
      ['** command|release_command|buildCommand|startCommand|preDeployCommand', 'sh'],
      ['processes *', 'sh'],
      ['phases * cmds', 'sh'],
      ['start cmd', 'sh'],
    ],
    settings: ['environment', 'env'],
  },
  // https://mise.jdx.dev/tasks/task-configuration.html
  mise: {
    syntax: 'toml',
    commands: [
      ['tools', 'tools'],
      ['tasks *', 'sh'],
      ['tasks * run', 'sh'],
      ['hooks *', 'sh'],
    ],
    settings: ['env'],
  },
  // https://poethepoet.natn.io/tasks/task_types/, https://github.com/taskipy/taskipy, https://pdm-project.org/en/latest/usage/scripts/,
  // https://hatch.pypa.io/latest/config/environment/overview/#scripts, https://pixi.prefix.dev/latest/workspace/advanced_tasks/,
  // https://tox.wiki/en/latest/config.html#tox-native
  'python-tasks': {
    syntax: 'toml',
    commands: [
      ['tool poe tasks *', 'sh'],
      ['tool poe tasks * cmd|shell|sequence', 'sh'],
      ['tool taskipy tasks *', 'sh'],
      ['tool taskipy tasks * cmd', 'sh'],
      ['tool pdm scripts *', 'sh'],
      ['tool pdm scripts * cmd|shell', 'exec'],
      ['tool hatch envs * scripts *', 'sh'],
      ['tool hatch envs * pre-install-commands|post-install-commands', 'sh'],
      ['envs * scripts *', 'sh'],
      ['envs * pre-install-commands|post-install-commands', 'sh'],
      ['** tasks * cmd', 'sh'],
      ['tool pixi ** tasks *', 'sh'],
      ['tasks *', 'sh'],
    ],
    isRead: true,
  },
} as const satisfies Readonly<Record<string, CommandTable>>;
