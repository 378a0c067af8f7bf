import { describe, expect, test } from 'vitest';
import { filesOf, fixture, resolve, resolverOf } from './project.ts';

type Row = readonly [file: string, text: string, expected: string];

const tables: readonly (readonly [project: string, rows: readonly Row[]])[] = [
  [
    'src-layout',
    [
      ['src/shop/cart.py', 'import shop.pricing.tax', 'local src/shop/pricing/tax.py'],
      ['src/shop/cart.py', 'from shop import pricing', 'local src/shop/pricing/__init__.py (pricing)'],
      ['src/shop/cart.py', 'from shop import Anything', 'local src/shop/__init__.py (Anything)'],
      ['src/shop/cart.py', 'from . import docker', 'local (docker)'],
      ['src/shop/cart.py', 'import shop.schema_pb2', 'local src/shop/__init__.py'],
      ['src/shop/cart.py', 'import shops', 'shops'],
      ['src/shop/pricing/tax.py', 'import docker', 'docker'],
      ['src/shop/docker.py', 'import docker', 'docker'],
      ['tests/unit/test_cart.py', 'from shop.cart import Cart', 'local src/shop/cart.py (Cart)'],
      ['tests/unit/test_cart.py', 'import helpers', 'local tests/helpers.py'],
      ['tests/unit/test_cart.py', 'from conftest import shop', 'local tests/conftest.py (shop)'],
      ['src/shop/cart.py', 'import helpers', 'helpers'],
      ['tests/helpers.py', 'import docker', 'docker'],
      ['tests/helpers.py', 'import docker.build', 'local docker/build.py'],
      ['tests/helpers.py', 'import docker.types', 'docker'],
      [
        'tests/helpers.py',
        'from docker import build, from_env',
        'local docker/build.py (build); docker (from_env)',
      ],
      ['alembic/env.py', 'from alembic import context', 'alembic (context)'],
    ],
  ],
  [
    'django',
    [
      ['manage.py', 'from config.settings import base', 'local config/settings/base.py (base)'],
      ['orders/api/views.py', 'from orders.models import Order', 'local orders/models.py (Order)'],
      ['orders/api/views.py', 'import redis', 'redis'],
      ['orders/redis.py', 'import redis', 'redis'],
      ['orders/models.py', 'import redis', 'redis'],
      ['orders/models.py', 'import rest_framework', 'djangorestframework'],
      ['intranet/wiki/pages.py', 'from wiki.pages import page', 'local intranet/wiki/pages.py (page)'],
      ['requirements/base.txt', 'import django', 'django'],
    ],
  ],
  [
    'namespaces',
    [
      [
        'packages/one/src/harbor/one/client.py',
        'import harbor.one',
        'local packages/one/src/harbor/one/__init__.py',
      ],
      [
        'packages/one/src/harbor/one/client.py',
        'from harbor import two',
        'local packages/two/harbor/two.py (two)',
      ],
      ['packages/one/src/harbor/one/client.py', 'import harbor.three', 'harbor'],
      ['packages/two/harbor/two.py', 'import harbor', 'harbor'],
      [
        'packages/two/harbor/two.py',
        'from google.cloud import warehouse, storage',
        'local packages/three/google/cloud/warehouse/__init__.py (warehouse); google-cloud-storage (storage)',
      ],
      ['libs/run.py', 'import tools.paths', 'local libs/tools/paths.py'],
      ['libs/run.py', 'import tools.other', 'tools'],
      ['services/api/main.py', 'import google', 'local services/api/google/__init__.py'],
      ['services/api/main.py', 'import google.cloud.storage', 'google-cloud-storage'],
      ['services/api/main.py', 'from google import auth', 'google-auth (auth)'],
      ['services/api/main.py', 'import hidden', 'hidden'],
    ],
  ],
  [
    'scripts',
    [
      ['docs/conf.py', 'import badges', 'local docs/_ext/badges.py'],
      ['docs/other.py', 'import badges', 'badges'],
      ['docs/conf.py', 'import badges_of_others', 'badges-of-others'],
      ['checks/deep/test_gauge.py', 'from gauges import read', 'local checks/support/gauges.py (read)'],
      ['jobs/nightly.py', 'import gauges', 'gauges'],
      ['plots/gauges.ipynb', 'import gauges', 'local checks/support/gauges.py'],
      ['plots/gauges.ipynb', 'import badges', 'badges'],
      ['docs/conf.py', 'import _typeshed', 'ambient the type checker'],
      ['notes/first.ipynb', 'from IPython.display import display', 'ambient the notebook’s kernel (display)'],
      ['notes/first.py', 'from IPython.display import display', 'ipython (display)'],
      ['libs/a/setup.py', 'from setuptools import setup', 'ambient the build (setup)'],
      ['libs/a/setup_tools.py', 'from setuptools import setup', 'setuptools (setup)'],
      ['run.py', 'import helper', 'local helper.py'],
      ['run.py', 'from helper import main', 'local helper.py (main)'],
      ['run.py', 'import helper.deep', 'helper'],
      ['redis.py', 'import redis', 'redis'],
      ['run.py', 'import redis', 'local redis.py'],
      ['jobs/nightly.py', 'import report', 'local jobs/report.py'],
      ['jobs/nightly.py', 'import yaml', 'pyyaml'],
      ['jobs/deep/task.py', 'import report', 'report'],
      ['jobs/deep/task.py', 'import jobs.report', 'local jobs/report.py'],
      ['jobs/report.py', 'import report', 'report'],
    ],
  ],
  [
    'roots',
    [
      ['poetry/tests/test_farm.py', 'import farm', 'local poetry/code/farm/__init__.py'],
      ['hatch/tests/test_mill.py', 'import mill', 'local hatch/code/mill/__init__.py'],
      ['hatch/tests/test_mill.py', 'import flour.core.sieve', 'local hatch/grain/sieve.py'],
      ['setuptools/tests/test_dairy.py', 'import dairy', 'local setuptools/milk/__init__.py'],
      ['setuptools/tests/test_dairy.py', 'import dairy.cheese', 'local setuptools/milk/cheese.py'],
      ['setuptools/tests/test_dairy.py', 'import barn', 'local setuptools/code/barn/__init__.py'],
      ['setuptools/tests/test_dairy.py', 'import butter', 'butter'],
      ['setup-cfg/tests/test_stable.py', 'import stable', 'local setup-cfg/code/stable.py'],
      [
        'setup-cfg/tests/test_stable.py',
        'import fixtures_for_horses',
        'local setup-cfg/support/fixtures_for_horses.py',
      ],
      ['setup-py/tests/test_orchard.py', 'import orchard', 'local setup-py/code/orchard/__init__.py'],
      ['tools/tests/test_tools.py', 'import in_rusty', 'local tools/rusty/in_rusty.py'],
      ['tools/tests/test_tools.py', 'import in_uv_code', 'local tools/uv_code/in_uv_code.py'],
      ['tools/tests/test_tools.py', 'import in_pdm_code', 'local tools/pdm_code/in_pdm_code.py'],
      ['tools/tests/test_tools.py', 'import in_checks', 'local tools/checks/in_checks.py'],
      ['tools/tests/test_tools.py', 'import in_typed', 'local tools/typed/in_typed.py'],
      ['tools/tests/test_tools.py', 'import in_extra', 'local tools/extra/in_extra.py'],
      ['poetry/tests/test_farm.py', 'import in_extra', 'in-extra'],
      ['broken/tests/test_lost.py', 'import lost', 'lost'],
    ],
  ],
  [
    'stubs',
    [
      ['app.py', 'import numpy_utils', 'numpy-utils'],
      ['app.py', 'import pandas_utils', 'pandas-utils'],
      ['app.py', 'import fast._core', 'local fast/__init__.py'],
      ['app.py', 'import kernel', 'local kernel.pyx'],
      ['app.py', 'import speed', 'local speed.cpython-312-x86_64-linux-gnu.so'],
    ],
  ],
];

