import { expect, test } from 'vitest';
import { contentsOf, kindOf } from '../../src/analysis/source-kinds.ts';
import { commandFiles, containers } from '../../src/containers/index.ts';
import { languages } from '../../src/languages/index.ts';

/** @returns Whether the reader of a file's format is loaded for a text. */
async function isLoaded(path: string, text: string): Promise<boolean> {
  let count = 0;
  const formats = [...containers, ...commandFiles].map((format) => ({
    ...format,
    container: () => {
      count += 1;
      return format.container();
    },
  }));
  const kinds = { languages, containers: formats, mayInstall: (words: string) => /\bnpx\b/.test(words) };
  const kind = kindOf(path, kinds);
  if (kind === undefined) throw new Error('nothing reads it');
  await contentsOf(text, kind, kinds);
  return count > 0;
}

test.each([
  ['a command that installs', '.github/workflows/a.yml', 'jobs: { a: { steps: [{ run: npx b }] } }', true],
  ['none', '.github/workflows/a.yml', 'jobs: { a: { steps: [{ run: make }] } }', false],
  ['letters by their numbers', '.mcp.json', '{ "mcpServers": { "a": { "command": "np\\u0078" } } }', true],
  ['in YAML', '.gitlab-ci.yml', 'a: { script: "\\x6epx b" }', true],
  ['an escape that is no letter', '.mcp.json', '{ "a": "b\\n\\u2014" }', false],
  ['a program of another language', 'Dockerfile', 'RUN <<EOF python3\nimport a\nEOF\n', true],
  ['a file of no commands', 'a.vue', '<script>import "a"</script>', true],
])('%s: %s', async (_, path, text, isRead) => {
  expect(await isLoaded(path, text)).toBe(isRead);
});
