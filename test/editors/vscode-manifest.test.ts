import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { heldOffline } from '../../editors/vscode/src/settings.ts';
import { statusItem, type Status } from '../../editors/vscode/src/status.ts';
import { configPlaces } from '../../src/config/find.ts';
import { readSettings } from '../../src/lsp/settings.ts';
import { watchedNames } from '../../src/lsp/watch.ts';
import { projectRoot } from '../kit/scratch.ts';

/* What the extension for VS Code says of itself, against the server and the package that it brings. */

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8'));

const fileMatch = v.union([v.string(), v.array(v.string())]);
const validations = v.array(v.object({ fileMatch, url: v.string() }));
const manifest = v.parse(
  v.looseObject({
    version: v.string(),
    activationEvents: v.array(v.string()),
    capabilities: v.looseObject({
      untrustedWorkspaces: v.looseObject({ restrictedConfigurations: v.array(v.string()) }),
    }),
    contributes: v.looseObject({
      configuration: v.looseObject({
        properties: v.record(v.string(), v.looseObject({ default: v.unknown(), scope: v.string() })),
      }),
      jsonValidation: validations,
      yamlValidation: validations,
      languages: v.array(v.object({ id: v.string(), filenames: v.array(v.string()) })),
    }),
  }),
  read('editors/vscode/package.json'),
);
const { contributes } = manifest;
const { properties } = contributes.configuration;

test('the version is the package’s', () => {
  expect(read('package.json')).toMatchObject({ version: manifest.version });
});

describe('settings', () => {
  const ofServer = Object.entries(properties).filter(([name]) => name.startsWith('vetted-imports.'));

  test('those of the server are known to it, and its own where nobody sets them', () => {
    const section = Object.fromEntries(
      ofServer.map(([name, { default: value }]) => [name.slice(name.indexOf('.') + 1), value]),
    );
    expect(readSettings(section)).toEqual(readSettings(undefined));
    expect(Object.keys(section)).toEqual(['offline', 'onlyNewImports', 'severity']);
  });

  test('what names a program is never the word of a repository that is not trusted', () => {
    expect(properties['check-imports.path']?.scope).toBe('machine-overridable');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual([
      'check-imports.path',
    ]);
  });

  test.each([
    ['offline for all workspaces, a workspace turns lookups on', true, { offline: false }, { offline: true }],
    ['offline for all workspaces, nothing is answered', true, null, null],
    ['a workspace is offline', false, { offline: true, severity: {} }, { offline: true, severity: {} }],
    ['nobody is offline', false, { offline: false }, { offline: false }],
  ])('%s', (_, isOffline, section, answer) => {
    expect(heldOffline([section], isOffline)).toEqual([answer]);
  });
});

/** @returns Paths that a validation of the manifest claims, as far as they have a name. */
const claimed = (list: v.InferOutput<typeof validations>, schema: string): readonly string[] =>
  list
    .filter(({ url }) => url === `./server/schema/${schema}`)
    .flatMap(({ fileMatch: patterns }) => patterns)
    .map((pattern) => pattern.replace(/^\*\*\//, ''));

describe('every place of a whitelist or a config', () => {
  const places = configPlaces.filter((place) => place.includes('check-importsrc'));

  test('has a schema', () => {
    expect(claimed(contributes.yamlValidation, 'approved-packages.schema.json')).toEqual([
      'approved-packages.yaml',
    ]);
    const schemas = [...contributes.yamlValidation, ...contributes.jsonValidation];
    expect([...claimed(schemas, 'config.schema.json')].toSorted()).toEqual([...places].toSorted());
  });

  test('starts the extension', () => {
    const patterns = manifest.activationEvents.map((event) => event.replace(/^workspaceContains:\*\*\//, ''));
    const names = patterns.flatMap((pattern) => {
      const [, stem = pattern, endings] = /^(.*)\{(.*)\}$/.exec(pattern) ?? [];
      return endings === undefined ? [stem] : endings.split(',').map((ending) => stem + ending);
    });
    const expected = watchedNames.filter((name) => !['package.json', 'pyproject.toml'].includes(name));
    expect(names.toSorted()).toEqual(expected.toSorted());
  });

  test('is YAML where its name does not tell', () => {
    const nameless = places.filter((place) => !/\.\w+$/.test(place.slice(2)));
    expect(contributes.languages).toEqual([
      { id: 'yaml', filenames: nameless.map((place) => path.posix.basename(place)) },
    ]);
  });
});

describe('the status bar', () => {
  const running: Status = {
    state: 'running',
    findings: 2,
    origin: 'workspace',
    isTrusted: true,
    version: '0.1.0',
  };

  test.each<[string, Partial<Status>, text: string, tooltip: string]>([
    [
      'counts findings',
      {},
      '$(package) 2',
      'vetted-imports: 2 findings in open files\nthe server that is installed in node_modules of the workspace, 0.1.0',
    ],
    [
      'says where no other server is started',
      { findings: 1, origin: 'bundled', isTrusted: false },
      '$(package) 1',
      'vetted-imports: 1 finding in open files\nthe server that comes with the extension, 0.1.0\nRestricted Mode: no other server is started.',
    ],
    [
      'says that it starts',
      { state: 'starting', origin: 'setting', version: undefined },
      '$(loading~spin) vetted-imports',
      'vetted-imports is starting\nthe server that the setting “check-imports.path” names',
    ],
    [
      'says that it has ended',
      { state: 'stopped', origin: 'bundled', version: undefined },
      '$(warning) vetted-imports',
      'vetted-imports has stopped; nothing is checked\nthe server that comes with the extension',
    ],
    [
      'says that there is none',
      { state: 'missing', origin: null, version: undefined },
      '$(warning) vetted-imports',
      'vetted-imports: the server is missing; nothing is checked',
    ],
  ])('%s', (_, status, text, tooltip) => {
    expect(statusItem({ ...running, ...status })).toMatchObject({ text, tooltip });
  });
});