describe.each(tables)('first-party modules of %s', (project, rows) => {
  test.each(rows)('%s: %s', async (file, text, expected) => {
    expect(await resolve(resolverOf(fixture(project)), { file, text })).toBe(expected);
  });

  test('a question without names is never answered with less doubt', async () => {
    const resolver = resolverOf(fixture(project));
    for (const [file, text] of rows) {
      const scanned = await resolve(resolver, { file, text: text.replace(/^\w+/, 'scan') });
      if (!scanned.startsWith('local')) continue;
      expect(await resolve(resolver, { file, text })).toMatch(/^local\b[^;]*$/);
    }
  });
});

describe('what is asked of the files', () => {
  const imports = [
    'scan os',
    'scan shop.cart',
    'scan shop',
    'scan numpy',
    'scan yaml',
    'scan google.cloud.storage',
  ];

  test('imports that a scan finds at once need one question for existence and nothing else', async () => {
    const files = fixture('src-layout');
    const resolver = resolverOf(files);
    const asked = ['src/shop/cart.py', 'src/shop/pricing/tax.py', 'tests/unit/test_cart.py'].flatMap((file) =>
      imports.map((text) => resolve(resolver, { file, text })),
    );
    await Promise.all(asked);
    expect(files.asked).toEqual({ having: 1, text: [], list: 0, words: [] });
  });

  test('imports that a scan finds one after the other ask once for each', async () => {
    const files = fixture('src-layout');
    const resolver = resolverOf(files);
    for (const text of [...imports, ...imports]) await resolve(resolver, { file: 'src/shop/cart.py', text });
    expect(files.asked).toEqual({ having: 5, text: [], list: 0, words: [] });
  });

  test('the list comes last and once', async () => {
    const files = fixture('namespaces');
    const resolver = resolverOf(files);
    await resolve(resolver, { file: 'libs/run.py', text: 'import tools.paths' });
    expect(files.asked.list).toBe(0);
    await resolve(resolver, { file: 'libs/run.py', text: 'import harbor.two' });
    await resolve(resolver, { file: 'libs/run.py', text: 'import numpy' });
    expect(files.asked.list).toBe(1);
  });

  test('declared roots need no list', async () => {
    const files = fixture('roots');
    await resolve(resolverOf(files), { file: 'poetry/tests/test_farm.py', text: 'import farm' });
    expect(files.asked.list).toBe(0);
    expect(files.asked.text).toEqual(['poetry/pyproject.toml']);
  });
});

