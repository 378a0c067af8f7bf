import { describe, expect, test } from 'vitest';
import { filesOf, resolve, resolverOf } from './project.ts';
import type { Project } from '../../../../src/model/language.ts';

type Texts = Readonly<Record<string, string>>;

/** A shop with a package and modules in it. */
const shop: Texts = {
  'shop/__init__.py': 'from .pricing import total\nfrom . import stock\nVERSION = "1"\n',
  'shop/cart.py': '',
  'shop/pricing.py': '',
  'shop/stock.py': '',
  'shop/orders/__init__.py': '',
  'shop/orders/paper.py': '',
  'shop/labels/print.py': '',
  'shop/labels/page.html': '',
};

/** @param base What was there before the change; the same as after it where it is left out. */
function projectOf(files: Texts, base: Texts = files, settings: Partial<Project> = {}) {
  const own = filesOf(new Map(Object.entries(files)));
  const trusted = base === files ? own : filesOf(new Map(Object.entries(base)));
  return resolverOf(own, { trusted: [trusted], ...settings });
}

const missing = 'missing shop/prices';

describe('modules of the project', () => {
  test.each([
    ['from .pricing import total', 'local (total)'],
    ['from .prices import total', 'missing shop/prices (total)'],
    ['from . import pricing, prices', 'local (pricing); missing shop/prices (prices)'],
    ['from . import VERSION, total, stock', 'local (VERSION, total, stock)'],
    ['from . import *', 'local'],
    ['from . import __doc__', 'local (__doc__)'],
    ['from . import __main__', 'missing shop/__main__ (__main__)'],
    ['from .. import shop', 'local (shop)'],
    ['from .. import shops', 'missing shops (shops)'],
    ['from ... import shop', 'local (shop)'],
    ['from .orders import paper', 'local (paper)'],
    ['from .orders import papers', 'missing shop/orders/papers (papers)'],
    ['from .orders.paper import Sheet', 'local (Sheet)'],
    ['from .orders.paper.sheets import Sheet', 'missing shop/orders/paper/sheets (Sheet)'],
    ['from .labels import print', 'local (print)'],
    ['from .labels import prints', 'missing shop/labels/prints (prints)'],
    ['from .Pricing import total', 'missing shop/Pricing (total)'],
    ['import .pricing', 'local'],
    ['import .prices', 'missing shop/prices'],
    ['import .', 'local'],
    ['import shop.pricing', 'local shop/pricing.py'],
    ['import shop.prices', missing],
    ['import shop.labels', 'local shop/__init__.py'],
    ['import shop.labels.print', 'local shop/labels/print.py'],
    ['import shop.labels.prints', 'missing shop/labels/prints'],
    ['from shop.labels import prints', 'missing shop/labels/prints (prints)'],
    ['from shop.prices import total', 'missing shop/prices (total)'],
    ['from shop import pricing, prices', 'local shop/pricing.py (pricing); missing shop/prices (prices)'],
    ['from shop import VERSION, total, stock', 'local shop/__init__.py (VERSION, total, stock)'],
    ['from shop.pricing import total', 'local shop/pricing.py (total)'],
    ['import shop.pricing.tax', 'missing shop/pricing/tax'],
    ['import shops', 'shops'],
  ])('%s is %s', async (text, expected) => {
    expect(await resolve(projectOf(shop), { file: 'shop/cart.py', text })).toBe(expected);
  });

  test.each([
    ['from . import total', 'local (total)'],
    ['from . import pricing', 'local (pricing)'],
    ['from . import prices', 'missing shop/prices (prices)'],
  ])('%s of a package’s own file is %s', async (text, expected) => {
    const project = projectOf({ ...shop, 'shop/__init__.py': `from .pricing import total\n${text}\n` });
    expect(await resolve(project, { file: 'shop/__init__.py', text })).toBe(expected);
  });

  test.each([
    ['scan . import pricing, total', 'local'],
    ['scan . import prices', 'missing shop'],
    ['scan .pricing import total', 'local'],
    ['scan .prices import total', missing],
    ['scan .orders import papers', 'missing shop/orders'],
    ['scan shop.pricing import total', 'local shop/pricing.py'],
    ['scan shop import prices', missing],
    ['scan shop.prices import total', missing],
  ])('%s is %s', async (text, expected) => {
    const files = filesOf(new Map(Object.entries(shop)));
    expect(await resolve(resolverOf(files), { file: 'shop/cart.py', text })).toBe(expected);
    expect(files.asked.list).toBe(0);
  });

  test('of a state whose word nobody takes are none missing', async () => {
    const resolver = projectOf(shop, shop, { trusted: [] });
    for (const [text, expected] of [
      ['from .prices import total', 'local (total)'],
      ['import shop.prices', 'local shop/__init__.py'],
    ] as const)
      expect(await resolve(resolver, { file: 'shop/cart.py', text })).toBe(expected);
  });
});

