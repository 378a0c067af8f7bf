import { describe, expect, test } from 'vitest';
import { filesOf, resolve, resolverOf } from './project.ts';

type Files = Readonly<Record<string, string>>;

/** Where `harbour.tides` leads for a file, in a project whose base has some of its files. */
async function lead(
  base: Files,
  change: Files,
  { file = 'jobs/nightly.py', text = 'import harbour.tides' } = {},
): Promise<string> {
  const trusted = filesOf(new Map(Object.entries(base)));
  const files = filesOf(new Map(Object.entries({ ...base, ...change })));
  return resolve(resolverOf(files, { trusted: [trusted] }), { file, text });
}

const code: Files = { 'engine/code/harbour/tides.py': 'x = 1\n' };
const local = 'local engine/code/harbour/tides.py';
const settings = (name: string, text: string): Files => ({ [name]: `${text}\n` });

/** Settings of what runs Python, and what builds packages. */
const runners: readonly Files[] = [
  settings('pytest.ini', '[pytest]\npythonpath = engine/code'),
  settings('.pytest.ini', '[pytest]\npythonpath = engine/code'),
  settings('engine/pytest.ini', '[pytest]\npythonpath = code'),
  settings('pytest.toml', '[pytest]\npythonpath = ["engine/code"]'),
  settings('tox.ini', '[pytest]\npythonpath = other engine/code'),
  settings('setup.cfg', '[files]\npackages_root = engine/code'),
  settings('setup.cfg', '[options.packages.find]\nwhere = engine/code'),
  settings('hatch.toml', '[build.targets.wheel.force-include]\n"engine/code/harbour" = "harbour"'),
  settings(
    'pyproject.toml',
    '[tool.hatch.build.targets.wheel.force-include]\n"engine/code/harbour" = "/harbour/"',
  ),
  settings(
    'pyproject.toml',
    '[tool.hatch.build.force-include]\n"engine/code/harbour/tides.py" = "harbour/tides.py"',
  ),
  settings('pyproject.toml', '[tool.maturin]\npython-source = "engine/code"'),
  settings('pyproject.toml', '[tool.briefcase.app.quay]\nsources = ["engine/code/harbour"]'),
  settings('pants.toml', '[source]\nroot_patterns = ["/engine/code"]'),
  settings('pants.toml', '[source]\nroot_patterns = ["code"]'),
  settings('pants.toml', '[source]\nroot_patterns = ["/engine/*"]'),
];