test('names of the configuration stand before files and packages', async () => {
  const resolver = resolverOf(filesOf(new Map([['app/__init__.py', '']])), {
    localModules: ['generated', 'app.proto'],
    ambient: ['homeassistant', 'vendorhost.api'],
  });
  const rows: readonly (readonly [string, string])[] = [
    ['import generated', 'local'],
    ['import generated.v1', 'local'],
    ['import generated_v1', 'generated-v1'],
    ['from app import proto', 'local (proto)'],
    ['import homeassistant.core', 'ambient config'],
    ['from vendorhost import api, guest', 'ambient config (api); vendorhost (guest)'],
    ['scan vendorhost', 'vendorhost'],
  ];
  for (const [text, expected] of rows) {
    expect(await resolve(resolver, { file: 'app/main.py', text }), text).toBe(expected);
  }
});

test('explain hears where a root is declared', async () => {
  const steps: string[] = [];
  await resolve(resolverOf(fixture('roots')), {
    file: 'setuptools/tests/test_dairy.py',
    text: 'import barn',
    trace: (step) => steps.push(`${step.text} @ ${step.file ?? '-'}:${step.line ?? '-'}`),
  });
  expect(steps).toEqual([
    'barn does not belong to the standard library @ -:-',
    'importable from where of setuptools/pyproject.toml @ setuptools/pyproject.toml:5',
    `the project’s own module @ setuptools/code/barn/__init__.py:-`,
  ]);
});