describe('what a package’s own file says of a name', () => {
  test.each([
    ['def prices(): ...\n', 'local'],
    ['class prices: ...\n', 'local'],
    ['prices = 1\n', 'local'],
    ['stock, prices = 1, 2\n', 'local'],
    ['(prices) = 1\n', 'local'],
    ['prices: int\n', 'local'],
    ['for prices in range(2): ...\n', 'local'],
    ['if (prices := 1): ...\n', 'local'],
    ['with open(x) as prices: ...\n', 'local'],
    ['from .stock import (\n    total,\n    prices,\n)\n', 'local'],
    ['from .stock import total, \\\n    prices\n', 'local'],
    ['from .stock import total as prices\n', 'local'],
    ['from numpy import *\n', 'local'],
    ['from .stock import *\n', missing],
    ['import prices\n', 'local'],
    ['from . import zmq as prices\n', 'local'],
    ['from . import prices as prices\n', missing],
    ['from .import_prices import prices\n', 'local'],
    ['def __getattr__(name): ...\n', 'local'],
    ['__getattr__, __dir__, __all__ = lazy.attach(__name__)\n', 'local'],
    ['__path__ = extend_path(__path__, __name__)\n', 'local'],
    ['globals().update(x)\n', 'local'],
    ['sys.modules[__name__] = x\n', 'local'],
    ['', missing],
    ['from . import prices\n', missing],
    ['from . import (\n    prices,\n)\n', missing],
    ['from . import stock, \\\n    prices\n', missing],
    ['from .prices import total\n', missing],
    ['__all__ = ["prices"]\n', missing],
    ['print(stock.prices)\n', missing],
    ['prices_of = 1\n', missing],
  ])('%j', async (text, expected) => {
    const project = projectOf({ ...shop, 'shop/__init__.py': text });
    const lead = await resolve(project, { file: 'shop/cart.py', text: 'from . import prices' });
    expect(lead).toBe(`${expected} (prices)`);
  });
});

