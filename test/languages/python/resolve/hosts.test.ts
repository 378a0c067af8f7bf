import { describe, expect, test } from 'vitest';
import { hosts } from '../../../../src/languages/python/hosts/index.ts';
import { moduleFiles } from '../../../../src/languages/python/hosts/own-modules.ts';
import { filesOf, resolve, resolverOf } from './project.ts';

type Files = Readonly<Record<string, string>>;

async function lead(base: Files, change: Files, question: { file: string; text: string }): Promise<string> {
  const trusted = filesOf(new Map(Object.entries(base)));
  const files = filesOf(new Map(Object.entries({ ...base, ...change })));
  return resolve(resolverOf(files, { trusted: [trusted] }), question);
}

type Row = readonly [title: string, shown: Files, text: string, host: string, otherwise: string];

const rows: readonly Row[] = [
  [
    'an extension of Blender',
    { 'blender_manifest.toml': 'schema_version = "1.0.0"\n' },
    'from mathutils import Vector',
    'Blender (Vector)',
    'mathutils (Vector)',
  ],
  [
    'an add-on of Blender',
    { 'quay/__init__.py': 'bl_info = {"name": "Quay"}\n' },
    'import bpy',
    'Blender',
    'bpy',
  ],
  [
    'an add-on of Kodi',
    { 'addon.xml': '<import addon="xbmc.python" version="3.0.0"/>\n' },
    'import xbmcgui',
    'Kodi',
    'xbmcgui',
  ],
  [
    'an add-on of Odoo',
    { 'quay/__manifest__.py': '{"name": "Quay"}\n' },
    'from odoo import models',
    'Odoo (models)',
    'odoo (models)',
  ],
  [
    'what Odoo itself requires',
    { 'quay/__manifest__.py': '{"name": "Quay"}\n' },
    'from dateutil import tz',
    'Odoo (tz)',
    'python-dateutil | py-dateutil (tz)',
  ],
  [
    'a collection of Ansible, for others',
    { 'galaxy.yml': "namespace: acme\nname: tools\ndependencies:\n  community.general: '>=9'\n" },
    'import ansible_collections.community.general.plugins',
    'Ansible',
    'ansible',
  ],
  [
    'a list of collections that tests install',
    { 'tests/unit/requirements.yml': 'collections:\n  - name: community.docker\n  - ansible.posix\n' },
    'import ansible_collections.ansible.posix.plugins',
    'Ansible',
    'ansible',
  ],
  [
    'a collection of Ansible',
    { 'meta/runtime.yml': "requires_ansible: '>=2.15'\n" },
    'from ansible.module_utils.basic import AnsibleModule',
    'Ansible (AnsibleModule)',
    'ansible-core | ansible (AnsibleModule)',
  ],
  [
    'an integration of Home Assistant',
    { 'custom_components/acme/manifest.json': '{}\n' },
    'import homeassistant.core',
    'Home Assistant',
    'homeassistant',
  ],
  [
    'what Home Assistant itself requires',
    { 'custom_components/acme/manifest.json': '{}\n' },
    'import voluptuous',
    'Home Assistant',
    'voluptuous',
  ],
  [
    'a package of Sublime Text',
    { 'Quay.sublime-commands': '[]\n' },
    'import sublime_plugin',
    'Sublime Text',
    'sublime-plugin',
  ],
  [
    'the Python 2.7 of App Engine',
    { 'app.yaml': 'runtime: python27\n' },
    'import cPickle',
    'Google App Engine',
    'cpickle',
  ],
  ['a plug-in of QGIS', { 'metadata.txt': 'qgisMinimumVersion=3.0\n' }, 'import qgis.core', 'QGIS', 'qgis'],
  [
    'firmware of MicroPython',
    { 'boards/PICO/manifest.py': 'require("neopixel")\n' },
    'import machine, utime',
    'MicroPython',
    'machine',
  ],
  [
    'a package of mip',
    { 'drivers/package.json': '{"urls": [["quay/__init__.py", "github:acme/quay/quay/__init__.py"]]}' },
    'import ulab.numpy',
    'MicroPython',
    'ulab',
  ],
  [
    'firmware of MicroPython with a module of micropython-lib',
    { 'boards/manifest_pico.py': 'require("usb-device-hid")\n' },
    'import usb.device.hid',
    'MicroPython',
    'pyusb',
  ],
  [
    'a board of MicroPython without a manifest',
    { 'boot.py': 'import gc, machine\n' },
    'import ujson',
    'MicroPython',
    'ujson',
  ],
  [
    'a board of CircuitPython',
    { 'pico/code.py': 'import board\nimport digitalio\n' },
    'import supervisor',
    'CircuitPython',
    'supervisor',
  ],
  [
    'a plug-in of Pants',
    { 'pants.toml': '[GLOBAL]\npants_version = "2.23.0"\n' },
    'from pants.engine.rules import rule',
    'Pants (rule)',
    'pants (rule)',
  ],
  [
    'a distribution that Blender has',
    { '__init__.py': 'bl_info = {"name": "Quay"}\n' },
    'import numpy.linalg',
    'Blender',
    'numpy',
  ],
  [
    'a module that Sublime Text has for tests',
    { 'Default.sublime-commands': '[]\n' },
    'from unittesting import DeferrableTestCase',
    'Sublime Text (DeferrableTestCase)',
    'unittesting (DeferrableTestCase)',
  ],
  [
    'a Python Worker of Cloudflare',
    { 'wrangler.toml': 'compatibility_flags = ["python_workers"]\n' },
    'from workers import Response',
    'Cloudflare Workers (Response)',
    'workers (Response)',
  ],
  [
    'a job of AWS Glue',
    { 'infra/glue.tf': 'resource "aws_glue_job" "x" {}\n' },
    'import awsglue.utils',
    'AWS Glue',
    'awsglue',
  ],
];