describe('a folder on sys.path', () => {
  const local = 'local odd/box/gears.py';
  test.each([
    ['sys.path.append("odd/box")\n', local],
    ["sys.path.insert(0, 'odd/box')\n", local],
    ['sys.path = ["odd/box", *sys.path]\n', local],
    ['sys.path += ["odd/box"]\n', local],
    ['sys.path[:0] = [  # before all\n    r"""odd/box""",\n]\n', local],
    ['site.addsitedir("odd/box")\n', local],
    ['# it\'s "quoted"\nsys.path.append("odd/box")\n', local],
    ['sys.path.append(os.path.join(")", "odd/box"))\n', local],
    ['D = "odd/box"\nsys.path.append(D)\n', local],
    ['D = os.path.join(os.path.dirname(__file__), "odd", "box")\nsys.path.insert(0, D)\n', local],
    ['ROOT = Path(__file__).parent\nSUB = Path("odd") / "box"\nsys.path.insert(0, str(ROOT / SUB))\n', local],
    ['ROOT: Path = Path(__file__).parent / "odd"\nsys.path.append(f"{ROOT}/box")\n', local],
    ['ROOT = os.path.dirname(__file__) + "/odd"\nsys.path.append(ROOT + "/box")\n', local],
    ['for d in ("x", "odd/box"):\n    sys.path.append(d)\n', local],
    ['B = "odd"\nfor d in ["x", "box"]:\n    sys.path.append(os.path.join(B, d))\n', local],
    ['def f():\n    sys.path.append("odd/box")\nf()\n', local],
    ['def pytest_configure():\n    sys.path.append("odd/box")\n', local],
    ['@fixture\ndef f(\n    x,\n):\n    sys.path.append("odd/box")\n', local],
    ['if __name__ == "__main__":\n    sys.path.append("odd/box")\n', local],
    ['if False:\n    pass\nsys.path.append("odd/box")\n', local],
    ['if not TYPE_CHECKING:\n    sys.path.append("odd/box")\n', local],
    ['if False:\n    sys.path.append("odd/box")\n', 'gears'],
    ['if 0: sys.path.append("odd/box")\n', 'gears'],
    ['while None:\n    try:\n        sys.path.append("odd/box")\n    except E: pass\n', 'gears'],
    ['if x:\n    pass\nelif typing.TYPE_CHECKING:\n    sys.path.append("odd/box")\n', 'gears'],
    ['def f():\n    if x:\n        sys.path.append("odd/box")\n', 'gears'],
    ['sys.exit(0)\nsys.path.append("odd/box")\n', 'gears'],
    ['raise SystemExit\nsys.path.append("odd/box")\n', 'gears'],
    ['if 1 < 0:\n    sys.path.append("odd/box")\n', 'gears'],
    ['if "":\n    sys.path.append("odd/box")\n', 'gears'],
    ['while []:\n    sys.path.append("odd/box")\n', 'gears'],
    ['if debug and not (1 or x):\n    sys.path.append("odd/box")\n', 'gears'],
    ['False and sys.path.append("odd/box")\n', 'gears'],
    ['done = True or sys.path.append("odd/box")\n', 'gears'],
    ['sys.path.append("odd/box") if 0 else None\n', 'gears'],
    ['None if True else sys.path.append("odd/box")\n', 'gears'],
    ['f = lambda: sys.path.append("odd/box")\n', 'gears'],
    ['(lambda: sys.path.append("odd/box"))\n', 'gears'],
    ['for _ in (): sys.path.append("odd/box")\n', 'gears'],
    ['for _ in range(0):\n    sys.path.append("odd/box")\n', 'gears'],
    ['[sys.path.append("odd/box") for _ in ()]\n', 'gears'],
    ['if True:\n    pass\nelse:\n    sys.path.append("odd/box")\n', 'gears'],
    ['if x:\n    pass\nelif 1:\n    pass\nelse: sys.path.append("odd/box")\n', 'gears'],
    ['try:\n    pass\nexcept E:\n    sys.path.append("odd/box")\n', 'gears'],
    ['try: pass\nexcept: sys.path.append("odd/box")\n', 'gears'],
    ['def f(): sys.path.append("odd/box")\n', 'gears'],
    ['if 1 > 0:\n    sys.path.append("odd/box")\n', local],
    ['if p not in sys.path:\n    sys.path.append("odd/box")\n', local],
    ['if sys.version_info < (3, 0) or x is not TYPE_CHECKING:\n    sys.path.append("odd/box")\n', local],
    ['x == False and sys.path.append("odd/box")\n', local],
    ['False or sys.path.append("odd/box")\n', local],
    ['sys.path.append("odd/box") if x else None\n', local],
    ['f = lambda: sys.path.append("odd/box")\nf()\n', local],
    ['(lambda: sys.path.append("odd/box"))()\n', local],
    ['atexit.register(lambda: sys.path.append("odd/box"))\n', local],
    ['for _ in (1,): sys.path.append("odd/box")\n', local],
    ['if True:\n    pass\nif x:\n    pass\nelse:\n    sys.path.append("odd/box")\n', local],
    ['for x in y:\n    pass\nelse:\n    sys.path.append("odd/box")\n', local],
    ['try:\n    import a\nexcept E:\n    sys.path.append("odd/box")\n', local],
    ['D = "odd/box"\nD = "x"\nsys.path.append(D)\n', 'gears'],
    ['sys.path.append(D)\nD = "odd/box"\n', 'gears'],
    ['# never do sys.path.append("odd/box")\n', 'gears'],
    ['if sys.path == ["odd/box"]: pass\n', 'gears'],
    ['if sys.path[0] == "odd/box": pass\n', 'gears'],
    ['text = \'sys.path = ["odd/box"]\'\n', 'gears'],
    ['"""\nsys.path.append("odd/box")\n"""\n', 'gears'],
    ['sys.path.append(x)  # "odd/box"\n', 'gears'],
    ['sys.path.append(\n    x,  # "odd/box"\n)\n', 'gears'],
    ['sys.path.append("not \'odd/box\'")\n', 'gears'],
    ['sys.path += x; y = "odd/box"\n', 'gears'],
    [`${'sys.path.append(x)\n'.repeat(1000)}sys.path.append("odd/box")\n`, 'gears'],
  ])('%j', async (text, expected) => {
    for (const [name, file] of [
      ['run.py', 'run.py'],
      ['conftest.py', 'test_gears.py'],
    ] as const) {
      const files = filesOf(
        new Map([
          [name, text],
          [file, name === file ? text : ''],
          ['odd/box/gears.py', ''],
        ]),
      );
      expect(await resolve(resolverOf(files), { file, text: 'import gears' })).toBe(expected);
    }
  });
});

