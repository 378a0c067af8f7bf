import type { CommandFiles, Container, ContainerFormat } from '../model/language.ts';
import type { TableId } from './command-tables.ts';
import { pathMatcher } from '../text/path-endings.ts';

/** A format as the list describes it. */
interface Description {
  readonly fileNames?: readonly string[];
  readonly paths?: readonly string[];
  /** Endings of files that are only about such files. */
  readonly otherEndings?: readonly string[];
  readonly runBy: CommandFiles['runBy'];
  /** `true` where nobody sees what a command asks. */
  readonly isUnattended?: boolean;
  /** Words that show programs of other languages. */
  readonly otherPrograms?: RegExp;
  /** What editors call such a text; left out where they have no word for it. */
  readonly editorId?: string;
  readonly container: () => Promise<Container>;
}

type CommandFileFormat = ContainerFormat & { readonly commands: CommandFiles };

function commandFormat({
  fileNames = [],
  paths = [],
  otherEndings = [],
  runBy,
  isUnattended = runBy === 'agent',
  otherPrograms,
  editorId,
  container,
}: Description): CommandFileFormat {
  const isNamed = pathMatcher(fileNames, paths);
  const isOther = pathMatcher([], otherEndings);
  const matches = (path: string) => isNamed(path) && !isOther(path);
  return {
    extensions: [],
    editorId: editorId ?? null,
    commands: {
      fileNames,
      paths,
      matches,
      runBy,
      isUnattended,
      ...(otherPrograms && { otherPrograms }),
    },
    container,
  };
}

/** An interpreter that a command hands a text to. */
const PYTHON_PROGRAM = /\bpython|\bpypy/;

/** Data files that a table of paths reads. */
function tableFormat(
  id: TableId,
  runBy: Description['runBy'],
  names: Pick<Description, 'fileNames' | 'paths' | 'otherPrograms'>,
): CommandFileFormat {
  return commandFormat({
    ...names,
    runBy,
    container: async () => (await import('./command-tables.ts')).commandTable(id),
  });
}

/** @returns Both endings that files of YAML have. */
function yaml(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [`${name}.yml`, `${name}.yaml`]);
}

const services: readonly CommandFileFormat[] = [
  tableFormat('github-actions', 'build', {
    fileNames: yaml('action'),
    paths: yaml('.github/workflows/*', '.gitea/workflows/*', '.forgejo/workflows/*'),
    otherPrograms: PYTHON_PROGRAM,
  }),
  tableFormat('gitlab-ci', 'build', {
    paths: yaml('*.gitlab-ci', '/.gitlab/**/*', '/templates/**/template'),
  }),
  tableFormat('circleci', 'build', { paths: yaml('.circleci/**/*') }),
  tableFormat('azure-pipelines', 'build', {
    paths: yaml(
      'azure-pipelines*',
      '.azure-pipelines/**/*',
      '.azuredevops/**/*',
      '.azure/pipelines/**/*',
      '.pipelines/**/*',
    ),
  }),
  tableFormat('bitbucket-pipelines', 'build', { fileNames: yaml('bitbucket-pipelines') }),
  tableFormat('buildkite', 'build', { paths: yaml('.buildkite/**/*') }),
  tableFormat('woodpecker', 'build', {
    fileNames: yaml('.woodpecker', '.drone', '.crow'),
    paths: yaml('.woodpecker/**/*', '.crow/**/*'),
  }),
  tableFormat('travis', 'build', { fileNames: yaml('.travis') }),
  tableFormat('cirrus', 'build', { fileNames: yaml('.cirrus') }),
  tableFormat('appveyor', 'build', { fileNames: yaml('appveyor', '.appveyor') }),
  tableFormat('buildspec', 'build', { paths: yaml('buildspec*') }),
  tableFormat('cloudbuild', 'build', { paths: yaml('cloudbuild*') }),
  tableFormat('semaphore', 'build', { paths: yaml('.semaphore/**/*') }),
  tableFormat('compose', 'build', {
    paths: yaml('docker-compose*', 'compose*', 'podman-compose*'),
    otherPrograms: PYTHON_PROGRAM,
  }),
  tableFormat('render', 'build', { fileNames: yaml('render') }),
  tableFormat('gitpod', 'build', { fileNames: yaml('.gitpod') }),
  tableFormat('deploy-json', 'build', {
    fileNames: ['vercel.json', 'now.json', 'railway.json', 'app.json', 'tauri.conf.json'],
  }),
  tableFormat('deploy-toml', 'build', {
    fileNames: ['netlify.toml', 'fly.toml', 'railway.toml', 'nixpacks.toml'],
  }),
];

