import { array, object, parse, string } from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import configSchema from '../../schema/config.schema.json' with { type: 'json' };
import { rules } from '../../rules/index.ts';
import { Scratch } from '../kit/scratch.ts';
import { entryOf, entriesText } from '../kit/entries.ts';
import { runIn } from '../kit/world.ts';

/*
 * A change that edits the config is judged by the stricter of both sides: what it lowers itself counts from the next
 * change on. In the environment of an assistant that is so for whatever decides there.
 */

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;
type Key = Exclude<keyof typeof configSchema.properties, '$schema'>;

const config = '.check-importsrc.yaml';
const assistant = { CLAUDECODE: '1' };
const approval = await entriesText([entryOf('approved', 'npm:zzbad', { reason: 'needed' })]);
const levels = (level: string) =>
  rules.flatMap(({ id, fixed }) => (fixed ? [] : [`${id}: ${level}`])).join(', ');

/** Of each key the value that lets most pass, and the files that it names. A new key of the schema gets its row here. */
const loosest: Readonly<Record<Key, { readonly text: string; readonly files?: Files }>> = {
  whitelist: { text: 'whitelist: other.yaml', files: { 'other.yaml': approval } },
  extends: { text: 'extends: [more.yaml]', files: { 'more.yaml': approval } },
  trust: { text: 'trust: manifests' },
  rules: { text: `rules: { ${levels('off')} }` },
  ignorePaths: { text: 'ignorePaths: ["**"]' },
  ambient: { text: 'ambient: [zzbad, zzdeclared]' },
  localModules: { text: 'localModules: [zzbad, zzdeclared]' },
  privateNames: { text: 'privateNames: ["zz*"]' },
  registries: { text: 'registries: { npm: "https://registry.example/" }' },
  lookup: { text: 'lookup: off' },
  lookupBudget: { text: 'lookupBudget: 0.1' },
  youngDays: { text: 'youngDays: 0' },
  assistants: { text: 'assistants: trusted' },
  policyFrom: { text: 'policyFrom: head' },
  requested: { text: 'requested: warn' },
  commands: { text: 'commands: off' },
};

/** What a change does besides, and with which exit code it is refused. */
const refused: readonly [string, Files, number][] = [
  ['uses a package that nobody approved', { 'a.js': 'import "zzbad";\n' }, 1],
  ['uses one that is only declared, where no warning passes', { 'a.js': 'import "zzdeclared";\n' }, 1],
  ['denies nothing any more', { 'approved-packages.yaml': await entriesText([]) }, 1],
  ['approves what it uses', { 'approved-packages.yaml': approval, 'a.js': 'import "zzbad";\n' }, 1],
  ['names another registry', { '.npmrc': 'registry=https://registry.example/\n' }, 1],
  ['has an import that nobody can follow', { 'a.js': 'const x = 1;\nimport(x);\n' }, 1],
  ['has a program that nobody can parse', { 'a.js': 'const load = require;\nconst = load("x");\n' }, 2],
];

async function repository(files: Files = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    'package.json': '{ "name": "shop", "dependencies": { "zzdeclared": "1" } }\n',
    'approved-packages.yaml': await entriesText([entryOf('denied', 'npm:request', { reason: 'old' })]),
    ...files,
  });
  open.push(scratch);
  return scratch;
}

const finding = object({ rule: string(), severity: string(), file: string(), message: string() });
const reportSchema = object({ findings: array(finding) });

async function judge(scratch: Scratch, env: Readonly<Record<string, string>>, ...more: string[]) {
  await scratch.git('add', '--all');
  const args = ['--staged', '--offline', '--format', 'json', ...more];
  const { code, stdout } = await runIn(scratch, args, { env });
  const { findings } = parse(reportSchema, JSON.parse(stdout));
  return { code, findings: findings.map(({ rule, file, severity }) => `${file}: ${severity} ${rule}`) };
}

test('each key of the config has a row', () => {
  const keys = Object.keys(configSchema.properties).filter((key) => key !== '$schema');
  expect(Object.keys(loosest).toSorted()).toEqual(keys.toSorted());
});

describe.each(refused)('in the environment of an assistant a change that %s', (_, files, expected) => {
  test('is refused', async () => {
    const scratch = await repository();
    scratch.write(files);
    expect((await judge(scratch, assistant, '--max-warnings', '0')).code).toBe(expected);
  });

  /** What the change is told without a config of its own; once for all rows that begin with the same config. */
  const told = new Map<string, readonly string[]>();
  async function toldAlone(base: Files): Promise<readonly string[]> {
    const key = base[config] ?? '';
    const known = told.get(key);
    if (known !== undefined) return known;
    const scratch = await repository(base);
    scratch.write(files);
    const { findings } = await judge(scratch, assistant, '--max-warnings', '0');
    told.set(key, findings);
    return findings;
  }

  const rows = Object.entries(loosest).map(([key, row]) => [key, row, {}] as const);
  test.each([
    ...rows,
    ['localModules, in a config that is there', loosest.localModules, { [config]: '# ours\n' }] as const,
    ['rules that only warn', { text: `rules: { ${levels('warn')} }` }, {}] as const,
    [
      'everything at once',
      {
        text: Object.values(loosest)
          .map(({ text }) => text)
          .join('\n'),
        files: { 'other.yaml': approval, 'more.yaml': approval },
      },
      {},
    ] as const,
  ])('is refused with %s', async (name, row: (typeof loosest)[Key], base: Files) => {
    const scratch = await repository(base);
    scratch.write(files);
    scratch.write({ ...row.files, [config]: `# ours\n${row.text}\n` });
    const { code, findings } = await judge(scratch, assistant, '--max-warnings', '0');
    expect(code).toBe(expected);
    // Another whitelist may approve what is used: that is told, as any approval.
    if (/^(?:whitelist|extends|everything)/.test(name)) return;
    expect(findings).toEqual(expect.arrayContaining([...(await toldAlone(base))]));
  });
});

