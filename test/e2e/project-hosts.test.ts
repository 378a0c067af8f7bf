import { afterEach, describe, expect, test } from 'vitest';

import { findingsIn } from '../kit/findings.ts';
import type { Scratch } from '../kit/scratch.ts';
import { shop } from '../kit/shop.ts';
import { runIn } from '../kit/world.ts';

/** What programs a project is made for: the state before a change says it, and the change itself does not. */

type Files = Readonly<Record<string, string>>;

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

/** @returns What the hook says to a change, without columns. */
async function said(base: Files, change: Files): Promise<readonly string[]> {
  const scratch = await shop(base);
  open.push(scratch);
  scratch.write(change);
  await scratch.git('add', '--all');
  const { stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
  return findingsIn(stdout).map((line) => line.replace(/:\d+:\d+/, ''));
}

const extension: Files = { 'package.json': '{ "name": "shop", "engines": { "vscode": "^1.90.0" } }\n' };
const org: Files = { 'sfdx-project.json': '{}\n' };
const meteor: Files = { '.meteor/release': 'METEOR@3.0\n' };
const pinned: Files = {
  'config/importmap.rb': 'pin "trix"\npin_all_from "app/javascript/helpers", under: "helpers"\n',
  'app/javascript/helpers/timing.js': 'export const now = 1;\n',
};

describe('a host that the base shows, and one that only the change shows', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'an editor',
      extension,
      { 'web/new.ts': "import x from 'vscode';\n" },
      ['web/new.ts unapproved-package npm:vscode'],
    ],
    ['an org', org, { 'web/new.ts': "import x from 'c/cart';\n" }, ['web/new.ts unapproved-package npm:c']],
    [
      'a platform',
      meteor,
      { 'web/new.ts': "import x from 'meteor/check';\n" },
      ['web/new.ts unapproved-package npm:meteor'],
    ],
    [
      'an application with add-ons in Python',
      { 'blender_manifest.toml': 'schema_version = "1.0.0"\n' },
      { 'shop/new.py': 'import bpy\n' },
      ['shop/new.py unapproved-package pypi:bpy'],
    ],
    [
      'notebooks of a platform',
      { 'first.ipynb': '{"cells": [], "metadata": {"colab": {}}, "nbformat": 4}\n' },
      {
        'new.ipynb':
          '{"cells": [{"cell_type": "code", "source": "import google.colab"}], "metadata": {"kernelspec": {"language": "python", "name": "python3"}}, "nbformat": 4}\n',
      },
      ['new.ipynb#cell1 unapproved-package pypi:google-colab'],
    ],
    [
      'folders of a framework',
      { 'quasar.config.js': 'export default {};\n', 'src/boot/axios.ts': 'export const api = 1;\n' },
      { 'src/new.ts': "import { api } from 'boot/axios';\n" },
      ['src/new.ts unapproved-package npm:boot'],
    ],
  ])('%s', async (_, shown, change, findings) => {
    expect(await said(shown, change)).toEqual([]);
    expect(await said({}, { ...shown, ...change })).toEqual(findings);
  });
});

describe('what an add-on asks its host for is declared, and a new line of that asks for a package', () => {
  test.each<[string, file: string, lines: (name: string) => string]>([
    [
      'an integration of Home Assistant',
      'custom_components/harbour/manifest.json',
      (name) => `{ "domain": "harbour", "requirements": ["${name}==1.0"] }\n`,
    ],
    [
      'an add-on of Odoo',
      'addons/harbour/__manifest__.py',
      (name) =>
        `{"name": "Harbour", "depends": ["base"], "external_dependencies": {"python": ["${name}"]}}\n`,
    ],
    [
      'an add-on of Kodi',
      'addon.xml',
      (name) =>
        `<addon id="x"><requires><import addon="script.module.${name}"/><import addon="xbmc.python"/></requires></addon>\n`,
    ],
  ])('%s', async (_, file, lines) => {
    const program = { 'shop/new.py': 'import tidelib\n' };
    expect(await said({ [file]: lines('tidelib') }, program)).toEqual([
      'shop/new.py unreviewed-package pypi:tidelib',
    ]);
    expect(await said({ [file]: lines('other') }, { ...program, [file]: lines('tidelib') })).toEqual([
      `${file} unapproved-package pypi:tidelib`,
      'shop/new.py unapproved-package pypi:tidelib',
    ]);
    expect(await said({ [file]: lines('other') }, { [file]: `${lines('other')}\n` })).toEqual([]);
  });

  test('a manifest.json of other programs is none', async () => {
    const change = { 'web/manifest.json': '{ "requirements": ["tide-ai"], broken\n' };
    expect(await said({}, change)).toEqual([]);
  });
});

describe('a Rails application', () => {
  const program = (text: string): Files => ({ 'app/javascript/application.js': text });

  test('imports what the base pins, and its own modules', async () => {
    const change = program(
      "import 'trix';\nimport { now } from 'helpers/timing';\nimport 'helpers/gone-ai';\n",
    );
    expect(await said(pinned, change)).toEqual([
      'app/javascript/application.js unreviewed-package npm:trix',
      'app/javascript/application.js unapproved-package npm:helpers',
    ]);
  });

  test('pins a package, and a file of its own', async () => {
    const change: Files = {
      'config/importmap.rb': `${pinned['config/importmap.rb'] ?? ''}pin "react-ai-utils"\npin "charts"\n`,
      'app/javascript/charts.js': 'export const chart = 1;\n',
    };
    expect(await said(pinned, change)).toEqual(['config/importmap.rb unapproved-package npm:react-ai-utils']);
  });
});

test('a package of Meteor declares what it takes from npm, and a new line of that asks for a package', async () => {
  const table = (lines: string): Files => ({ 'packages/ldap/package.js': `Npm.depends({ ${lines} });\n` });
  const change = {
    ...table("ldapts: '4.2.6', 'ldap-ai': '1.0.0'"),
    'packages/ldap/server.js': "import { Client } from 'ldapts';\n",
  };
  expect(await said({ ...meteor, ...table("ldapts: '4.2.6'") }, change)).toEqual([
    'packages/ldap/package.js unapproved-package npm:ldap-ai',
    'packages/ldap/server.js unreviewed-package npm:ldapts',
  ]);
});

test('a component of Ember is read', async () => {
  const base: Files = {
    'package.json': '{ "name": "shop", "devDependencies": { "ember-source": "~6.1.0" } }\n',
  };
  const change: Files = {
    'app/tide.gts':
      "import { action } from '@ember/object';\nimport x from 'evil';\n<template>{{x}} <b>it's {{yield}}</b></template>\n",
  };
  expect(await said(base, change)).toEqual(['app/tide.gts unapproved-package npm:evil']);
});

test('a template of a project, which has no package.json, is one of its host all the same', async () => {
  const template = 'create/templates/app/BASE';
  const base: Files = {
    'package.json': '{ "name": "create-deck" }\n',
    [`${template}/_package.json`]: '{ "dependencies": { "quasar": "2" } }\n',
    [`${template}/quasar.config.js`]: 'export default {}\n',
    [`${template}/src/layouts/Main.vue`]: '<template><b /></template>\n',
  };
  const change: Files = {
    [`${template}/src/router/routes.js`]: "import('layouts/Main.vue'); import('layouts/Gone.vue');\n",
    'create/index.js': "import('layouts/Main.vue');\n",
  };
  expect(await said(base, change)).toEqual([
    'create/index.js unapproved-package npm:layouts',
    `${template}/src/router/routes.js unapproved-package npm:layouts`,
  ]);
});
