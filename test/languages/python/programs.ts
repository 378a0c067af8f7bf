import fc from 'fast-check';

/**
 * Programs full of imports and of text that looks like imports: odd blanks, continued lines, nested blocks,
 * strings, comments, calls of loaders under aliases. Most of them are valid Python, which is not promised.
 */
export function programs(): fc.Arbitrary<string> {
  const { block } = fc.letrec<{ block: string[]; statement: string[] }>((tie) => ({
    block: fc.array(tie('statement'), { minLength: 1, maxLength: 4 }).map((all) => all.flat()),
    statement: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      simpleLine().map((line) => [line]),
      fc.tuple(simpleLine(), simpleLine()).map(([one, two]) => [`${one}; ${two}`]),
      quoted().map((text) => text.split('\n')),
      fc.tuple(header(), simpleLine()).map(([head, line]) => [head + line]),
      fc.tuple(header(), tie('block')).map(([head, lines]) => [head.trimEnd(), ...indented(lines)]),
      fc.tuple(tie('block'), handler(), tie('block')).map(([body, head, rest]) => {
        return ['try:', ...indented(body), head, ...indented(rest)];
      }),
    ),
  }));
  const blocks = fc.array(block, { minLength: 1, maxLength: 4 }).map((all) => all.flat());
  return fc
    .tuple(
      blocks,
      fc.constantFrom('\n', '\n', '\r\n', '\r'),
      fc.constantFrom('', '\ufeff', '#!/bin/python\n', '\f'),
    )
    .map(([lines, eol, start]) => start + lines.join('\n').replaceAll('\n', eol) + eol);
}

/** Pieces of Python in any order: mostly text that no Python takes. */
export function rubble(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    simpleLine(),
    header(),
    quoted(),
    fc.constantFrom(
      '\n',
      '\n',
      '\n',
      '\r',
      '\r\n',
      ' ',
      '    ',
      '\t',
      '\f',
      ';',
      ':',
      '\\',
      '\\\n',
      ',',
      '(',
      ')',
    ),
    fc.constantFrom(
      '"',
      "'",
      '"""',
      "'''",
      '#',
      '{{',
      '}}',
      '{%',
      '%}',
      'import',
      'from',
      ' as ',
      '.',
      '*',
      '\0',
    ),
    fc.constantFrom(
      'import_module',
      '__import__',
      'lazy ',
      'print "x"',
      'exec x % y',
      '\u200b',
      '\ufeff',
      '\ud800',
      '😀',
    ),
  );
  return fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
}

/** Cells with lines that only IPython understands. */
export function cells(): fc.Arbitrary<string> {
  const magic = fc.constantFrom(
    '%matplotlib inline',
    '!ls "import a',
    'x = !ls',
    '?import',
    'x??',
    '%time import a',
    '>>> import a',
    '... import b',
    'In [1]: import a',
    '   ...: import b',
    '%pip install a',
    '    !pip install b',
    '"""',
    '%%bash',
    '%%time',
    '%%acme',
  );
  return fc.array(fc.oneof(magic, simpleLine(), quoted()), { maxLength: 8 }).map((lines) => lines.join('\n'));
}

function simpleLine(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: importStatement() },
    { weight: 4, arbitrary: fromStatement() },
    loaderCall(),
    fc.constantFrom(
      'x = 1',
      'pass',
      'x: int = {"import": from_}',
      'y = x[1:2]',
      'f = lambda: x',
      'del x',
      'important = 1',
    ),
    fc.constantFrom(
      '# import c',
      'x = 1  # from d import e',
      "x = 'import f'",
      'x = "\\"; import g"',
      "x = r'\\'; y = ''",
    ),
    fc.constantFrom(
      'x = f"{y}import h"',
      'x = f"{y!r:>{w}}"',
      "x = f'''{y}\nimport i\n'''",
      'x = b"import j" rb"\\""',
    ),
    fc.constantFrom(
      'x = (\n1,\n  2)',
      'f(x)[\n0]',
      'assert x, "import k"',
      'raise A from b',
      'x = "a\\\nimport l"',
      'global x',
    ),
  );
}

function importStatement(): fc.Arbitrary<string> {
  const item = fc.tuple(dotted(), fc.option(name(), { nil: undefined }), blank());
  return fc
    .tuple(blank(), fc.array(item, { minLength: 1, maxLength: 3 }), comma())
    .map(([after, items, separator]) => {
      const list = items.map(
        ([module, alias, space]) => module + (alias === undefined ? '' : `${space}as ${alias}`),
      );
      return `import${after}${list.join(separator)}`;
    });
}

