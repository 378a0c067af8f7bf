import { describe, expect, test } from 'vitest';

import { hosts } from '../../../src/languages/javascript/hosts/index.ts';
import { isKnownBySpelling, type Host } from '../../../src/languages/javascript/hosts/host.ts';
import { namesPackage } from '../../../src/languages/javascript/resolve/names.ts';
import { filesOf, resolved, resolverOf } from './resolve/project.ts';

type Contents = ReadonlyMap<string, string>;

const importer = 'src/main.ts';
const nothing: Contents = new Map([['README.md', '']]);

/** Each trace of a host alone, as a project that has no other. */
function projectsOf({ dependencies, engines, packageManagers, files }: Host): readonly Contents[] {
  const manifest = (fields: object): Contents =>
    new Map([['package.json', JSON.stringify({ name: 'shop', ...fields })]]);
  return [
    ...dependencies.map((name) => manifest({ devDependencies: { [name]: '1' } })),
    ...engines.map((name) => manifest({ engines: { [name]: '*' } })),
    ...packageManagers.map((name) => manifest({ packageManager: `${name}@4.0.0` })),
    ...files.map((path): Contents => new Map([[path, '']])),
  ];
}

/** Where a specifier leads in a project whose base was another one. */
function leads(specifier: string, project: Contents, base: Contents = project): Promise<string> {
  const files = filesOf(project);
  return resolved(resolverOf(files, { trusted: [base === project ? files : filesOf(base)] }), [
    importer,
    specifier,
  ]);
}

const rows = hosts.map((host) => ({
  ...host,
  title: `${host.host}: ${host.modules[0] ?? host.aliases[0]?.[0] ?? ''}`,
  specifiers: host.modules.map((pattern) => pattern.replace(/\*$/, 'x')),
  projects: projectsOf(host),
}));
const spelled = rows.filter(isKnownBySpelling);
const shown = rows.filter((row) => !isKnownBySpelling(row));

describe.each(rows)('$title', ({ source, date, modules }) => {
  test('cites its documentation and when it was read', () => {
    expect(URL.canParse(source)).toBe(true);
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test('has a star only at the end of a pattern', () => {
    expect(modules.filter((pattern) => /\*(?!\*\/|\/|$)/.test(pattern))).toEqual([]);
  });
});

describe.each(spelled)('$title, known by its spelling', ({ host, specifiers }) => {
  test('provides what no package can bear the name of', async () => {
    expect(specifiers.filter(namesPackage)).toEqual([]);
    for (const specifier of specifiers) expect(await leads(specifier, nothing)).toBe(`ambient ${host}`);
  });
});

describe.each(shown)('$title', ({ host, specifiers, projects, aliases }) => {
  test('provides its modules where the base shows it', async () => {
    for (const project of projects) {
      for (const specifier of specifiers) {
        expect([specifier, await leads(specifier, project)]).toEqual([specifier, `ambient ${host}`]);
      }
    }
  });

  test('provides nothing where the project does not show it', async () => {
    for (const specifier of specifiers) {
      expect([specifier, await leads(specifier, nothing)]).not.toEqual([specifier, `ambient ${host}`]);
    }
  });

  test('provides no module with the name of a package where only the change shows it', async () => {
    for (const project of projects) {
      for (const specifier of specifiers) {
        const origin = namesPackage(specifier) ? 'package' : 'ambient';
        expect([specifier, (await leads(specifier, project, nothing)).split(' ')[0]]).toEqual([
          specifier,
          origin,
        ]);
      }
    }
  });

  const within = aliases.flatMap(([alias, folders]) =>
    folders.filter((folder) => !folder.startsWith('../')).map((folder) => ({ alias, folder })),
  );
  test.each(within)('maps $alias to $folder only where it is shown', async ({ alias, folder }) => {
    const path = `${folder}/sample.ts`.replace(/^\.\//, '');
    const specifier = `${alias.replace('{name}', 'shop')}/sample`.replace(/^\//, '');
    const own: Contents = new Map([[path, '']]);
    for (const project of projects) {
      const whole: Contents = new Map([...project, ...own]);
      expect([specifier, await leads(specifier, whole)]).toEqual([specifier, `local ${path}`]);
      const changed = await leads(specifier, whole, nothing);
      expect(changed.startsWith('local')).toBe(!namesPackage(specifier));
    }
    expect(await leads(specifier, own)).not.toMatch(/^local/);
  });
});

describe('an add-on of Odoo', () => {
  const addOns: Contents = new Map([
    ['addons/fleet/__manifest__.py', '{"name": "Fleet"}'],
    ['addons/tyres/__manifest__.py', '{"name": "Tyres"}'],
    ['addons/tyres/static/src/pressure.js', ''],
    ['addons/tyres/static/tests/helpers.js', ''],
  ]);
  const from = 'addons/fleet/static/src/view.js';
  const resolver = resolverOf(filesOf(addOns));

  test.each([
    ['@tyres/pressure', 'local addons/tyres/static/src/pressure.js'],
    ['@tyres/../tests/helpers', 'local addons/tyres/static/tests/helpers.js'],
    ['@tyres/gone', 'package @tyres/gone'],
    ['@web/core/registry', 'ambient Odoo'],
    ['web.core', 'ambient Odoo'],
    ['web.public.widget', 'ambient Odoo'],
    ['webcore', 'package webcore'],
    ['web-core.session', 'package web-core.session'],
    ['lodash', 'package lodash'],
  ])('%s', async (specifier, origin) => {
    expect(await resolved(resolver, [from, specifier])).toBe(origin);
  });

  test('that only the change makes one', async () => {
    const fresh = resolverOf(filesOf(addOns), { trusted: [filesOf(nothing)] });
    expect(await resolved(fresh, [from, '@tyres/pressure'])).toBe('package @tyres/pressure');
    expect(await resolved(fresh, [from, 'web.core'])).toBe('package web.core');
  });
});

describe('a new folder of a project that showed the host elsewhere', () => {
  const first: Contents = new Map([['first/package.json', '{"engines":{"vscode":"1"}}']]);
  const second = new Map([...first, ['src/package.json', '{"engines":{"vscode":"1"}}']]);

  test('may import what it provides', async () => {
    expect(await leads('vscode', second, first)).toBe('ambient Visual Studio Code');
  });

  test('has to show it itself', async () => {
    expect(await leads('vscode', first)).toBe('package vscode');
  });
});

test('explains why a host does not count', async () => {
  const project = filesOf(new Map([['sfdx-project.json', '{}']]));
  const steps: string[] = [];
  await resolverOf(project, { trusted: [filesOf(nothing)] }).resolve(
    { file: importer, specifier: 'c/orders', names: [], kind: 'static' },
    ({ text }) => steps.push(text),
  );
  expect(steps.at(-1)).toMatch(
    /^Salesforce would provide it .*, but only this change shows that, with sfdx-project.json$/,
  );
});
