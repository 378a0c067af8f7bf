import { afterEach, describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/* `init --update` writes a whitelist of an older version as this one writes it. */

const scratches: Scratch[] = [];
afterEach(() => {
  for (const scratch of scratches.splice(0)) scratch.dispose();
});

const file = 'approved-packages.yaml';

async function repository(files: Readonly<Record<string, string>>): Promise<Scratch> {
  const scratch = await Scratch.with({ 'package.json': '{}', ...files });
  scratches.push(scratch);
  return scratch;
}

const headings = `# Packages that people decided about. Imports of any other package stop at the pre-commit hook.
# ask the team
approved:
  npm:
    # see audit 12
    zod: { reason: "schemas, all", by: Ada L <ada@example.org>, date: 2026-01-02 } # for now
    "@acme/*": {}
denied:
  npm:
    request: { use: undici, reason: old }
baseline:
  pypi:
    flask: { date: 2026-01-02 }
    opencv-python: { imports: [cv2] }
requested:
  pypi:
    wanted: { reason: "${'x'.repeat(121)}" }
`;

const lines = `# What people decided about packages: one line each, in order, so that branches merge.
# ask the team
covers: [npm, pypi, golang, cargo, commands]
# prettier-ignore
packages:
  npm:@acme/*: { approved: not recorded }
  npm:request: { denied: old, use: npm:undici }
  # see audit 12
  # for now
  npm:zod: { approved: "schemas, all", by: Ada L <ada@example.org>, date: 2026-01-02 }
  pypi:flask: { baseline: 2026-01-02 }
  pypi:opencv-python: { baseline: 2026-11-23, imports: [cv2] }
  # ${'x'.repeat(121)}
  pypi:wanted: { requested: ${'x'.repeat(119)}… }
`;

describe('a file with headings', () => {
  test('is a fault that says what to run, and is rewritten with all that it says', async () => {
    const scratch = await repository({ [file]: headings });
    scratch.write({ 'a.js': 'import "zod";\n' });
    const before = await runIn(scratch, ['--offline', '--format', 'concise']);
    expect(before.code).toBe(2);
    expect(before.stdout).toContain('`vetted-imports init --update`');
    const update = await runIn(scratch, ['init', '--update', '--yes']);
    expect(update.stderr).toBe('');
    expect(scratch.read(file)).toBe(lines);
    expect((await runIn(scratch, ['--offline', '--format', 'concise'])).code).toBe(0);
    expect((await runIn(scratch, ['init', '--update', '--yes'])).stdout).toContain('is up to date');
    expect(scratch.read(file)).toBe(lines);
  });

  test('is only shown with --dry-run', async () => {
    const scratch = await repository({ [file]: headings });
    expect((await runIn(scratch, ['init', '--update', '--dry-run'])).stdout).toContain('+  npm:zod: ');
    expect(scratch.read(file)).toBe(headings);
  });

  test('loses nothing by being rewritten: no decision is told as new', async () => {
    const scratch = await repository({ [file]: headings });
    await runIn(scratch, ['init', '--update', '--yes']);
    await scratch.git('add', '--all');
    expect((await runIn(scratch, ['--staged', '--offline'])).stdout).toBe('');
  });

  test('and with lines, after a merge, keeps the strictest of what both say', async () => {
    const both = `${whitelistText({ 'npm:a': { approved: 'x' } })}denied:\n  npm:\n    a: { reason: no }\n`;
    const scratch = await repository({ [file]: both });
    await runIn(scratch, ['init', '--update', '--yes']);
    expect(scratch.read(file)).toBe(
      whitelistText({ 'npm:a': { denied: 'no' } }).replace('denied: no', 'denied: "no"'),
    );
  });

  test('of a team is rewritten with the one that names it', async () => {
    const scratch = await repository({
      [file]: `extends: [team.yaml]\n${whitelistText({})}`,
      'team.yaml': 'approved:\n  npm:\n    a: { reason: x }\n',
    });
    expect((await runIn(scratch, ['init', '--update', '--yes'])).code).toBeLessThan(2);
    expect(scratch.read('team.yaml')).toBe(whitelistText({ 'npm:a': { approved: 'x' } }));
  });

  test('that holds another mistake is left alone', async () => {
    const scratch = await repository({ [file]: `${headings}packages:\n  npm:b: {}\n` });
    const { code, stderr } = await runIn(scratch, ['init', '--update', '--yes']);
    expect(code).toBe(2);
    expect(stderr).toContain('holds no decision');
    expect(scratch.read(file)).toContain('approved:\n  npm:');
  });
});

test('an ecosystem that is not covered comes with what HEAD declares of it', async () => {
  const scratch = await repository({
    [file]: whitelistText({ 'pypi:numpy': { denied: 'old' } }).replace(
      '[npm, pypi, golang, cargo, commands]',
      '[npm]',
    ),
    'requirements.txt': 'flask\nnumpy\n',
  });
  await runIn(scratch, ['init', '--update', '--yes']);
  expect(scratch.read(file)).toBe(
    whitelistText({ 'pypi:flask': { baseline: '2026-11-23' }, 'pypi:numpy': { denied: 'old' } }),
  );
});

test.each([
  ['no whitelist', {}, 'there is no approved-packages.yaml to update'],
  ['an assistant', { [file]: headings }, 'a coding assistant'],
])('%s is refused', async (who, files, message) => {
  const scratch = await repository(files);
  if (who === 'an assistant') scratch.env['CLAUDECODE'] = '1';
  const { code, stderr } = await runIn(scratch, ['init', '--update', '--yes']);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