describe('an innocent change passes', () => {
  test.each([
    ['a stricter config', `rules: { ${levels('error')} }\nyoungDays: 100\n`],
    ['a config that says what holds anyway', 'lookup: on\nassistants: ask\n'],
  ])('in the environment of an assistant: %s', async (_, text) => {
    const scratch = await repository();
    scratch.write({ [config]: text, 'a.js': 'import "node:fs";\n' });
    expect(await judge(scratch, assistant)).toEqual({ code: 0, findings: [] });
  });

  test('in the environment of an assistant with what is committed, also where the same file gets another key', async () => {
    const text = 'localModules: [zzbad]\nambient: [zzhost]\nignorePaths: ["old/**"]\n';
    const scratch = await repository({ [config]: text });
    scratch.write({
      [config]: `${text}rules: { unclear-import: error }\n`,
      'a.js': 'import "zzbad";\nimport "zzhost";\n',
      'old/a.js': 'import "zzother";\n',
    });
    expect(await judge(scratch, assistant)).toEqual({ code: 0, findings: [] });
  });

  test.each([
    ['localModules', 'localModules: [zzbad]\n'],
    ['ambient', 'ambient: [zzbad]\n'],
    ['ignorePaths', 'ignorePaths: ["*.js"]\n'],
  ])('by a person who says in %s what the project needs: it is listed', async (_, text) => {
    const scratch = await repository();
    scratch.write({ [config]: text, 'a.js': 'import "zzbad";\n' });
    expect(await judge(scratch, {})).toEqual({ code: 0, findings: [`${config}: warn policy-change`] });
  });
});

describe('whoever makes the change', () => {
  test.each([
    ['its own rules', `rules: { ${levels('off')} }\n`, 'a.js: error unapproved-package', 'zzbad'],
    ['its own trust', 'trust: manifests\n', 'a.js: warn unreviewed-package', 'zzdeclared'],
  ])('%s do not count for it, and do for the next one', async (_, text, expected, name) => {
    const scratch = await repository();
    scratch.write({ [config]: text, 'a.js': `import "${name}";\n` });
    expect((await judge(scratch, {})).findings).toContain(expected);
    await scratch.commitAll('past the hook');
    scratch.write({ 'b.js': `import "${name}";\n` });
    expect(await judge(scratch, {})).toEqual({ code: 0, findings: [] });
  });

  test.each([
    ['rules', `rules: { ${levels('off')} }\n`, 'zzbad'],
    ['trust', 'trust: manifests\n', 'zzdeclared'],
  ])('its own %s pass in no scope, and what is committed passes in all', async (_, text, name) => {
    const codesOf = async (base: Files, edit: Files) => {
      const scratch = await repository(base);
      scratch.write({ ...edit, 'src/a.js': `import "${name}";\n` });
      const codes: number[] = [];
      for (const scope of [[], ['--staged'], ['--since', 'HEAD~1']]) {
        await (scope[0] === '--since' ? scratch.commitAll('change') : scratch.git('add', '--all'));
        codes.push((await runIn(scratch, [...scope, '--offline', '--max-warnings', '0'])).code);
      }
      return codes;
    };
    expect(await codesOf({}, { [config]: text })).toEqual([1, 1, 1]);
    expect(await codesOf({ [config]: text }, {})).toEqual([0, 0, 0]);
  });

  test('its own trust in assistants does not count for it', async () => {
    const scratch = await repository();
    scratch.write({ [config]: 'assistants: trusted\n' });
    expect((await judge(scratch, assistant)).code).toBe(1);
    await scratch.commitAll('past the hook');
    scratch.write({ 'approved-packages.yaml': approval });
    expect((await judge(scratch, assistant)).code).toBe(0);
  });

  test('a rule that the base turns off is an error in the environment of an assistant', async () => {
    const scratch = await repository({ [config]: 'rules: { policy-change: off }\n' });
    scratch.write({ 'approved-packages.yaml': approval });
    expect(await judge(scratch, {})).toEqual({ code: 0, findings: [] });
    const { code, findings } = await judge(scratch, assistant);
    expect([code, new Set(findings)]).toEqual([1, new Set(['approved-packages.yaml: error policy-change'])]);
  });
});