const taskRunners: readonly CommandFileFormat[] = [
  tableFormat('taskfile', 'build', { fileNames: yaml('taskfile', 'taskfile.dist') }),
  tableFormat('pre-commit', 'build', {
    fileNames: yaml('.pre-commit-config', '.pre-commit-hooks'),
    otherPrograms: /additional_dependencies/,
  }),
  tableFormat('lefthook', 'build', {
    fileNames: yaml('lefthook', '.lefthook', 'lefthook-local', '.lefthook-local'),
  }),
  tableFormat('lint-staged', 'build', { fileNames: ['.lintstagedrc', ...yaml('.lintstagedrc')] }),
  tableFormat('git-hooks-json', 'build', {
    fileNames: [
      '.lintstagedrc.json',
      '.simple-git-hooks.json',
      'simple-git-hooks.json',
      'lefthook.json',
      '.lefthook.json',
    ],
  }),
  tableFormat('package-json', 'build', { fileNames: ['package.json'] }),
  tableFormat('deno-tasks', 'build', { fileNames: ['deno.json', 'deno.jsonc'] }),
  tableFormat('nx-project', 'build', { fileNames: ['project.json', 'nx.json'] }),
  tableFormat('python-tasks', 'build', { fileNames: ['pyproject.toml', 'hatch.toml', 'pixi.toml'] }),
  tableFormat('mise', 'build', {
    fileNames: ['mise.toml', '.mise.toml', 'mise.local.toml', '.mise.local.toml'],
    paths: ['mise/config.toml', '.mise/config.toml', '.config/mise.toml'],
  }),
  tableFormat('devcontainer', 'build', { fileNames: ['devcontainer.json', '.devcontainer.json'] }),
  tableFormat('vscode-tasks', 'build', { paths: ['.vscode/tasks.json'] }),
];

/** Settings of coding assistants, which start servers and hooks by themselves. */
const agentConfigs: readonly CommandFileFormat[] = [
  tableFormat('agent-config', 'agent', {
    fileNames: [
      ...['.mcp.json', 'mcp.json', 'mcp_config.json', 'mcp-config.json', 'mcp_settings.json', 'mcp.jsonc'],
      ...['cline_mcp_settings.json', 'claude_desktop_config.json', 'gemini-extension.json'],
      ...['opencode.json', 'opencode.jsonc', '.opencode.json', 'crush.json', '.crush.json'],
    ],
    paths: [
      ...[
        '.claude/settings.json',
        '.claude/settings.local.json',
        '.claude-plugin/*.json',
        'hooks/hooks.json',
      ],
      ...['.gemini/settings.json', '.qwen/settings.json', '.zed/settings.json', '.vscode/settings.json'],
      ...['.cursor/hooks.json', '.windsurf/hooks.json', '.github/hooks/*.json', '.codex/hooks.json'],
      ...['.amazonq/**/*.json', '.kiro/**/*.json', '.roo/**/*.json', '.junie/**/*.json', '.factory/*.json'],
    ],
  }),
  tableFormat('codex-config', 'agent', { paths: ['.codex/config.toml', '.vibe/config.toml'] }),
  tableFormat('cursor-environment', 'agent', { paths: ['.cursor/environment.json'] }),
  tableFormat('gemini-commands', 'agent', {
    paths: ['.gemini/commands/**/*.toml', '.qwen/commands/**/*.toml'],
  }),
  tableFormat('agent-config-yaml', 'agent', {
    paths: yaml('.continue/**/*', '.goose/**/*'),
  }),
];

async function loadMarkdown(): Promise<Container> {
  return (await import('./markdown.ts')).markdown;
}

/**
 * What assistants are told: they run the commands that stand there. From the documentation of Claude Code, Codex, Cursor,
 * Copilot, Gemini, Windsurf, Cline, Roo, Kiro, Junie, Zed, aider, OpenCode and Continue (2026-11).
 */