/** Settings of what checks programs and runs none. */
const checkers: readonly Files[] = [
  settings('mypy.ini', '[mypy]\nmypy_path = $MYPY_CONFIG_FILE_DIR/engine/code'),
  settings('.mypy.ini', '[mypy]\nmypy_path = engine/code'),
  settings('setup.cfg', '[mypy]\nmypy_path = engine/code'),
  settings('pylintrc', '[MAIN]\nsource-roots=engine/code'),
  settings('.pylintrc', '[MASTER]\ninit-hook=\'import sys; sys.path.append("engine/code")\''),
  settings('pyproject.toml', '[tool.pylint.main]\nsource-roots = ["engine/code"]'),
  settings(
    'pyproject.toml',
    '[tool.pylint.MASTER]\ninit-hook = "import sys; sys.path.append(\'engine/code\')"',
  ),
  settings('.isort.cfg', '[settings]\nsrc_paths = engine/code'),
  settings('.isort.cfg', '[settings]\nknown_first_party = quay,harbour'),
  settings('tox.ini', '[isort]\nsrc_paths = engine/code'),
  settings('.flake8', '[flake8]\napplication-import-names = harbour'),
  settings('ruff.toml', 'src = ["engine/code"]'),
  settings('.ruff.toml', 'src = ["engine/*"]'),
  settings('ruff.toml', '[lint.isort]\nknown-first-party = ["harbour"]'),
  settings('engine/ruff.toml', 'src = ["code"]'),
  settings('ty.toml', '[environment]\nroot = ["./engine/code"]'),
  settings('ty.toml', '[environment]\nextra-paths = ["engine/code"]'),
  settings('pyrefly.toml', 'search-path = ["engine/code"]'),
  settings('pyproject.toml', '[tool.pyrefly]\nsearch-path = ["engine/code"]'),
  settings('pyproject.toml', '[tool.ruff]\nsrc = ["engine/code"]'),
  settings('pyproject.toml', '[tool.mypy]\nmypy_path = "engine/code"'),
  settings('pyproject.toml', '[tool.deptry]\nknown_first_party = ["harbour"]'),
  settings(
    'pyproject.toml',
    '[tool.pyright]\nexecutionEnvironments = [{ root = "jobs", extraPaths = ["engine/code"] }]',
  ),
  settings('pyrightconfig.json', '{ // of the editor\n "extraPaths": ["engine/code"], }'),
  settings('pyrightconfig.json', '{ "executionEnvironments": [{ "root": "engine/code" }] }'),
  settings('tach.toml', 'source_roots = ["engine/code"]'),
  settings('.importlinter', '[importlinter]\nroot_packages =\n    quay\n    harbour'),
  settings('pytype.cfg', '[pytype]\npythonpath = engine/code'),
  settings('.pyre_configuration', '{ "source_directories": ["engine/code"] }'),
  settings('.idea/quay.iml', '<sourceFolder url="file://$MODULE_DIR$/engine/code" isTestSource="false" />'),
  settings('pytest.ini', '[pytest]\nenv =\n    PYTHONPATH=engine/code'),
  settings('pixi.toml', '[activation.env]\nPYTHONPATH = "engine/code"'),
  settings('.env', 'PYTHONPATH=engine/code'),
  settings('engine/.env', 'PYTHONPATH="$PYTHONPATH:./code"'),
  settings('.envrc', 'export PYTHONPATH=$PWD/engine/code'),
  settings('Makefile', 'test:\n\tPYTHONPATH=$$PYTHONPATH:$(CURDIR)/engine/code pytest'),
  settings('tox.ini', '[testenv]\nsetenv =\n    PYTHONPATH = {toxinidir}/engine/code'),
  settings('Dockerfile', 'ENV PYTHONPATH=/srv/engine/code'),
  settings('.github/workflows/test.yml', 'env:\n  PYTHONPATH: ${{ github.workspace }}/engine/code'),
  settings('compose.yaml', 'environment:\n  - PYTHONPATH=/app:/app/engine/code'),
  settings('.vscode/settings.json', '{ "python.analysis.extraPaths": ["./engine/code"] }'),
  {
    ...settings('Makefile', 'lint:\n\truff check --config tools/lint.toml .'),
    ...settings('tools/lint.toml', 'src = ["../engine/code"]'),
  },
  {
    ...settings('.github/workflows/test.yml', 'run: pytest -c "ci/unit.ini"'),
    ...settings('ci/unit.ini', '[pytest]\npythonpath = ../engine/code'),
  },
  {
    ...settings('noxfile.py', 'session.run("pylint", "--rcfile=tools/strict.cfg")'),
    ...settings('tools/strict.cfg', '[MAIN]\nsource-roots=engine/code'),
  },
];

const jobIn = (files: Files) =>
  Object.keys(files).some((name) => name.startsWith('engine/') && name !== 'engine/.env')
    ? { file: 'engine/nightly.py' }
    : {};

describe('a folder that settings name', () => {
  test.each(runners)('counts where what runs Python names it: %j', async (files) => {
    expect(await lead({ ...files, ...code }, {}, jobIn(files))).toBe(local);
    expect(await lead({}, { ...files, ...code }, jobIn(files))).toBe(local);
    expect(await lead(code, {}, jobIn(files))).toBe('harbour');
  });

  test.each(checkers)('counts where it was named before: %j', async (files) => {
    expect(await lead(files, code, jobIn(files))).toBe(local);
    expect(await lead({}, { ...files, ...code }, jobIn(files))).toBe('harbour');
  });

  test.each<[string, Files]>([
    ['a file that no command line names', settings('tools/lint.toml', 'src = ["../engine/code"]')],
    [
      'a file whose name is a part of a word',
      {
        ...settings('Makefile', 'lint:\n\truff --config tools/lint.toml.example'),
        ...settings('tools/lint.toml', 'src = ["../engine/code"]'),
      },
    ],
    ['a comment', settings('ruff.toml', '# src = ["engine/code"]')],
    ['a path out of the repository', settings('ruff.toml', 'src = ["../engine/code"]')],
    ['a name with nothing of it', settings('pyproject.toml', '[tool.deptry]\nknown_first_party = ["quay"]')],
  ])('does not count in %s', async (_, files) => {
    expect(await lead({ ...files, ...code }, {})).toBe('harbour');
  });

  test('a module that settings call the project’s own has to be there', async () => {
    const files = settings('pyproject.toml', '[tool.deptry]\nknown_first_party = ["requests"]');
    expect(await lead({ ...files, ...code }, {}, { text: 'import requests' })).toBe('requests');
  });
});

