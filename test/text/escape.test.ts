import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  githubMessage,
  githubProperty,
  hasWorkflowCommand,
  jsonText,
  escapeForLog,
  markdownCode,
  markdownText,
  isShellSafe,
  escapeControls,
  xmlText,
} from '../../src/text/escape.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom('`', '|', '\\', '\u202e', '\u001b', '\n', ':', '%', '<', ' ', 'a') }),
);

describe('visible', () => {
  test.each([
    ['numpy', 'numpy'],
    ['größe 数', 'größe 数'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['no\u00a0break', 'no\\u{a0}break'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['variation\ufe0f', 'variation\\u{fe0f}'],
    ['\udc80', '\\u{dc80}'],
    ['\u2028', '\\u{2028}'],
  ])('%j is shown as %s', (text, shown) => {
    expect(escapeControls(text)).toBe(shown);
  });

  test('caps the length', () => {
    expect(escapeControls('abcdef', 5)).toBe('abcd…');
    expect(escapeControls('abc😀😀', 5)).toBe('abc…');
    expect(escapeControls('x'.repeat(1e6))).toHaveLength(200);
  });

  test('never lets an unseen character through, nor grows beyond the limit', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const shown = escapeControls(text, limit);
        expect(shown.length).toBeLessThanOrEqual(limit);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe('shellInert', () => {
  test.each(['numpy', '@acme/ui', 'npm:@acme/ui', 'pypi:ruamel.yaml', 'socket.io', 'Foo_bar+1'])(
    '%s',
    (name) => {
      expect(isShellSafe(name)).toBe(true);
    },
  );

  test.each([
    '',
    '-rf',
    '--save',
    '$(id)',
    'a b',
    'a;b',
    '`id`',
    'a\nb',
    '~root',
    "it's",
    'a*',
    'a&b',
    'a|b',
    '..',
  ])('not %j', (name) => {
    expect(isShellSafe(name)).toBe(false);
  });
});

describe('escaping for each kind of report', () => {
  test.each([
    ['[x](javascript:1)', '\\[x\\]\\(javascript\\:1\\)'],
    ['@someone <b>', '&#64;someone &lt;b\\>'],
    ['a|b & c', 'a\\|b &amp; c'],
    ['plain text', 'plain text'],
  ])('Markdown text %j', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped);
  });

  test.each([
    ['numpy', '`numpy`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a\\|b`'],
    ['', '`  `'],
  ])('Markdown code %j', (text, escaped) => {
    expect(markdownCode(text)).toBe(escaped);
  });

  test('Markdown code never ends before its fence', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const code = markdownCode(text);
        const fence = /^`+/.exec(code)?.[0] ?? '';
        const inner = code.slice(fence.length, -fence.length);
        expect(code.endsWith(fence)).toBe(true);
        expect([...inner.matchAll(/`+/g)].some(([run]) => run.length === fence.length)).toBe(false);
      }),
    );
  });

  test('XML has no markup and no forbidden character', () => {
    expect(xmlText('<a href="x">&\'\u0000\ufffe')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\u{0}\ufffd');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(xmlText(text)).not.toMatch(/[<>"'\p{Cc}\ufffe\uffff]|&(?!(?:amp|lt|gt|quot|#39);)/u);
      }),
    );
  });

  test('GitHub commands stay one line and one property', () => {
    expect(githubMessage('100%\n::error::x')).toBe('100%25%0A::error::x');
    expect(githubProperty('a,line=1:b')).toBe('a%2Cline=1%3Ab');
    fc.assert(
      fc.property(anyText, (text) => {
        expect(githubMessage(text)).not.toMatch(/[\r\n]/);
        expect(githubProperty(text)).not.toMatch(/[\r\n:,]/);
      }),
    );
  });
});

describe('text in the log of a build server', () => {
  test.each([
    ['::error::x', '\\u{3a}:error::x'],
    ['a ::stop-commands::x', 'a \\u{3a}:stop-commands::x'],
    ['a::b', 'a::b'],
    ['##[group]', '#\\u{23}[group]'],
    ['a##vso[task.x]y', 'a#\\u{23}vso[task.x]y'],
    ['###teamcity[x]', '##\\u{23}teamcity[x]'],
    ['## heading', '## heading'],
    ['\u001b[0m', '\\u{1b}[0m'],
  ])('%j is shown as %s', (text, shown) => {
    expect(escapeForLog(text)).toBe(shown);
    expect(hasWorkflowCommand(escapeForLog(text))).toBe(false);
  });

  test('JSON means the same, with nothing that is unseen or a command', () => {
    expect(jsonText(['##[x]', '\u202e', 'é', '\u{e0041}', '\udce9'])).toBe(
      '[\n  "#\\u0023[x]",\n  "\\u202e",\n  "é",\n  "\\udb40\\udc41",\n  "\\udce9"\n]',
    );
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const json = jsonText(texts);
        expect(JSON.parse(json)).toEqual(texts);
        expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##[\w.-]*\[/u);
      }),
    );
  });
});