describe('what a package has of modules that it takes all names from', () => {
  const star = 'from .stock import *\n';
  test.each<[string, stock: string, expected: string, init?: string]>([
    ['a function', 'def prices(): ...\n', 'local'],
    ['an import', 'from numpy import (\n    sum,\n    prices,\n)\n', 'local'],
    ['a name of __all__', '__all__ = ["prices"]  # public\nfrom numpy import array\n', 'local'],
    ['a name of a tuple', "__all__: Final = (\n    'total',  # (old)\n    'prices',\n)\n", 'local'],
    ['what is not in __all__', '__all__ = ["total"]\nprices = 1\n', missing],
    ['what may be in __all__', '__all__ = ["total"] + x\nprices = 1\n', 'local'],
    ['what is put into __all__', '__all__ = ["total"]\n__all__ += ["prices"]\nprices = 1\n', 'local'],
    ['what no __all__ can name', '__all__ = list(x)\nrate = 1\n', missing],
    ['nothing', 'rate = 1\n', missing],
    ['no more than a word', '"""The prices."""\n# prices = 1\nrate = 1\n', missing, 'from .stock import *'],
    ['names that the run makes', 'globals().update(x)\n', 'local'],
    ['the same by attributes', 'def __getattr__(name): ...\n', 'local'],
    ['the same by attributes of another module', 'setattr(stock, name, x)\n', 'local'],
    [
      'attributes of objects',
      'class A:\n    def __getattr__(self, name):\n        setattr(self, name, self.__dict__)\n',
      missing,
    ],
    ['no more than what prose tells of', '"""Sets `__dict__`, see globals()."""  # exec()\n', missing],
    ['all names of a package elsewhere', 'from numpy import *\n', 'local'],
    ['all names of one spelt like a module', 'from stock import *\n', 'local'],
    ['all names of a further module', 'from .cart import *\n', missing],
    ['all names of itself', 'from .stock import *\n', missing],
    ['all names of the package', 'from . import *\nfrom shop import *\n', missing],
    [
      'all names of a package with a module of the name',
      'from .orders import *\n',
      'local',
      'from .stock import *',
    ],
    ['from a compiled module', '', 'local', 'from ._speed import *'],
    ['by the package’s own name', 'rate = 1\n', missing, 'from shop.stock import *'],
    ['by the package’s own name, there', 'prices = 1\n', 'local', 'from shop.stock import *'],
    ['over two lines', 'rate = 1\n', missing, 'from .stock \\\n    import *'],
    ['in a way that nobody reads', 'rate = 1\n', 'local', 'from{{ shop }}import *'],
    ['in prose alone', '', missing, '"""\nfrom numpy import *\n"""'],
    [
      'one of two',
      'rate = 1\n',
      'local',
      'if x:\n    from .stock import *\nelse:\n    from ._speed import *',
    ],
  ])('%s', async (_, stock, expected, init = star) => {
    const files = { ...shop, 'shop/__init__.py': init, 'shop/stock.py': stock, 'shop/orders/prices.py': '' };
    const project = projectOf(files);
    const lead = await resolve(project, { file: 'shop/cart.py', text: 'from . import prices' });
    expect(lead).toBe(`${expected} (prices)`);
    const scanned = await resolve(project, { file: 'shop/cart.py', text: 'scan . import prices' });
    expect(scanned).toBe(expected === 'local' ? 'local' : 'missing shop');
    const absolute = await resolve(project, { file: 'app.py', text: 'from shop import prices' });
    expect(absolute.split(' ')[0]).toBe(expected.split(' ')[0]);
  });

  test.each([
    ['_rate', '_rate = 1\n', 'missing'],
    ['_rate', '__all__ = x\n_rate = 1\n', 'local'],
    ['__version__', '', 'local'],
  ])('%s of %j is %s', async (name, stock, expected) => {
    const project = projectOf({ ...shop, 'shop/__init__.py': star, 'shop/stock.py': stock });
    const lead = await resolve(project, { file: 'shop/cart.py', text: `from . import ${name}` });
    expect(lead.split(' ')[0]).toBe(expected);
  });

  test('more modules than are followed', async () => {
    const stages = Array.from({ length: 80 }, (_, at): readonly [string, string] => [
      `shop/m${at}.py`,
      `from .m${at + 1} import *\n`,
    ]);
    const files = { ...shop, 'shop/__init__.py': 'from .m0 import *\n', 'shop/m80.py': '' };
    const project = projectOf({ ...files, ...Object.fromEntries(stages) });
    expect(await resolve(project, { file: 'shop/cart.py', text: 'from . import prices' })).toBe(
      'local (prices)',
    );
  });

  test('of which no module is read for names that the package has', async () => {
    const files = filesOf(new Map(Object.entries({ ...shop, 'shop/__init__.py': `${star}rate = 1\n` })));
    await resolve(resolverOf(files), { file: 'shop/cart.py', text: 'scan . import rate, pricing' });
    expect(files.asked.text).toStrictEqual(['shop/__init__.py']);
  });
});

test('a finder that only refuses modules makes none', async () => {
  const finder =
    'class Hook:\n    def find_spec(self, name, path, target=None) -> ModuleSpec | None:\n        raise ImportError(name)\nsys.meta_path.insert(0, Hook())\n';
  const project = projectOf({ ...shop, 'shop/hooks.py': finder });
  const lead = await resolve(project, { file: 'shop/cart.py', text: 'from .prices import total' });
  expect(lead).toMatch(/^missing\b/);
});