function fromStatement(): fc.Arbitrary<string> {
  const module = fc.oneof(
    dotted(),
    fc
      .tuple(fc.constantFrom('.', '..', '...', '. .'), fc.option(dotted(), { nil: '' }))
      .map((parts) => parts.join('')),
  );
  const item = fc
    .tuple(name(), fc.option(name(), { nil: undefined }))
    .map((parts) => parts.filter(Boolean).join(' as '));
  const list = fc.array(item, { minLength: 1, maxLength: 3 });
  const names = fc.oneof(
    fc.tuple(list, comma()).map(([items, separator]) => items.join(separator)),
    list.map((items) => `(${items.join(',\n  ')},  # import m\n)`),
    list.map((items) => `(${items.join(',')})`),
    fc.constant('*'),
  );
  return fc
    .tuple(blank(), module, blank(), blank(), names)
    .map(([one, from, two, three, what]) => `from${one}${from}${two}import${three}${what}`);
}

function loaderCall(): fc.Arbitrary<string> {
  const binding = fc.constantFrom(
    'from importlib import import_module',
    'from importlib import import_module as im',
    'from importlib import (reload,\n  import_module)',
    'from importlib import *',
    'import importlib as il',
    'from pytest import importorskip, skip',
    'load = __import__',
    'def import_module(x): return x',
  );
  const loader = fc.constantFrom(
    'importlib.import_module',
    'import_module',
    'im',
    'il.import_module',
    '__import__',
    'load',
  );
  const other = fc.constantFrom(
    'pytest.importorskip',
    'importorskip',
    'builtins.__import__',
    'x.import_module',
    'ｉmport_module',
  );
  const argument = fc.oneof(
    dotted().map((module) => `"${module}"`),
    fc.constantFrom(
      'x',
      '"a" "b"',
      'f"c"',
      'r"d"',
      '"e\\x66"',
      '"g" + h',
      '',
      '*i',
      'name="j"',
      '".k", l',
      '\n"m"\n',
      '"n", level=1',
    ),
  );
  const call = fc.tuple(fc.oneof(loader, other), argument).map(([callee, given]) => `${callee}(${given})`);
  return fc.oneof(
    binding,
    call,
    call.map((text) => `x = [${text}, f"{y}"]`),
  );
}

function dotted(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(name(), { minLength: 1, maxLength: 3 }), weighted([30, '.'], [5, ' . '], [1, '.\\\n']))
    .map(([names, dot]) => names.join(dot));
}

function name(): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 30,
      arbitrary: fc.constantFrom('a', 'b1', '_c', 'numpy', 'match', 'type', 'print', '__proto__'),
    },
    fc.constantFrom('ａb', 'é'),
  );
}

function blank(): fc.Arbitrary<string> {
  return weighted([30, ' '], [5, '  '], [5, '\t'], [5, ' \f'], [1, ' \\\n '], [1, '\t\\\n']);
}

function comma(): fc.Arbitrary<string> {
  return weighted([10, ', '], [5, ','], [5, ' ,'], [5, ',\t'], [1, ', \\\n  ']);
}

function weighted(...values: readonly [number, string][]): fc.Arbitrary<string> {
  return fc.oneof(...values.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

function header(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'if x: ',
    'if TYPE_CHECKING: ',
    'while x[1:2]:',
    'for x in y :\t',
    'class A: ',
    'def f(x: int = 1) -> "import n": ',
    'async def g():',
    'with suppress(ImportError): ',
    'with pytest.raises(ImportError): ',
    'with x as y, z:',
  );
}

function handler(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'except ImportError:',
    'except (A, ModuleNotFoundError) as e:',
    'except:',
    'except A:',
    'finally:',
  );
}

/** Strings over several lines. Their lines are indented with their block, which changes nothing in them. */
function quoted(): fc.Arbitrary<string> {
  return fc.constantFrom(
    '"""\nimport o\nfrom p import q\n"""',
    "x = '''import r\n'''",
    "'''\\'''\nimport s\n'''",
    'x = """"\nimport t"""',
    'x = rf"""{y}\nimport u\\"""',
    '"""\n>>> import v\n..: import w\n"""',
    '# import x\n# from y import z',
  );
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}