describe('a folder of another project', () => {
  const project = settings('engine/pyproject.toml', '[project]\nname = "engine"');
  const module: Files = { 'engine/harbour/tides.py': '' };
  const source: Files = { 'engine/src/harbour/tides.py': '' };
  test.each<[string, Files, Files, string]>([
    [
      'that is there before',
      { ...module, ...settings('engine/setup.py', '') },
      {},
      'local engine/harbour/tides.py',
    ],
    ['that is new', {}, { ...module, ...project }, 'local engine/harbour/tides.py'],
    ['that is new, in src', {}, { ...source, ...project }, 'local engine/src/harbour/tides.py'],
    [
      'that setuptools builds',
      {},
      { ...module, ...settings('engine/setup.py', 'from setuptools import setup\nsetup()') },
      'local engine/harbour/tides.py',
    ],
    [
      'that Django runs',
      {},
      {
        ...module,
        ...settings('engine/manage.py', 'from django.core.management import execute_from_command_line'),
      },
      'local engine/harbour/tides.py',
    ],
    ['of source that is there before', source, {}, 'local engine/src/harbour/tides.py'],
    [
      'of source that has a module more',
      { 'engine/src/quay.py': '' },
      source,
      'local engine/src/harbour/tides.py',
    ],
    ['of source beside no project', {}, source, 'harbour'],
    ['beside an empty setup.py', {}, { ...module, ...settings('engine/setup.py', '') }, 'harbour'],
    [
      'beside a comment in setup.py',
      {},
      { ...module, ...settings('engine/setup.py', '# setup()') },
      'harbour',
    ],
    [
      'beside an empty pyproject.toml',
      {},
      { ...module, ...settings('engine/pyproject.toml', '[tool.ruff]') },
      'harbour',
    ],
    ['beside an empty setup.cfg', {}, { ...module, ...settings('engine/setup.cfg', '') }, 'harbour'],
    ['beside an empty manage.py', {}, { ...module, ...settings('engine/manage.py', '') }, 'harbour'],
  ])('%s', async (_, base, change, expected) => {
    expect(await lead(base, change)).toBe(expected);
  });
});