test('what makes modules is searched for once, however many are missing', async () => {
  const files = filesOf(new Map(Object.entries(shop)));
  const project = resolverOf(files);
  for (const text of ['from .prices import total', 'from . import rebates', 'import shop.delivery'])
    expect(await resolve(project, { file: 'shop/cart.py', text })).toMatch(/^missing\b/);
  expect(files.asked.words.sort()).toStrictEqual([
    'delivery',
    'genrule',
    'meta_path',
    'modules',
    'prices',
    'rebates',
  ]);
});

describe('a package that has its modules where they are', () => {
  test.each([
    ['puts something else in its own place', 'sys.modules[__name__] = Shop()\n'],
    ['looks a module up', 'if name in sys.modules: pass\nmodules = sys.modules.get(x)\n'],
    ['hands on where it is', 'make(__name__,\n    __path__=__path__, __doc__=__doc__)\n'],
    ['answers for names', 'def __getattr__(name): ...\n'],
  ])('%s', async (_, text) => {
    const project = projectOf({ ...shop, 'shop/__init__.py': text });
    const lead = await resolve(project, { file: 'shop/cart.py', text: 'from .prices import total' });
    expect(lead).toMatch(/^missing\b/);
  });
});

describe('why a module may be absent', () => {
  test.each<[string, files: Texts, question?: string]>([
    ['what .gitignore leaves out', { '.gitignore': 'prices.py\n' }],
    ['what a folder’s .gitignore leaves out', { 'shop/.gitignore': '/prices/\n' }],
    ['a submodule', { '.gitmodules': '[submodule "x"]\n\tpath = shop/prices\n' }],
    ['a file of Cython', { 'shop/prices.pyx': 'x = 1\n' }],
    ['a stub', { 'shop/prices.pyi': '' }],
    ['an extension in C', { 'shop/prices.c': '' }],
    ['a template', { 'shop/prices.py.in': '' }],
    ['a file for a compiler', { 'forms/prices.ui': '' }, 'from .ui_prices import Ui'],
    ['a setup.py that builds it', { 'setup.py': 'setup(ext_modules=[Extension("shop.prices", x)])\n' }],
    [
      'settings that name it',
      { 'pyproject.toml': '[tool.setuptools_scm]\nversion_file = "shop/prices.py"\n' },
    ],
    ['a makefile that writes it', { Makefile: 'shop/prices.py: prices.csv\n\tmake-prices > $@\n' }],
    ['a program that writes it', { 'setup.py': 'open("shop/prices.py", "w").write(x)\n' }],
    [
      'a module of which it would be a part',
      { 'shop/six.py': 'sys.modules[__name__ + ".moves"] = x\n' },
      'from .six.moves import map',
    ],
    [
      'a finder of the package’s own',
      {
        'shop/hooks.py':
          'class Finder:\n    def find_spec(self, name, path, target=None):\n        return spec_from_loader(name, x)\nsys.meta_path.append(Finder())\n',
      },
    ],
    ['a package with modules of its own making', { 'shop/__init__.py': '__path__.append(x)\n' }],
  ])('is %s', async (_, reason, text = 'from .prices import total') => {
    const file = 'shop/cart.py';
    expect(await resolve(projectOf({ ...shop, ...reason }), { file, text })).toMatch(/^local\b/);
    expect(await resolve(projectOf(shop), { file, text })).toMatch(/^missing\b/);
  });

  test.each<[string, files: Texts]>([
    ['.gitignore', { '.gitignore': 'prices.py\n' }],
    ['settings', { 'pyproject.toml': '[tool.setuptools_scm]\nversion_file = "shop/prices.py"\n' }],
    ['makefile', { Makefile: 'shop/prices.py: prices.csv\n\tmake-prices > $@\n' }],
    ['setup.py', { 'setup.py': 'setup(ext_modules=[Extension("shop.prices", x)])\n' }],
  ])('is no %s that the change adds', async (_, reason) => {
    const project = projectOf({ ...shop, ...reason }, shop);
    expect(await resolve(project, { file: 'shop/cart.py', text: 'import .prices' })).toBe(missing);
  });

  test.each<[string, files: Texts]>([
    ['test', { 'tests/test_prices.py': '"""Tests of shop/prices.py."""\n' }],
    [
      'settings of a linter',
      { 'pyproject.toml': '[tool.ruff.lint.per-file-ignores]\n"shop/prices.py" = ["E"]\n' },
    ],
  ])('is no %s that only tells of it', async (_, files) => {
    const project = projectOf({ ...shop, ...files });
    expect(await resolve(project, { file: 'shop/cart.py', text: 'import .prices' })).toBe(missing);
  });

  test('are localModules of the configuration', async () => {
    const project = projectOf(shop, shop, { localModules: ['shop.prices'] });
    expect(await resolve(project, { file: 'shop/cart.py', text: 'import .prices' })).toBe('local');
  });

  test.each([
    ['another one', '__package__ = "shop.orders"\n', 'local (total)'],
    ['a computed one', '__package__ = x.__name__\n', 'local (total)'],
    ['its own', '__package__ = "shop"\n', 'missing shop/prices (total)'],
    ['none', 'if __package__ == "": ...\n', 'missing shop/prices (total)'],
  ])('is another package, where the file says that it is in %s', async (_, text, expected) => {
    const project = projectOf({ ...shop, 'shop/cart.py': text });
    const question = { file: 'shop/cart.py', text: 'from .prices import total' };
    expect(await resolve(project, question)).toBe(expected);
  });

  test.each([
    ['beside the package', 'from shop.bench import run', true, true, /^local\b/],
    ['in a folder beside it', 'from shop.bench.fast import run', true, true, /^local\b/],
    ['not there', 'from shop.benches import run', true, true, /^missing\b/],
    [
      'beside the package of a project that says nothing',
      'from shop.bench import run',
      false,
      false,
      /^missing\b/,
    ],
    ['beside the package, as the change alone says', 'from shop.bench import run', true, false, /^missing\b/],
  ])('is a module of a larger tree, %s', async (_, text, isSaid, wasSaid, expected) => {
    const bench = { 'bench/__init__.py': '', 'bench/fast.py': '' };
    const script = { 'run.sh': 'bench "third_party/py/shop/bench:all"\n' };
    const base = { ...shop, ...bench, ...(wasSaid && script) };
    const project = projectOf({ ...base, ...(isSaid && script) }, base);
    expect(await resolve(project, { file: 'bench/fast.py', text })).toMatch(expected);
  });

  test('is a name that only a compiler gives', async () => {
    const text = 'import shop.prices_pb2';
    expect(await resolve(projectOf(shop), { file: 'shop/cart.py', text })).toBe('local shop/__init__.py');
  });

  test('is another folder of that name', async () => {
    const project = projectOf({ ...shop, 'tests/__init__.py': '', 'kit/tests/helpers.py': '' });
    for (const [text, expected] of [
      ['from tests import helpers', 'local tests/__init__.py (helpers)'],
      ['from tests.helpers import x', 'local tests/__init__.py (x)'],
      ['from tests import helper', 'missing tests/helper (helper)'],
    ] as const)
      expect(await resolve(project, { file: 'tests/test_a.py', text })).toBe(expected);
  });
});

