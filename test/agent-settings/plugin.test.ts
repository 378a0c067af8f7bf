import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { agents } from '../../src/agents/settings/index.ts';
import { version } from '../../src/app/version.ts';
import { projectRoot } from '../kit/scratch.ts';

/* The files by which others find this tool: the plugin for Claude Code, its marketplace, and the entry of the MCP registry. */

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8'));
const plugin = 'plugins/claude-code';
const url = v.pipe(v.string(), v.url());
const name = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/));

/** https://code.claude.com/docs/en/plugins-reference, as `claude plugin validate` of 2.1.332 takes it. */
const manifestSchema = v.strictObject({
  name,
  version: v.literal(version),
  description: v.string(),
  author: v.strictObject({ name: v.string() }),
  homepage: url,
  repository: url,
  license: v.literal('MIT'),
  keywords: v.array(v.string()),
});

const hook = v.strictObject({
  type: v.literal('command'),
  command: v.literal('node'),
  args: v.tuple([v.literal('${CLAUDE_PLUGIN_ROOT}/scripts/start.mjs'), v.picklist(['hook', 'session'])]),
  timeout: v.literal(10),
  onFailure: v.optional(v.literal('block')),
});
const hooksSchema = v.strictObject({
  description: v.string(),
  hooks: v.record(
    v.string(),
    v.array(v.strictObject({ matcher: v.optional(v.string()), hooks: v.array(hook) })),
  ),
});

test('the manifest of the plugin', () => {
  const { license, repository } = v.parse(manifestSchema, read(`${plugin}/.claude-plugin/plugin.json`));
  expect(read('package.json')).toMatchObject({ license, repository: { url: `git+${repository}.git` } });
});

test('its hooks are those of init, and one that says why nothing is asked', () => {
  const { hooks } = v.parse(hooksSchema, read(`${plugin}/hooks/hooks.json`));
  const entries = agents.claude.entries({ start: { kind: 'path' }, present: () => null });
  const group = v.object({ matcher: v.optional(v.string()), hooks: v.array(v.looseObject({})) });
  const own = entries.map(({ path: [, event = ''], value }) => {
    const { matcher, hooks: list } = v.parse(group, value);
    return [event, matcher, list.map(({ onFailure, timeout }) => [onFailure, timeout])];
  });
  const ofPlugin = Object.entries(hooks).flatMap(([event, groups]) =>
    groups.map((item) => [
      event,
      item.matcher,
      item.hooks.map(({ onFailure, timeout }) => [onFailure, timeout]),
    ]),
  );
  expect(ofPlugin.filter(([event]) => event !== 'SessionStart')).toEqual(own);
  expect(ofPlugin).toHaveLength(own.length + 1);
});

test('the marketplace leads to it', () => {
  const { name: pluginName } = v.parse(manifestSchema, read(`${plugin}/.claude-plugin/plugin.json`));
  const entry = v.strictObject({
    name: v.literal(pluginName),
    source: v.literal(`./${plugin}`),
    description: v.string(),
    version: v.literal(version),
  });
  const schema = v.strictObject({
    name,
    owner: v.strictObject({ name: v.string() }),
    metadata: v.strictObject({ description: v.string() }),
    plugins: v.tuple([entry]),
  });
  expect(v.is(schema, read('.claude-plugin/marketplace.json'))).toBe(true);
});

test('its MCP server and its program are there', () => {
  expect(read(`${plugin}/.mcp.json`)).toEqual({
    mcpServers: {
      'check-imports': { command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/scripts/start.mjs', 'mcp'] },
    },
  });
  expect(existsSync(path.join(projectRoot, plugin, 'scripts/start.mjs'))).toBe(true);
});

describe('its skill', () => {
  const text = readFileSync(path.join(projectRoot, plugin, 'skills/request-approval/SKILL.md'), 'utf8');

  /** https://agentskills.io/specification */
  test('says its name and when it is of use', () => {
    const [, head = ''] = /^---\n([^]*?)\n---\n/.exec(text) ?? [];
    const fields = new Map(
      head.split('\n').map((line) => [line.split(': ', 1)[0], line.replace(/^\w+: /, '')]),
    );
    expect([...fields.keys()]).toEqual(['name', 'description']);
    expect(fields.get('name')).toBe('request-approval');
    expect(fields.get('description')?.length).toBeLessThan(1024);
    for (const word of ['import', 'package', 'install', 'approve', 'npm'])
      expect(fields.get('description')).toContain(word);
  });

  test('names no way round', () => {
    expect(text).not.toMatch(/CHECK_IMPORTS|--no-verify|trusted|ignore\[|--offline/);
  });
});

/** https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json, as far as it is used. */
test('the entry of the MCP registry', () => {
  const short = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
  const schema = v.strictObject({
    $schema: url,
    name: v.pipe(short, v.regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/)),
    title: short,
    description: short,
    version: v.literal(version),
    websiteUrl: url,
    repository: v.strictObject({ url, source: v.literal('github') }),
    packages: v.tuple([
      v.strictObject({
        registryType: v.literal('npm'),
        identifier: v.literal('vetted-imports'),
        version: v.literal(version),
        transport: v.strictObject({ type: v.literal('stdio') }),
        packageArguments: v.tuple([
          v.strictObject({ type: v.literal('positional'), value: v.literal('mcp') }),
        ]),
      }),
    ]),
  });
  const { name: server } = v.parse(schema, read('server.json'));
  expect(read('package.json')).toMatchObject({ mcpName: server });
});
