import fc from 'fast-check';

const specifier = fc.constantFrom('a', 'b/c', '@d/e', './f', 'node:fs', '#g', '', 'h i', 'Ω', '\u{1F600}');

/** The same specifier as it may be written: plain, or with an escape in it. */
const literal = fc
  .tuple(specifier, fc.constantFrom('"', "'"), fc.nat({ max: 11 }))
  .map(([name, quote, form]) => `${quote}${form === 0 ? name.replace(/^\w/, escaped) : name}${quote}`);

const template = fc.tuple(specifier, fc.nat({ max: 9 })).map(([name, form]) => {
  const content = form === 0 ? `${name}\${x}` : name;
  return `\`${content}\``;
});

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What may stand between two tokens. */
const trivia = fc.constantFrom(
  ...[' ', ' ', ' ', '', '  ', '\t', '\n', '\r\n', '\r', '\u2028', '\u00a0', '\ufeff', '/**/', '/* x */'],
  ...['\n// from "t"\n', '/* import("u") */', '/*\n * from */', '\n/* ` */ ', '// .\n', '/* require */'],
);

/** Joins tokens with trivia. `~` stands for some. */
function spaced(pattern: string): fc.Arbitrary<string> {
  const parts = pattern.split('~');
  return fc
    .array(trivia, { minLength: parts.length, maxLength: parts.length })
    .map((gaps) =>
      parts.map((part, index) => `${part}${index < parts.length - 1 ? (gaps[index] ?? '') : ''}`).join(''),
    );
}

/** Patterns of declarations; `S` stands for a literal. */
const declarations = [
  'import ~S;',
  'import ~a ~from ~S;',
  'import ~* ~as ~ns ~from~S;',
  'import~{~x~,~y ~as ~z~}~from~S;',
  'import d~,~{~x~}~from~S~;',
  'import type ~{~T~} from ~S;',
  'export ~* ~from ~S;',
  'export~{~x~}~from~S;',
  'export * as "x"from~S;',
  'import r = require(~S~);',
];

/** Patterns of expressions; `A` stands for any argument. */
const calls = [
  'import(~A~)',
  'import(~A~,~{}~)',
  'import.meta~.~resolve~(~A~)',
  'require~(~A~)',
  'require~?.~(A)',
  'require~.~resolve~(~A~)',
  'module~.~require~(~A~)',
  'foo~.~require~(~A~)',
  '(0,~require~)~(~A~)',
  '[...~require(A)]',
  'jest~.~mock~(~A~)~.~mock(~A~)',
  'vi~.~mock~(~A~,~f)',
  'new ~Worker~(~new ~URL~(~A~,~import.meta.url~)~)',
  'x~.~addModule~(~new ~URL~(~A~,~import.meta.url~)~.~href~)',
  'createRequire~(~x~)~(~A~)',
  'typeof ~require',
  'void 0 ~* ~require(A)',
  '2\n*~import(~A~)',
  '(load~=~require~)',
  'load~(~A~)',
  'own~.~require~(~A~)',
  '(~import~.~meta~)~.~resolve~(~A~)',
  'import~.~meta~.~resolve~.~call~(~x~,~A~)',
  'require~.~bind~(~x~,~A~)',
  'require~.~resolve~.~call~(~x~,~A~)',
  'module~.~constructor~.~_load~(~A~)',
  'module~[~`require`~]~(~A~)',
  '[~A~]~.~map~(~require~)',
  '(~x~=>~x~(~A~)~)~(~require~)',
  '(~(~)~=>~require~)~(~)~(~A~)',
];

const expression: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...calls).chain(spaced), fc.oneof(literal, literal, template, fc.constant('name')))
  .map(([call, argument]) => call.replaceAll('A', argument));

const declaration = fc
  .tuple(fc.constantFrom(...declarations).chain(spaced), literal)
  .map(([statement, source]) => statement.replaceAll('S', source));

