import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaults, type Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { pathLiteral } from '../../src/text/repository-path.ts';
import { filesOf, fixtures } from './folder.ts';
import { rules } from './rules.ts';

const root = join(fixtures, 'config');
const folders = (prefix: string) => readdirSync(root).filter((name) => name.startsWith(prefix));

describe('configs that are wrong: every fault with its place and what to do', () => {
  test.each(folders('ng-'))('%s', async (name) => {
    const read = await loadConfig(filesOf(join(root, name)), rules);
    const faults = read.kind === 'faults' ? read.faults : [];
    const told = faults.map(({ file, line, column, message, next }) =>
      line === null
        ? `${file ?? ''} ${message} [${next}]`
        : `${file ?? ''}:${line}:${column ?? 0} ${message} [${next}]`,
    );
    expect(told.join('\n') + '\n').toBe(readFileSync(join(root, name, 'expected.txt'), 'utf8'));
  });
});

describe('configs that are right', () => {
  const expected: Record<string, Partial<Config>> = {
    'ok-none': {},
    'ok-empty': { source: { file: pathLiteral('.check-importsrc.yml'), lines: new Map() } },
    'ok-bare': {
      trust: 'whitelist',
      source: { file: pathLiteral('.check-importsrc'), lines: new Map([['trust', 1]]) },
    },
    'ok-former-id': {
      rules: new Map([['unreviewed-package', 'error']]),
      source: {
        file: pathLiteral('.check-importsrc.yaml'),
        lines: new Map([
          ['rules', 1],
          ['rules.unreviewed-package', 2],
        ]),
      },
    },
    'ok-beside-code': {
      trust: 'whitelist',
      source: { file: pathLiteral('.check-importsrc.yaml'), lines: new Map([['trust', 1]]) },
    },
    'ok-json': {
      trust: 'manifests',
      rules: new Map([['unclear-import', 'error']]),
      source: {
        file: pathLiteral('.check-importsrc.json'),
        lines: new Map([
          ['$schema', 2],
          ['trust', 3],
          ['rules', 4],
          ['rules.unclear-import', 4],
        ]),
      },
    },
    'ok-paths': {
      whitelist: pathLiteral('policy/approved.yaml'),
      extends: [
        { path: pathLiteral('policy/team.yaml'), line: 2, column: 11 },
        { path: pathLiteral('policy/more.yml'), line: 2, column: 31 },
      ],
      ignorePaths: [...defaults.ignorePaths, 'generated/**'],
      localModules: ['@/*', './x'],
      source: {
        file: pathLiteral('.check-importsrc.yaml'),
        lines: new Map([
          ['whitelist', 1],
          ['extends', 2],
          ['extends../policy/team.yaml', 2],
          ['extends.policy/./more.yml', 2],
          ['ignorePaths', 3],
          ['ignorePaths.generated/**', 3],
          ['ignorePaths.**/*.min.js', 3],
          ['localModules', 4],
          ['localModules.@/*', 4],
          ['localModules../x', 4],
        ]),
      },
    },
    'ok-package': {
      trust: 'whitelist',
      youngDays: 10,
      source: {
        file: pathLiteral('package.json'),
        lines: new Map([
          ['trust', 5],
          ['youngDays', 6],
        ]),
      },
    },
    'ok-pyproject': {
      trust: 'whitelist',
      localModules: ['app_generated', 'settings'],
      rules: new Map([
        ['unclear-import', 'error'],
        ['policy-change', 'error'],
      ]),
      source: {
        file: pathLiteral('pyproject.toml'),
        lines: new Map([
          ['trust', 8],
          ['localModules', 9],
          ['localModules.app_generated', 10],
          ['localModules.settings', 11],
          ['rules', 14],
          ['rules.unclear-import', 15],
          ['rules.policy-change', 16],
        ]),
      },
    },
  };
  test.each(Object.entries(expected))('%s', async (name, config) => {
    const read = await loadConfig(filesOf(join(root, name)), rules);
    expect(read).toEqual({ kind: 'config', config: { ...defaults, ...config } });
  });

  test('ok-yaml: every key', async () => {
    const read = await loadConfig(filesOf(join(root, 'ok-yaml')), rules);
    const config = read.kind === 'config' ? { ...read.config, source: null } : read.faults;
    expect(config).toEqual({
      whitelist: 'policy/approved.yaml',
      extends: [{ path: 'policy/team.yaml', line: 3, column: 11 }],
      trust: 'whitelist',
      rules: new Map([
        ['unapproved-package', 'error'],
        ['unclear-import', 'off'],
        ['denied-package', 'error'],
      ]),
      ignorePaths: [...defaults.ignorePaths, 'generated/**'],
      ambient: ['homeassistant'],
      localModules: ['settings_generated'],
      privateNames: ['@acme/*', 'acme-core'],
      registries: new Map([
        ['npm', ['https://npm.registry.example/']],
        ['pypi', ['https://pypi.registry.example/simple', 'https://index.example/simple']],
      ]),
      lookup: 'off',
      lookupBudget: 2.5,
      youngDays: 30,
      assistants: 'trusted',
      policyFrom: 'base',
      requested: 'warn',
      commands: 'all',
      source: null,
    });
  });

  test('each has its expectation', () => {
    expect(folders('ok-').toSorted()).toEqual([...Object.keys(expected), 'ok-yaml'].toSorted());
  });
});

test('code beside a config is never executed', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'config-'));
  try {
    cpSync(join(root, 'ok-beside-code'), copy, { recursive: true });
    const read = await loadConfig(filesOf(copy), rules);
    expect(read.kind).toBe('config');
    const marks = [join(copy, 'was-executed'), join(copy, '.config', 'was-executed')];
    expect(marks.filter((mark) => existsSync(mark))).toEqual([]);
    for (const code of ['.config/config.js', 'check-imports.config.js']) {
      execFileSync(process.execPath, [join(copy, code)]);
    }
    expect(marks.filter((mark) => existsSync(mark))).toEqual(marks);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