describe('a program that edits sys.path behind its import', () => {
  const edit = 'sys.path.append("odd/box")\n';
  const local = 'local odd/box/gears.py';
  test.each([
    [`import gears\n${edit}`, 'gears'],
    [`import os, gears as g; ${edit}`, 'gears'],
    [`from gears.teeth import (\n    a,\n)\nif x:\n    ${edit}`, 'gears'],
    [`${edit}import gears\n`, local],
    [`import gears_core\n${edit}`, local],
    [`import gears\n${edit}import gears.teeth\n`, local],
    [`try:\n    import gears\nexcept ImportError:\n    ${edit}    import gears\n`, local],
    [`def f():\n    import gears\n${edit}f()\n`, local],
    [`# import gears\n${edit}importlib.import_module("gears")\n`, local],
  ])('%j', async (text, expected) => {
    const files = filesOf(
      new Map([
        ['run.py', text],
        ['odd/box/gears.py', ''],
      ]),
    );
    expect(await resolve(resolverOf(files), { file: 'run.py', text: 'import gears' })).toBe(expected);
  });
});

describe('a script that imports a module and edits sys.path', () => {
  const edit = "APPS = os.path.join(BASE, 'apps')\nsys.path.insert(0, APPS)\n";
  const files = (script: string) =>
    filesOf(
      new Map([
        ['tools/fake/generate.py', script],
        ['tools/fake/parts/a.py', ''],
        ['apps/assets/models.py', ''],
      ]),
    );
  test.each([
    [`${edit}from parts.a import y\n`, 'local apps/assets/models.py'],
    [`${edit}import parts\n`, 'local apps/assets/models.py'],
    [`${edit}import partsbox\n`, 'assets'],
    [edit, 'assets'],
    ['from parts.a import y\n', 'assets'],
  ])('%j', async (script, expected) => {
    const question = { file: 'tools/fake/parts/a.py', text: 'import assets.models' };
    expect(await resolve(resolverOf(files(script)), question)).toBe(expected);
  });

  test.each([
    ['tests/__init__.py', '', 'local lib2/gears.py'],
    ['tests/context.py', 'from .context import gears\n', 'local lib2/gears.py'],
    ['tests/context.py', 'from . import context\n', 'local lib2/gears.py'],
    ['tests/context.py', 'import context\n', 'local lib2/gears.py'],
    ['tests/context.py', 'import contexts\n', 'gears'],
    ['other/context.py', 'import context\n', 'gears'],
  ])('is %s, where the module says %j', async (script, module, expected) => {
    const all = filesOf(
      new Map([
        [script, 'sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "lib2"))\n'],
        ['tests/test_a.py', module],
        ['lib2/gears.py', ''],
      ]),
    );
    expect(await resolve(resolverOf(all), { file: 'tests/test_a.py', text: 'import gears' })).toBe(expected);
  });

  test('names the folder above by __file__ alone', async () => {
    const text =
      'HERE = os.path.dirname(os.path.abspath(__file__))\nsys.path.append(os.path.dirname(HERE))\n';
    const all = filesOf(
      new Map([
        ['kit/__init__.py', ''],
        ['kit/gears.py', ''],
        ['kit/deep/__init__.py', ''],
        ['kit/deep/run.py', text],
        ['kit/deep/other.py', ''],
      ]),
    );
    const ask = (file: string) => resolve(resolverOf(all), { file, text: 'import gears' });
    expect(await ask('kit/deep/run.py')).toBe('local kit/gears.py');
    expect(await ask('kit/deep/other.py')).toBe('gears');
  });
});