const isListed = (text: string) => text.replace(/^import (\w+),.*/, 'import $1');

describe('a host', () => {
  test.each(rows)('%s', async (_, shown, text, host, otherwise) => {
    const question = { file: 'quay/run.py', text: isListed(text) };
    expect(await lead(shown, {}, question)).toBe(`ambient ${host}`);
    expect(await lead({}, shown, question)).toBe(otherwise);
    expect(await lead(shown, {}, { ...question, text: 'import bpy_utils' })).toBe('bpy-utils');
  });

  test.each<[string, string, string]>([
    ['"colab": {}', 'from google.colab import drive', 'ambient Google Colab (drive)'],
    ['"kaggle": {}', 'import kaggle_secrets', 'ambient Kaggle'],
    ['"kernelspec": {}', 'import kaggle_secrets', 'kaggle-secrets'],
  ])('of notebooks with %s: %s', async (metadata, text, expected) => {
    const shown = { 'first.ipynb': `{"metadata": {${metadata}}}\n` };
    expect(await lead(shown, {}, { file: 'second.ipynb', text })).toBe(expected);
    expect(await lead({}, shown, { file: 'first.ipynb', text })).not.toContain('ambient');
    expect(await lead(shown, {}, { file: 'second.py', text })).not.toContain('ambient');
  });

  test.each<[string, Files]>([
    ['a file of its name that says nothing', { 'addon.xml': '<addon/>\n' }],
    ['a comment in a program', { 'quay/__init__.py': '# bl_info = {}\n' }],
    [
      'a program that a board would start, of another kind',
      { 'main.py': 'import machinery, bpy\n# import utime\n' },
    ],
    ['what only a board has, in a program that no board starts', { 'tool.py': 'import utime\n' }],
  ])('is not shown by %s', async (_, shown) => {
    const question = { file: 'quay/run.py', text: 'import xbmc' };
    expect(await lead(shown, {}, question)).toBe('xbmc');
    expect(await lead(shown, {}, { ...question, text: 'import utime' })).toBe('utime');
    expect(await lead(shown, {}, { ...question, text: 'import bpy' })).toBe('bpy');
  });

  test.each<[string, string]>([
    ['import ansible_collections.community.general', 'ambient Ansible'],
    ['from ansible_collections.community.general import plugins', 'ambient Ansible (plugins)'],
    ['import ansible_collections.acme.tools.gone', 'ambient Ansible'],
    ['import ansible_collections.community.invented', 'ansible'],
    ['import ansible_collections.community', 'ansible'],
    ['import ansible_collections.community.general_ai', 'ansible'],
  ])('provides the collections that galaxy.yml names: %s', async (text, expected) => {
    const galaxy = "namespace: acme\nname: tools\ndependencies: { community.general: '>=9' }\n";
    const question = { file: 'plugins/modules/ping.py', text };
    expect(await lead({ 'galaxy.yml': galaxy }, {}, question)).toBe(expected);
    const change = { 'galaxy.yml': galaxy };
    expect(await lead({ 'galaxy.yml': 'namespace: acme\nname: tools\n' }, change, question)).toBe(
      text.includes('acme') ? 'ambient Ansible' : expected.replace('ambient Ansible', 'ansible'),
    );
  });

  test.each<[string, string, string]>([
    ['setup.py', 'import setuptools, pkg_resources', 'ambient the build'],
    ['quay/setup.py', 'from setuptools import setup', 'ambient the build (setup)'],
    ['quay.py', 'import setuptools', 'setuptools'],
    ['conanfile.py', 'from conan import ConanFile', 'ambient Conan (ConanFile)'],
    ['a.ipynb', 'from IPython.display import display', 'ambient the notebook’s kernel (display)'],
    ['a.py', 'from IPython.display import display', 'ipython (display)'],
    ['a.py', 'import _typeshed', 'ambient the type checker'],
    ['a.py', 'import typing_extensions', 'typing-extensions'],
  ])('needs no more than the file: %s, %s', async (file, text, expected) => {
    expect(await lead({}, {}, { file, text: isListed(text) })).toBe(expected);
  });

  test('has a row that says by what it is known, and where that stands', () => {
    for (const { host, modules, roots = [], brings, source, date } of hosts) {
      expect(modules.length > 0 || roots.length > 0 || brings !== undefined, host).toBe(true);
      expect(source, host).toMatch(/^https:\/\//);
      expect(date, host).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    for (const { host, source, date } of moduleFiles) {
      expect(source, host).toMatch(/^https:\/\//);
      expect(date, host).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

const bindings = 'MP_REGISTER_MODULE(MP_QSTR_picoscroll, picoscroll_user_cmodule);\n';
const firmware = { 'boards/manifest.py': 'freeze("../frozen", "board.py")\n' };
const sublime = { 'Quay.sublime-settings': '{}\n' };
const addOn = { 'pydantic/__manifest__.py': '{}\n' };

describe('what files of a host tell of the project’s own modules', () => {
  test.each<
    [
      string,
      shown: Files,
      modules: Files,
      { file: string; text: string },
      expected: string,
      otherwise: string,
    ]
  >([
    [
      'a module of MicroPython in C',
      { 'modules/scroll/scroll.c': bindings },
      firmware,
      { file: 'examples/demo.py', text: 'import picoscroll' },
      'local modules/scroll/scroll.c',
      'picoscroll',
    ],
    [
      'what MicroPython freezes',
      firmware,
      { 'frozen/board.py': '' },
      { file: 'examples/demo.py', text: 'import board' },
      'local frozen/board.py',
      'adafruit-blinka',
    ],
    [
      'what MicroPython packs',
      { 'boards/manifest.py': 'package("quay", base_path="$(BOARD_DIR)/lib")\n' },
      { 'boards/lib/quay/__init__.py': 'class Pier: ...\n' },
      { file: 'examples/demo.py', text: 'from quay import Pier' },
      'local boards/lib/quay/__init__.py (Pier)',
      'quay (Pier)',
    ],
    [
      'what mip copies to a board',
      { 'v3/quay/package.json': '{"urls": [["quay/__init__.py", "github:acme/quay/v3/quay/__init__.py"]]}' },
      { 'v3/quay/__init__.py': 'class Pier: ...\n' },
      { file: 'demos/one.py', text: 'from quay import Pier' },
      'local v3/quay/__init__.py (Pier)',
      'quay (Pier)',
    ],
    [
      'what mip copies under another name',
      { 'v3/package.json': '{"urls": [["quay/pier.py", "src/pier_v3.py"]]}' },
      { 'v3/src/pier_v3.py': '' },
      { file: 'demos/one.py', text: 'from quay.pier import Pier' },
      'local v3/src/pier_v3.py (Pier)',
      'quay (Pier)',
    ],
    [
      'an action of a pack of StackStorm',
      { 'packs/quay/pack.yaml': 'ref: quay\n' },
      { 'packs/quay/actions/list_piers.py': '' },
      { file: 'packs/quay/tests/test_piers.py', text: 'from list_piers import ListPiers' },
      'local packs/quay/actions/list_piers.py (ListPiers)',
      'list-piers (ListPiers)',
    ],
    [
      'a module beside one of Bazel',
      { 'examples/quay/MODULE.bazel': 'module(name = "quay")\n' },
      { 'examples/quay/piers/pkg/lib.py': '' },
      { file: 'examples/run/main.py', text: 'from piers.pkg import lib' },
      'local examples/quay/piers/pkg/lib.py (lib)',
      'piers (lib)',
    ],
    [
      'a module of Bazel by its name',
      { 'MODULE.bazel': 'module(\n    name = "rules_quay",\n)\n' },
      { 'piers/lib.py': '' },
      { file: 'examples/main.py', text: 'from rules_quay.piers import lib' },
      'local piers/lib.py (lib)',
      'rules-quay (lib)',
    ],
    [
      'a package of Sublime Text by its name',
      sublime,
      { 'core/git.py': '' },
      { file: 'ui/show.py', text: 'from Quay.core.git import Git' },
      'local core/git.py (Git)',
      'quay (Git)',
    ],
    [
      'a module of another folder, for a board',
      { 'examples/common/WIFI_CONFIG.py': '' },
      firmware,
      { file: 'examples/fan/main.py', text: 'import WIFI_CONFIG' },
      'local examples/common/WIFI_CONFIG.py',
      'wifi-config',
    ],
    [
      'a package of Sublime Text by the name of its project',
      { 'pyproject.toml': '[project]\nversion = "1"\nname = "Quay"\n' },
      { 'Default.sublime-commands': '[]\n', 'core/git.py': '' },
      { file: 'ui/show.py', text: 'from Quay.core.git import Git' },
      'local core/git.py (Git)',
      'quay (Git)',
    ],
  ])('%s', async (_, shown, modules, question, expected, otherwise) => {
    expect(await lead({ ...shown, ...modules }, {}, question)).toBe(expected);
    expect(await lead(modules, shown, question)).toBe(otherwise);
    expect(await lead({}, { ...shown, ...modules }, question)).toBe(otherwise);
    expect(await lead(shown, modules, { ...question, text: 'import quay_utils' })).toBe('quay-utils');
  });

  test.each<[string, Files, { file: string; text: string }, string]>([
    [
      'a comment of a file in C',
      { ...firmware, 'modules/scroll.c': `// ${bindings}` },
      { file: 'demo.py', text: 'import picoscroll' },
      'picoscroll',
    ],
    [
      'C without MicroPython',
      { 'modules/scroll.c': bindings },
      { file: 'demo.py', text: 'import picoscroll' },
      'picoscroll',
    ],
    [
      'a module of another folder that is named like a package',
      { ...firmware, 'examples/common/requests.py': '' },
      { file: 'tools/upload.py', text: 'import requests' },
      'requests',
    ],
    [
      'a folder outside the repository',
      { 'manifest.py': 'freeze("../../frozen")\nfreeze("$(MPY_DIR)/frozen")\n', 'frozen/jwt.py': '' },
      { file: 'demo.py', text: 'import jwt' },
      'pyjwt',
    ],
    [
      'a package of npm',
      { 'web/package.json': '{"urls": {"quay": "quay.py"}}', 'web/lib/quay.py': '' },
      { file: 'demo.py', text: 'import quay' },
      'quay',
    ],
    [
      'a pack of StackStorm for another one',
      { 'packs/a/pack.yaml': 'ref: a\n', 'packs/a/actions/quay.py': '' },
      { file: 'packs/b/tests/test_quay.py', text: 'import quay' },
      'quay',
    ],
    [
      'a package of Sublime Text of which there is no such file',
      { ...sublime, 'core/git.py': '' },
      { file: 'ui/show.py', text: 'from Quay.core.gitlab import Git' },
      'quay (Git)',
    ],
  ])('is nothing: %s', async (_, base, question, expected) => {
    expect(await lead(base, {}, question)).toBe(expected);
  });

  test.each<[string, Files, string, string]>([
    ['an add-on of Odoo that is named like a package', addOn, 'import pydantic', 'pydantic'],
    ['and a module of it', addOn, 'from pydantic.models import Quay', 'pydantic (Quay)'],
    ['and one of a name that is nobody’s', addOn, 'import quay_models', 'local quay_models/__init__.py'],
    ['a package that is none', {}, 'import pydantic', 'local pydantic/__init__.py'],
  ])('%s', async (_, shown, text, expected) => {
    const modules = { 'pydantic/__init__.py': '', 'pydantic/models.py': '', 'quay_models/__init__.py': '' };
    const base = { ...modules, ...shown, 'quay_models/__manifest__.py': '{}\n' };
    expect(await lead(base, {}, { file: 'demo/models.py', text })).toBe(expected);
    expect(await lead(modules, base, { file: 'demo/models.py', text })).toBe(expected);
  });

  test('pytest is there for unit tests of a collection of Ansible, and for nothing else', async () => {
    const base = { 'galaxy.yml': 'namespace: acme\nname: tools\n' };
    const text = 'import pytest';
    const file = 'tests/unit/plugins/test_ping.py';
    expect(await lead(base, {}, { file, text })).toBe('ambient ansible-test');
    expect(await lead({}, base, { file, text })).toBe('pytest');
    expect(await lead(base, {}, { file: 'plugins/modules/ping.py', text })).toBe('pytest');
  });
});

describe('what a host does with the project’s own modules', () => {
  test.each<[string, Files, { file: string; text: string }, string]>([
    [
      'Ansible imports a collection by its name',
      { 'galaxy.yml': 'namespace: acme\nname: tools\n', 'plugins/module_utils/net.py': '' },
      {
        file: 'plugins/modules/ping.py',
        text: 'from ansible_collections.acme.tools.plugins.module_utils.net import X',
      },
      'local plugins/module_utils/net.py (X)',
    ],
    [
      'Airflow has plugins on its path',
      { 'requirements.txt': 'apache-airflow==2.9\n', 'air/plugins/timetable.py': '' },
      { file: 'air/dags/report.py', text: 'import timetable' },
      'local air/plugins/timetable.py',
    ],
    [
      'and no other program has',
      { 'requirements.txt': 'flask\n', 'air/plugins/timetable.py': '' },
      { file: 'air/dags/report.py', text: 'import timetable' },
      'timetable',
    ],
    [
      'pytest imports the conftest.py of a package above',
      { 'samples/__init__.py': '', 'samples/conftest.py': '' },
      { file: 'samples/one/e2e_test.py', text: 'from conftest import Utils' },
      'local samples/conftest.py (Utils)',
    ],
    [
      'and none of another folder',
      { 'samples/one/conftest.py': '', 'samples/one/__init__.py': '' },
      { file: 'samples/e2e_test.py', text: 'from conftest import Utils' },
      'conftest (Utils)',
    ],
    ['nox runs its file', {}, { file: 'noxfile.py', text: 'import nox' }, 'ambient nox'],
    ['and no other', {}, { file: 'tasks.py', text: 'import nox' }, 'nox'],
    [
      'Django’s folder is on the path of what uses it from outside',
      { 'apps/manage.py': '', 'apps/assets/models.py': '' },
      { file: 'utils/load.py', text: 'import assets.models' },
      'local apps/assets/models.py',
    ],
  ])('%s', async (_, base, question, expected) => {
    expect(await lead(base, {}, question)).toBe(expected);
  });
});

describe('a module that a build makes', () => {
  const maturin = '[build-system]\nbuild-backend = "maturin"\n';
  const question = (module: string) => ({ file: 'tests/test_quay.py', text: `import ${module}` });
  const setup = (text: string): Files => ({
    'setup.py': `from setuptools import setup, Extension\n${text}\n`,
  });
  const cffi = setup('setup(cffi_modules=["quay/build_ffi.py:ffi"])');

  test.each<[string, Files, module: string, file: string]>([
    [
      'the library of a crate, by maturin',
      { 'pyproject.toml': maturin, 'Cargo.toml': '[package]\nname = "rs-fast"\n[lib]\nname = "rs_fast"\n' },
      'rs_fast',
      'pyproject.toml',
    ],
    [
      'a crate whose library has no name',
      { 'py/pyproject.toml': maturin, 'py/Cargo.toml': '[package]\nname = "rs-fast"\n' },
      'rs_fast',
      'py/pyproject.toml',
    ],
    [
      'a crate elsewhere',
      {
        'pyproject.toml': `${maturin}[tool.maturin]\nmanifest-path = "rust/Cargo.toml"\n`,
        'rust/Cargo.toml': '[package]\nname = "rs-fast"\n',
      },
      'rs_fast',
      'pyproject.toml',
    ],
    [
      'a name of its own',
      { 'pyproject.toml': '[tool.maturin]\nmodule-name = "quay._fast"\n' },
      'quay._fast',
      'pyproject.toml',
    ],
    ['an extension', setup('setup(ext_modules=[Extension("fastmod", ["fast.c"])])'), 'fastmod', 'setup.py'],
    [
      'an extension of another class',
      setup("m = [Pybind11Extension(\n    name='fastmod',\n    sources=['fast.cpp'])]\nsetup(ext_modules=m)"),
      'fastmod',
      'setup.py',
    ],
    [
      'an extension in pyproject.toml',
      { 'pyproject.toml': '[[tool.setuptools.ext-modules]]\nname = "fastmod"\nsources = ["fast.c"]\n' },
      'fastmod',
      'pyproject.toml',
    ],
    [
      'what a script of cffi sets',
      { ...cffi, 'quay/build_ffi.py': 'ffi = FFI()\nffi.set_source("_quay_ffi", "")\n' },
      '_quay_ffi',
      'setup.py',
    ],
    [
      'pybind11',
      { 'src/CMakeLists.txt': 'pybind11_add_module(_core main.cpp)\n' },
      '_core',
      'src/CMakeLists.txt',
    ],
    [
      'nanobind',
      { 'CMakeLists.txt': 'nanobind_add_module(\n  _core\n  main.cpp)\n' },
      '_core',
      'CMakeLists.txt',
    ],
    [
      'CMake itself',
      { 'CMakeLists.txt': 'Python3_add_library(_core MODULE a.c)\n' },
      '_core',
      'CMakeLists.txt',
    ],
    ['Meson', { 'meson.build': "py.extension_module('_core', 'a.c')\n" }, '_core', 'meson.build'],
    ['SWIG', { ...setup('setup(py_modules=["fast"])'), 'fast.i': '%module fast\n%{ %}\n' }, 'fast', 'fast.i'],
    [
      'SWIG for a package',
      { ...setup(''), 'fast.i': '%module(package="quay", threads="1") fast\n' },
      'quay._fast',
      'fast.i',
    ],
  ])('%s, where the base has it', async (_, shown, module, file) => {
    const otherwise = await lead({}, {}, question(module));
    expect(otherwise).not.toContain('local');
    expect(await lead(shown, {}, question(module))).toBe(`local ${file}`);
    expect(await lead({}, shown, question(module))).toBe(otherwise);
    expect(await lead(shown, {}, question(`${module}_utils`))).not.toContain('local');
  });

  test.each<[string, Files, module: string]>([
    ['a comment of setup.py', setup('# Extension("fastmod", ["fast.c"])'), 'fastmod'],
    ['a string of setup.py', setup('text = "Extension(\'fastmod\', [])"'), 'fastmod'],
    ['a comment of CMake', { 'CMakeLists.txt': '# pybind11_add_module(fastmod main.cpp)\n' }, 'fastmod'],
    ['a comment of Meson', { 'meson.build': "# py.extension_module('fastmod')\n" }, 'fastmod'],
    [
      'a crate that another build uses',
      { 'pyproject.toml': '', 'Cargo.toml': '[lib]\nname = "fastmod"\n' },
      'fastmod',
    ],
    [
      'a program of a crate',
      {
        'pyproject.toml': `${maturin}[tool.maturin]\nbindings = "bin"\n`,
        'Cargo.toml': '[package]\nname = "fastmod"\n',
      },
      'fastmod',
    ],
    [
      'a script of cffi that setup.py does not name',
      { 'build_ffi.py': 'ffi.set_source("fastmod")\n' },
      'fastmod',
    ],
    ['preprocessed C', { 'fastmod.i': '%module fastmod\n' }, 'fastmod'],
  ])('is not made by %s', async (_, base, module) => {
    expect(await lead(base, {}, question(module))).toBe(module);
  });
});