const agentInstructions = commandFormat({
  fileNames: [
    ...[
      'agents.md',
      'agent.md',
      'agents.override.md',
      'claude.md',
      'claude.local.md',
      'gemini.md',
      'qwen.md',
    ],
    ...['skill.md', 'copilot-instructions.md', 'warp.md', 'crush.md', 'replit.md', 'conventions.md'],
  ],
  paths: [
    ...['*.mdc', '.cursor/rules/**/*.md', '.cursor/commands/**/*.md', '.github/instructions/**/*.md'],
    ...[
      '.github/prompts/**/*.md',
      '.github/agents/**/*.md',
      '.github/chatmodes/**/*.md',
      '.github/skills/**/*.md',
    ],
    ...['.claude/**/*.md', '.agents/**/*.md', '.codex/**/*.md', '.gemini/**/*.md', '.opencode/**/*.md'],
    ...['.windsurf/**/*.md', '.clinerules/**/*', '.roo/**/*.md', '.kiro/**/*.md', '.amazonq/**/*.md'],
    ...['.junie/**/*.md', '.continue/**/*.md', '.trae/**/*.md', '.aiassistant/**/*.md', '.factory/**/*.md'],
    // Plugins of Claude Code in a folder of a marketplace.
    ...['plugins/*/agents/**/*.md', 'plugins/*/commands/**/*.md'],
    ...['skills/**/*.md', 'prompts/*.md', '*.prompt.md', '*.instructions.md', '*.chatmode.md'],
  ],
  runBy: 'agent',
  container: loadMarkdown,
});

/** What assistants are told in files that are plain text to their tools. */
const plainInstructions = commandFormat({
  fileNames: ['.cursorrules', '.windsurfrules', '.clinerules', '.roorules', '.goosehints', '.rules'],
  runBy: 'agent',
  container: async () => (await import('./markdown.ts')).plainInstructions,
});

/** What people are told. */
const documentation = commandFormat({
  paths: ['README*.md', '/docs/**/*.md', '/doc/**/*.md', '/CONTRIBUTING.md', '/INSTALL.md'],
  runBy: 'reader',
  container: loadMarkdown,
});

/** `Dockerfile.md` tells of one, and `Makefile.patch` of a change to one. */
const ABOUT_FILES = ['*.md', '*.txt', '*.patch', '*.diff', '*.orig', '*.rej'];

/** Every file format that holds commands, by which packages may be installed. */
export const commandFiles: readonly CommandFileFormat[] = [
  commandFormat({
    fileNames: ['dockerfile', 'containerfile'],
    paths: [
      'Dockerfile.*',
      'Containerfile.*',
      '*.Dockerfile',
      '*.Containerfile',
      'Dockerfile-*',
      'Dockerfile_*',
    ],
    otherEndings: ABOUT_FILES,
    runBy: 'build',
    isUnattended: true,
    otherPrograms: PYTHON_PROGRAM,
    editorId: 'dockerfile',
    container: async () => (await import('./dockerfile.ts')).dockerfile,
  }),
  commandFormat({
    fileNames: ['procfile'],
    paths: ['Procfile.*'],
    otherEndings: ABOUT_FILES,
    runBy: 'build',
    container: async () => (await import('./procfile.ts')).procfile,
  }),
  commandFormat({
    fileNames: ['makefile', 'gnumakefile', 'bsdmakefile'],
    paths: ['*.mk', '*.mak', 'Makefile.*', 'Makefile-*'],
    otherEndings: ABOUT_FILES,
    runBy: 'build',
    editorId: 'makefile',
    container: async () => (await import('./makefile.ts')).makefile,
  }),
  commandFormat({
    fileNames: ['justfile', '.justfile'],
    paths: ['*.just'],
    runBy: 'build',
    editorId: 'just',
    otherPrograms: PYTHON_PROGRAM,
    container: async () => (await import('./justfile.ts')).justfile,
  }),
  commandFormat({
    fileNames: ['.envrc', '.bashrc', '.zshrc', '.profile', '.bash_profile', '.xinitrc'],
    paths: ['.husky/*', '.githooks/*', '.git-hooks/*'],
    runBy: 'build',
    otherPrograms: PYTHON_PROGRAM,
    container: async () => (await import('./shell-script.ts')).shellScript,
  }),
  ...services,
  ...taskRunners,
  ...agentConfigs,
  agentInstructions,
  plainInstructions,
  documentation,
];