describe('a module that is made of a file', () => {
  const proto: Files = { 'protos/order.proto': 'syntax = "proto3";\n' };
  const cython: Files = { 'tides.pyx': 'def f(): pass\n' };
  test.each<[string, Files, Files, string, string]>([
    [
      'of Protocol Buffers',
      proto,
      {},
      'from protos import order_pb2',
      'local protos/order.proto (order_pb2)',
    ],
    ['of the same change', {}, proto, 'import protos.order_pb2_grpc', 'local protos/order.proto'],
    ['by its bare name', proto, {}, 'import order_pb2', 'local protos/order.proto'],
    ['in another folder', proto, {}, 'from gen.api import order_pb2', 'local protos/order.proto (order_pb2)'],
    ['of a name with a dash', { 'my-order.proto': '' }, {}, 'import my_order_pb2', 'local my-order.proto'],
    ['by its bare name, of the same change', {}, proto, 'import order_pb2', 'order-pb2'],
    ['by grpclib, of the base', proto, {}, 'import protos.order_grpc', 'local protos/order.proto'],
    ['by grpclib, of the same change', {}, proto, 'import protos.order_grpc', 'protos'],
    [
      'by grpclib that the base declares',
      { 'requirements.txt': 'grpclib\n' },
      proto,
      'import protos.order_grpc',
      'local protos/order.proto',
    ],
    [
      'by grpclib that a comment names',
      { 'requirements.txt': 'flask # grpclib\n' },
      proto,
      'import protos.order_grpc',
      'protos',
    ],
    [
      'by grpclib that the change declares',
      {},
      { ...proto, 'requirements.txt': 'grpclib\n' },
      'import protos.order_grpc',
      'protos',
    ],
    ['of nothing', {}, { 'order.proto': '\n' }, 'import order_pb2', 'order-pb2'],
    ['of another name', proto, {}, 'import orders_pb2', 'orders-pb2'],
    [
      'under the path that the import has, though a package has its first word',
      { 'quay/proto/order.proto': '' },
      {},
      'from proto import order_pb2',
      'local quay/proto/order.proto (order_pb2)',
    ],
    [
      'under another path',
      { 'quay/protos/order.proto': '' },
      {},
      'from proto import order_pb2',
      'proto-plus (order_pb2)',
    ],
    [
      'under such a path, of the same change',
      {},
      { 'quay/proto/order.proto': 'syntax = "proto3";\n' },
      'from proto import order_pb2',
      'proto-plus (order_pb2)',
    ],
    ['that a package has', proto, {}, 'from google.protobuf import order_pb2', 'protobuf (order_pb2)'],
    ['of Cython, there before', cython, {}, 'import tides', 'local tides.pyx'],
    [
      'of Cython that setup.py builds',
      {},
      {
        ...cython,
        'setup.py': 'from Cython.Build import cythonize\nsetup(ext_modules=cythonize("*.pyx"))\n',
      },
      'import tides',
      'local tides.pyx',
    ],
    ['of Cython that nothing builds', {}, cython, 'import tides', 'tides'],
    ...(
      [
        ['setup.py', '# cython\n', 'tides'],
        ['setup.py', 'text = "cython"\nsetup(description="cythonize(tides.pyx)")\n', 'tides'],
        ['setup.py', 'setup(ext_modules=[Extension("tides", ["a.c"])])  # tides.pyx\n', 'tides'],
        ['setup.py', 'setup(ext_modules=[Extension("tides", ["tides.pyx"])])\n', 'local tides.pyx'],
        ['setup.py', 'setup(ext_modules=cythonize("tides.pyx"))\n', 'local tides.pyx'],
        ['setup.cfg', '[metadata]\n# cython\n', 'tides'],
        ['setup.cfg', '[options]\nsetup_requires = cython\n', 'local tides.pyx'],
        ['pyproject.toml', '# cython\n[build-system]\nrequires = ["setuptools"] # cython\n', 'tides'],
        ['pyproject.toml', '[project]\nname = "cython"\n', 'tides'],
        ['pyproject.toml', '[build-system]\nrequires = [\n  "a[b]",\n  "Cython>=3",\n]\n', 'local tides.pyx'],
        ['meson.build', "# py.extension_module('tides', 'tides.pyx')\n", 'tides'],
        ['CMakeLists.txt', 'cython_transpile(tides.pyx)\n', 'local tides.pyx'],
      ] as const
    ).map(([file, text, expected]): [string, Files, Files, string, string] => [
      `of Cython, where ${file} says ${text}`,
      {},
      { ...cython, [file]: text },
      'import tides',
      expected,
    ]),
    [
      'of an empty file',
      {},
      { 'tides.pyx': '', 'setup.py': 'from Cython.Build import cythonize\n' },
      'import tides',
      'tides',
    ],
    ['that Windows alone finds, there before', { 'tides.pyw': '' }, {}, 'import tides', 'local tides.pyw'],
    ['that Windows alone finds', {}, { 'tides.pyw': '' }, 'import tides', 'tides'],
  ])('%s', async (_, base, change, text, expected) => {
    expect(await lead(base, change, { file: 'app.py', text })).toBe(expected);
  });
});

describe('package_dir in setup.py', () => {
  const set = (text: string): Files => ({ 'setup.py': text, 'code/tides.py': '' });
  test.each([
    ['setup(package_dir={"harbour": "code"})', 'local code/tides.py'],
    ["setup(package_dir = {'': 'x', 'harbour': 'code'})", 'local code/tides.py'],
    ['# package_dir={"harbour": "code"}', 'harbour'],
    ['"""\npackage_dir={"harbour": "code"}\n"""', 'harbour'],
    ['setup(package_dir={  # "harbour": "code"\n})', 'harbour'],
  ])('%s', async (text, expected) => {
    expect(await lead({}, set(text))).toBe(expected);
  });
});
