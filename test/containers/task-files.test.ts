import { describe, expect, test } from 'vitest';
import { justfile } from '../../src/containers/justfile.ts';
import { makefile } from '../../src/containers/makefile.ts';
import { shellScript } from '../../src/containers/shell-script.ts';
import { segmentsIn } from './segments.ts';

describe('a Makefile', () => {
  test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
    ['a recipe', ['a: b', '\tpip install c', '\t@-npx d'], ['sh: pip install c', 'sh: npx d']],
    ['on the line of its rule', ['a: b ; npx c', 'd := e; f', 'g: h'], ['sh: npx c']],
    [
      'over several lines',
      ['a:', '\tpip install \\', '\t  b', '\tnpx c'],
      ['sh: pip install \\⏎\t  b', 'sh: npx c'],
    ],
    [
      'dollars and variables',
      ['a:', '\tnpx $(B) ${C} $$D $@ $(e-f) $<'],
      ['sh: npx ⟨${⟩B⟨}⟩ ⟨${⟩C⟨}⟩ $D ⟨${}⟩ ⟨${}⟩ ⟨${}⟩'],
    ],
    [
      'functions',
      ['A := $(shell npx b (c)) $(shell npx d)', 'e:', '\techo $(shell npx f)'],
      ['sh: npx b (c)', 'sh: npx d', 'sh: echo ⟨$(⟩ npx f)'],
    ],
    [
      'variables that hold for all',
      ['export PIP_INDEX_URL := https://registry.example', 'export A ?= b', 'a:', '\tpip install b'],
      ['sh: ⟨PIP_INDEX_URL=⟩https://registry.example⟨⏎⟩pip install b'],
    ],
    ['what is no recipe', ['# npx a', 'A = npx b', 'define c', 'npx d', 'endef', 'ifeq (a, b)', '\t'], []],
  ])('%s', async (_, file, segments) => {
    expect(await segmentsIn(makefile, file.join('\n'))).toEqual(segments);
  });
});

describe('a justfile', () => {
  test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
    [
      'recipes',
      ['a b="npx c": d', '  pip install e', '  @-npx {{b}}', '', 'f:', '\tnpx g'],
      ['sh: pip install e⏎npx {{b}}', 'sh: npx g'],
    ],
    [
      'scripts',
      [
        'a:',
        '  #!/usr/bin/env python3',
        '  import b',
        'c:',
        '  #!/bin/sh',
        '  npx d',
        'e:',
        '  #!/usr/bin/perl',
        '  npx f',
      ],
      ['python py:   #!/usr/bin/env python3⏎  import b', 'sh:   #!/bin/sh⏎  npx d'],
    ],
    [
      'a line that goes on',
      ['a:', '  -pip install b \\', '    --pre c'],
      ['sh: pip install b \\⏎    --pre c'],
    ],
    ['backticks', ['a := `npx b`', '# no command', "set shell := ['bash', '-c']"], ['sh: npx b']],
    [
      'variables that hold for all',
      ["export UV_INDEX := 'https://registry.example'", 'a:', '  uvx b'],
      ['sh: ⟨UV_INDEX=⟩https://registry.example⟨⏎⟩uvx b'],
    ],
  ])('%s', async (_, file, segments) => {
    expect(await segmentsIn(justfile, file.join('\n'))).toEqual(segments);
  });
});

test.each<readonly [title: string, file: readonly string[], segments: readonly string[]]>([
  ['a hook', ['npx lint-staged', 'npm test'], ['sh: npx lint-staged⏎npm test']],
  ['with an interpreter', ['#!/usr/bin/env bash', 'npx a'], ['sh: #!/usr/bin/env bash⏎npx a']],
  [
    'of another language',
    ['#!/usr/bin/env python', 'import a'],
    ['python py: #!/usr/bin/env python⏎import a'],
  ],
  ['of one that nobody reads', ['#!/usr/bin/env ruby', 'npx a'], []],
  ['an empty one', [''], []],
])('a script without an ending: %s', async (_, file, segments) => {
  expect(await segmentsIn(shellScript, file.join('\n'))).toEqual(segments);
});
