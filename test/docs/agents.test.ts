import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { agentNames } from '../../src/agents/settings/agent.ts';
import { agents } from '../../src/agents/settings/index.ts';
import { instructionLines } from '../../src/agents/instructions.ts';
import { projectRoot, Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/* docs/agents.md against the code: its commands are run as they stand, and it says of each assistant what `init` writes. */

const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');
const page = read('docs/agents.md');

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

const commands = [...page.matchAll(/^npx --no -- vetted-imports (.*?) *(?:#.*)?$/gm)].map(
  ([, words = '']) => words,
);

describe('its commands', () => {
  test('run in their order', async () => {
    const scratch = await Scratch.with({
      'package.json': '{ "devDependencies": { "vetted-imports": "^0.1.0" } }\n',
      'AGENTS.md': '# Ours\n',
    });
    open.push(scratch);
    const codes: [string, number][] = [];
    for (const words of commands) {
      const { code } = await runIn(scratch, words.split(' '));
      codes.push([words.split(' ').at(-1) ?? '', code]);
    }
    // Without a terminal there is nobody to ask.
    expect(codes).toEqual([
      ['--dry-run', 0],
      ['--yes', 0],
      ['--check', 0],
      ['--remove', 2],
    ]);
    expect(scratch.has('.claude/settings.json')).toBe(true);
  });
});

test('the names are all that there are', () => {
  const [, names = ''] = /^The names are (.*?)\. /m.exec(page) ?? [];
  expect([...names.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual([...agentNames]);
});

test('the table has a row for each assistant, with its file', () => {
  const rows = [...page.matchAll(/^\| (.+?) \(.*?\) +\| `(.+?)` +\|/gm)].map(([, title, file]) => [
    title,
    file,
  ]);
  expect(new Set(rows.map(([, file]) => file))).toEqual(
    new Set(agentNames.map((name) => agents[name].files[0])),
  );
  for (const name of agentNames)
    expect(
      rows.some(([title, file]) => title?.startsWith(agents[name].title) && file === agents[name].files[0]),
    ).toBe(true);
});

test('the instructions are those that are written', () => {
  const lines = instructionLines('npx --no -- vetted-imports', 'approved-packages.yaml');
  expect(page).toContain(`\`\`\`md\n${lines.join('\n')}\n\`\`\`\n`);
});

test('the plugin is the one of the marketplace', () => {
  const marketplace: unknown = JSON.parse(read('.claude-plugin/marketplace.json'));
  const [, name, source] = /^\/plugin install ([\w-]+)@([\w-]+)$/m.exec(page) ?? [];
  expect(marketplace).toMatchObject({ name: source, plugins: [{ name }] });
});