/** Code as it may stand in something that is no code. */
const quoted = fc
  .array(
    fc.oneof(
      declaration,
      expression,
      fc.constantFrom('it is', '`', '"', "'", '*/', '/*', '//', '\n * ', '{', '}', '<'),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((pieces) => pieces.join(' '));

const noCode = fc.oneof(
  quoted.map((text) => `// ${text.replace(/[\n\r\u2028\u2029]/g, ' ')}\n`),
  quoted.map((text) => `/* ${text.replaceAll('*/', '* /')} */`),
  quoted.map((text) => `/**\n * ${text.replaceAll('*/', '* /')}\n */\n`),
  quoted.map((text) => `/** @type {${text.replaceAll('*/', '* /')}} */\n`),
  literal.map((source) => `/** @import { x } from ${source} */\n`),
  quoted.map((text) => `"${text.replace(/["\\\n\r]/g, ' ')}";`),
  quoted.map((text) => `'${text.replace(/['\\\r]/g, ' ').replaceAll('\n', '\\\n')}';`),
  quoted.map((text) => `\`${text.replace(/[`\\]/g, ' ')}\`;`),
  quoted.map((text) => `/[${text.replace(/[\]\\\n\r\u2028\u2029]/g, ' ')}]/;`),
  quoted.map((text) => `(<p>\n// ${text.replace(/[<>{}]/g, ' ')}\n * x</p>);`),
);

const code: fc.Arbitrary<string> = fc.oneof(
  declaration,
  expression.map((text) => `${text};`),
  expression.map((text) => `\`\n// \${${text}} \n * \${${text}}\`;`),
  expression.map((text) => `(<p>\n // {${text}}\n * const {${text}} x</p>);`),
  expression.map((text) => `function f(${text.length % 3 === 0 ? 'require' : 'x'}) { return ${text}; }`),
  expression.map((text) => `try { ${text} } catch {}`),
  expression.map((text) => `const load = ${text};`),
  expression.map((text) => `{ const require = x;\n${text}; }`),
  expression.map((text) => `x = a /\n// b\n${text};`),
  spaced('const own ~= ~module~;'),
  spaced('const own ~= ~require~.~main~\n'),
  spaced('const~{~require~:~load~}~=~own~;'),
  spaced('const own ~= ~{~require~}~;'),
  fc.constantFrom('const load = require;', 'const require = createRequire(x);', '\\u0072equire("esc");'),
  fc.constantFrom(
    "import { createRequire as make } from 'module';",
    "make(x)('made');",
    'x\n',
    '"use strict"\n',
  ),
);

/** Programs full of imports, and of text that looks like them; most of them parse. */
export const programs = fc
  .array(fc.tuple(fc.oneof(code, code, noCode), fc.constantFrom('\n', ';', ' ', '\r\n', '\n * 1;\n')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((pieces) => pieces.flat().join(''));

/** Text in which anything may begin or end anywhere. */
export const soup = fc
  .array(
    fc.constantFrom(
      ...[
        'import',
        'export',
        'from',
        'require',
        'createRequire',
        '"a"',
        "'b'",
        '`c`',
        '(',
        ')',
        '{',
        '}',
        '${',
        '`',
      ],
      ...[
        '\n',
        '\n//',
        '\n *',
        '//',
        '/*',
        '*/',
        '*',
        ' ',
        ' ',
        ';',
        '"',
        "'",
        '\\',
        '<p>',
        '</p>',
        '<',
        'x',
        'as',
      ],
      ...[
        'const',
        ',',
        '=',
        '.',
        '/',
        'y',
        '@import',
        '/** ',
        'jest',
        '.mock',
        '=>',
        '\r',
        'import x from "d"',
      ],
      ...[
        'require("e")',
        'import("f")',
        'import "g"',
        '\n// import("h")',
        '\n * require("i")',
        '?',
        ':',
        '&&',
      ],
    ),
    { maxLength: 14 },
  )
  .map((tokens) => tokens.join(''));