describe('the nearest module', () => {
  test.each([
    ['.Pricing', '.pricing'],
    ['.order.paper', '.orders.paper'],
    ['..pricing', '.pricing'],
    ['.orders.pricing', '.pricing'],
    ['.paper', '.orders.paper'],
    ['shop.prcing', 'shop.pricing'],
    ['shop.paper', 'shop.orders.paper'],
    ['.delivery', null],
  ])('to %s is %s', async (specifier, expected) => {
    const request = { file: 'shop/cart.py', specifier, names: [], kind: 'static' } as const;
    const [resolution] = await projectOf(shop).resolve(request);
    const origin = resolution?.origin;
    expect(origin?.kind === 'missing' && origin.module.nearest).toBe(expected);
  });
});

test('a folder inside a project that is named like a package lacks nothing of it', async () => {
  const files = { 'docs/redis/__init__.py': '', 'docs/redis/one.py': '', 'redis_tools/__init__.py': '' };
  const question = { file: 'docs/redis/one.py', text: 'import redis.asyncio' };
  expect(await resolve(projectOf(files), question)).toBe('local docs/redis/__init__.py');
  const project = projectOf({ ...files, 'docs/setup.py': 'setup()\n' });
  expect(await resolve(project, question)).toBe('missing docs/redis/asyncio');
});
