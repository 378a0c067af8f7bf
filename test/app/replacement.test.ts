import { describe, expect, test } from 'vitest';
import { diffLines, replacementInFile } from '../../src/app/replacement.ts';
import { replacementTargets } from '../../src/app/replacement-targets.ts';
import { parsePackage } from '../../src/app/package-arguments.ts';
import { packageLabel } from '../../src/model/package.ts';
import type { ApprovalStatus, Entry } from '../../src/model/status.ts';
import { positionText } from '../../src/reporters/words.ts';
import { entryOf, memoryProject } from '../kit/memory-project.ts';

/** Packages by their labels, and what is known of them. */
interface Swap {
  readonly from: string;
  readonly to: string;
  /** What a look-alike suggests to write; the target comes from a denial, if left out. */
  readonly suggested?: string;
  /** Modules that the whitelist records for the target. */
  readonly imports?: readonly string[];
}

/** A name that looks like one that was meant. The suggestion was made for one specifier of several. */
const numpy: Swap = { from: 'pypi:numppy', to: 'pypi:numpy', suggested: 'numpy.linalg' };
const utils: Swap = { from: 'pypi:numpy-utils', to: 'pypi:numpy', suggested: 'numpy' };
const yaml: Swap = { from: 'pypi:yamll', to: 'pypi:pyyaml', suggested: 'yaml' };
/** What is suggested at a line of a manifest is the package alone. */
const pillow: Swap = { from: 'pypi:pil', to: 'pypi:pillow', suggested: 'pillow' };
const lodash: Swap = { from: 'npm:lodahs', to: 'npm:lodash', suggested: 'lodash/fp' };
const scoped: Swap = { from: 'npm:@acmee/ui', to: 'npm:@acme/ui', suggested: '@acme/ui' };

/** What a denial names. */
const vision: Swap = { from: 'pypi:pyopencv', to: 'pypi:opencv-python' };
const undici: Swap = { from: 'npm:request', to: 'npm:undici' };
const lodashEs: Swap = { from: 'npm:lodash', to: 'npm:lodash-es' };
const assert: Swap = { from: 'npm:assert-plus', to: 'npm:assert' };
const json: Swap = { from: 'pypi:simplejson', to: 'pypi:json' };

/** What a text becomes, and `line:column reason` of what is left to be done by hand. */
interface Outcome {
  readonly after: string | null;
  readonly manual: readonly string[];
}

function entriesOf({ from, to, suggested, imports = [] }: Swap): readonly Entry[] {
  const [replaced, target] = [parsePackage(from, []), parsePackage(to, [])];
  return [
    ...(suggested === undefined ? [entryOf({ kind: 'denied', ...replaced, use: to })] : []),
    entryOf({ kind: 'approved', ...target, imports }),
  ];
}

async function replaced(
  file: string,
  text: string | Uint8Array,
  swap: Swap,
  others: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const entries = entriesOf(swap);
  const project = await memoryProject({ ...others, [file]: text }, entries);
  const subject = parsePackage(swap.from, []);
  const [entry] = entries;
  const status: ApprovalStatus =
    entry?.kind === 'denied' ? { kind: 'denied', entry } : { kind: 'unapproved', requested: null };
  const { suggested: specifier } = swap;
  const suggestions =
    specifier === undefined ? [] : [{ package: parsePackage(swap.to, []), specifier, why: 'looks alike' }];
  const targets = await replacementTargets({ package: subject, status, suggestions, file }, project);
  const [target] = targets;
  if (!target) throw new Error(`${swap.to} is not offered`);
  expect(packageLabel(target.package)).toBe(swap.to);
  const { edited, manual } = await replacementInFile(file, { replaced: subject, target }, project);
  return {
    after: edited?.after ?? null,
    manual: manual.flatMap(({ place, reason, line }) => [
      `${place === null ? '' : `${positionText(place)} `}${reason}`,
      ...(line === null ? [] : [`- ${line}`]),
    ]),
  };
}

type Row = readonly [file: string, before: string, after: string];

/** @returns Whether every row becomes what stands beside it, and nothing is left to be done by hand. */
function everyRow(swap: Swap, rows: readonly Row[]): void {
  describe(`${swap.from} → ${swap.to}`, () => {
    test.each(rows)('%s: %j', async (file, before, after) => {
      expect(await replaced(file, before, swap)).toEqual({ after, manual: [] });
    });
  });
}

describe('in Python the part of each specifier that names the package changes', () => {
  everyRow(numpy, [
    ['a.py', 'import numppy\n', 'import numpy\n'],
    ['a.py', 'import numppy as np\n', 'import numpy as np\n'],
    ['a.py', 'import numppy.linalg as la\n', 'import numpy.linalg as la\n'],
    ['a.py', 'import numppy.linalg.lapack\n', 'import numpy.linalg.lapack\n'],
    ['a.py', 'import numppy . linalg\n', 'import numpy . linalg\n'],
    ['a.py', 'import os, numppy.fft, numppy\n', 'import os, numpy.fft, numpy\n'],
    ['a.py', 'from numppy import random\n', 'from numpy import random\n'],
    ['a.py', 'from numppy.linalg import norm as n, inv\n', 'from numpy.linalg import norm as n, inv\n'],
    [
      'a.py',
      'from numppy import (\n    array,\n    dot,\n)\n',
      'from numpy import (\n    array,\n    dot,\n)\n',
    ],
    ['a.py', 'from numppy import *\n', 'from numpy import *\n'],
    ['a.py', 'import os\r\nimport numppy\r\n', 'import os\r\nimport numpy\r\n'],
    ['a.py', '# é 🐍\nfrom numppy import x\n', '# é 🐍\nfrom numpy import x\n'],
    ['a.py', '\ufeffimport numppy\nimport numppy.fft\n', '\ufeffimport numpy\nimport numpy.fft\n'],
    [
      'a.py',
      'try:\n    import numppy\nexcept ImportError:\n    pass\n',
      'try:\n    import numpy\nexcept ImportError:\n    pass\n',
    ],
    ['a.py', 'if x: import numppy; y = 1\n', 'if x: import numpy; y = 1\n'],
    ['a.pyi', 'from numppy import ndarray\n', 'from numpy import ndarray\n'],
    ['tool', '#!/usr/bin/env python3\nimport numppy\n', '#!/usr/bin/env python3\nimport numpy\n'],
    [
      'a.py',
      'import importlib\nimportlib.import_module("numppy.fft")\nimportlib.import_module(\'numppy\')\n',
      'import importlib\nimportlib.import_module("numpy.fft")\nimportlib.import_module(\'numpy\')\n',
    ],
    ['a.py', '__import__("numppy" ".fft")\n', '__import__("numpy" ".fft")\n'],
    [
      'a.py',
      'import pytest\npytest.importorskip("numppy.x")\n',
      'import pytest\npytest.importorskip("numpy.x")\n',
    ],
    [
      'a.py',
      '# numppy is not numpy\nimport numppy  # numppy\nprint("numppy")\n',
      '# numppy is not numpy\nimport numpy  # numppy\nprint("numppy")\n',
    ],
    [
      'a.py',
      '# /// script\n# dependencies = ["numppy>=1", "flask"]\n# ///\nimport numppy.fft\n',
      '# /// script\n# dependencies = ["numpy>=1", "flask"]\n# ///\nimport numpy.fft\n',
    ],
  ]);
  everyRow(utils, [
    ['a.py', 'import os\r\nimport numpy_utils as nu\r\n', 'import os\r\nimport numpy as nu\r\n'],
    ['a.py', '# é 🐍\nfrom numpy_utils import x\n', '# é 🐍\nfrom numpy import x\n'],
    ['a.py', 'from numpy_utils.linalg import x\n', 'from numpy.linalg import x\n'],
    ['a.py', 'import Numpy_Utils.linalg\n', 'import numpy.linalg\n'],
  ]);
  everyRow(utils, [
    [
      'a.py',
      'import numpy_utils\nnumpy_utils.array()\n',
      'import numpy as numpy_utils\nnumpy_utils.array()\n',
    ],
    [
      'a.py',
      'import os, numpy_utils\nx = numpy_utils\n',
      'import os, numpy as numpy_utils\nx = numpy_utils\n',
    ],
    [
      'a.py',
      'import numpy_utils\nprint(f"{numpy_utils.pi}")\n',
      'import numpy as numpy_utils\nprint(f"{numpy_utils.pi}")\n',
    ],
    [
      'a.py',
      'import numpy_utils  # numpy_utils\nprint("numpy_utils", os.numpy_utils, f(numpy_utils=1))\n',
      'import numpy  # numpy_utils\nprint("numpy_utils", os.numpy_utils, f(numpy_utils=1))\n',
    ],
    ['a.py', 'import numpy_utils as nu\nnu.array()\n', 'import numpy as nu\nnu.array()\n'],
    [
      'a.py',
      'import numpy_utils \\\n  as nu\nnumpy_utils = nu\n',
      'import numpy \\\n  as nu\nnumpy_utils = nu\n',
    ],
    ['a.py', 'from numpy_utils import x\nnumpy_utils = x\n', 'from numpy import x\nnumpy_utils = x\n'],
    [
      'a.py',
      'import importlib\nnumpy_utils = importlib.import_module("numpy_utils")\nnumpy_utils.x\n',
      'import importlib\nnumpy_utils = importlib.import_module("numpy")\nnumpy_utils.x\n',
    ],
    [
      'a.py',
      'import numpy_utils.linalg as la\nnumpy_utils = la\n',
      'import numpy.linalg as la\nnumpy_utils = la\n',
    ],
  ]);
  everyRow(yaml, [
    ['a.py', 'import yamll\nfrom yamll.nodes import Node\n', 'import yaml\nfrom yaml.nodes import Node\n'],
  ]);
  everyRow(pillow, [
    ['a.py', 'import pil\n', 'import PIL\n'],
    ['a.py', 'from pil.Image import open\n', 'from PIL.Image import open\n'],
  ]);
  everyRow(vision, [
    ['a.py', 'import pyopencv as cv\n', 'import cv2 as cv\n'],
    ['a.py', 'from pyopencv import imread\n', 'from cv2 import imread\n'],
    [
      'a.py',
      '# /// script\n# dependencies = ["pyopencv"]\n# ///\nimport pyopencv\n',
      '# /// script\n# dependencies = ["opencv-python"]\n# ///\nimport cv2\n',
    ],
  ]);
  everyRow(json, [['a.py', 'import simplejson as json\n', 'import json as json\n']]);
  everyRow({ from: 'pypi:old-store', to: 'pypi:google-cloud-storage' }, [
    ['a.py', 'import old_store\n', 'import google.cloud.storage\n'],
    [
      'a.py',
      'import old_store\nold_store.Client()\n',
      'import google.cloud.storage as old_store\nold_store.Client()\n',
    ],
  ]);
  everyRow({ from: 'pypi:google-cloud-storage', to: 'pypi:boto3' }, [
    ['a.py', 'import google.cloud.storage as s\n', 'import boto3 as s\n'],
  ]);
  everyRow({ from: 'pypi:old-thing', to: 'pypi:acme-thing', imports: ['acme.thing'] }, [
    ['a.py', 'import old_thing\n', 'import acme.thing\n'],
  ]);
  everyRow({ from: 'pypi:old-thing', to: 'pypi:acme-thing', imports: ['acme_thing', '_acme'] }, [
    ['a.py', 'import old_thing\n', 'import acme_thing\n'],
  ]);
});

describe('in JavaScript and TypeScript the part of each specifier that names the package changes', () => {
  everyRow(lodash, [
    ['a.js', 'import fp from "lodahs/fp";\n', 'import fp from "lodash/fp";\n'],
    [
      'a.js',
      'import fp from "lodahs/fp";\nimport get from "lodahs/get"; import all from "lodahs";\n',
      'import fp from "lodash/fp";\nimport get from "lodash/get"; import all from "lodash";\n',
    ],
    ['a.js', "import 'lodahs';\n", "import 'lodash';\n"],
    [
      'a.js',
      "export * from 'lodahs/fp';\nexport { get } from 'lodahs';\n",
      "export * from 'lodash/fp';\nexport { get } from 'lodash';\n",
    ],
    [
      'a.js',
      'await import("lodahs/fp");\nawait import(`lodahs`);\n',
      'await import("lodash/fp");\nawait import(`lodash`);\n',
    ],
    [
      'a.cjs',
      "const get = require('lodahs/get');\nrequire.resolve('lodahs');\n",
      "const get = require('lodash/get');\nrequire.resolve('lodash');\n",
    ],
    ['a.mjs', 'import.meta.resolve("lodahs/fp");\n', 'import.meta.resolve("lodash/fp");\n'],
    [
      'a.mjs',
      'import { createRequire } from "node:module";\ncreateRequire(import.meta.url)("lodahs/fp");\n',
      'import { createRequire } from "node:module";\ncreateRequire(import.meta.url)("lodash/fp");\n',
    ],
    [
      'a.test.js',
      'jest.mock("lodahs/fp");\nvi.mock("lodahs");\n',
      'jest.mock("lodash/fp");\nvi.mock("lodash");\n',
    ],
    ['a.ts', "import type { Get } from 'lodahs/get';\n", "import type { Get } from 'lodash/get';\n"],
    ['a.ts', "import all = require('lodahs');\n", "import all = require('lodash');\n"],
    ['a.ts', "type All = import('lodahs/fp').All;\n", "type All = import('lodash/fp').All;\n"],
    ['a.ts', '/// <reference types="lodahs" />\n', '/// <reference types="lodash" />\n'],
    [
      'a.tsx',
      'import all from "lodahs";\nexport const a = <a>lodahs</a>;\n',
      'import all from "lodash";\nexport const a = <a>lodahs</a>;\n',
    ],
    [
      'a.js',
      '/** @type {import("lodahs/fp").All} */\nexport let a;\n',
      '/** @type {import("lodash/fp").All} */\nexport let a;\n',
    ],
    [
      'a.js',
      '/* 😀é */ import a from "lodahs"; // lodahs\n',
      '/* 😀é */ import a from "lodash"; // lodahs\n',
    ],
    [
      'a.js',
      '\ufeffimport a from "lodahs";\r\nimport b from "lodahs/b";\r\n',
      '\ufeffimport a from "lodash";\r\nimport b from "lodash/b";\r\n',
    ],
    ['a.js', 'import a from "lodahs/\\x66p";\n', 'import a from "lodash/\\x66p";\n'],
    [
      'a.vue',
      '<template>lodahs</template>\n<script>\nimport fp from "lodahs/fp";\n</script>\n<script setup lang="ts">\nimport all from "lodahs";\n</script>\n',
      '<template>lodahs</template>\n<script>\nimport fp from "lodash/fp";\n</script>\n<script setup lang="ts">\nimport all from "lodash";\n</script>\n',
    ],
    [
      'a.svelte',
      '<script lang="ts">\n  import fp from "lodahs/fp";\n</script>\n<p>lodahs</p>\n',
      '<script lang="ts">\n  import fp from "lodash/fp";\n</script>\n<p>lodahs</p>\n',
    ],
    [
      'a.astro',
      '---\nimport fp from "lodahs/fp";\n---\n<p>lodahs</p>\n<script>\nimport all from "lodahs";\n</script>\n',
      '---\nimport fp from "lodash/fp";\n---\n<p>lodahs</p>\n<script>\nimport all from "lodash";\n</script>\n',
    ],
    ['a.mdx', 'import fp from "lodahs/fp"\n\n# lodahs\n', 'import fp from "lodash/fp"\n\n# lodahs\n'],
    [
      'a.html',
      '<p>lodahs</p>\n<script type="module">\nimport fp from "lodahs/fp";\n</script>\n',
      '<p>lodahs</p>\n<script type="module">\nimport fp from "lodash/fp";\n</script>\n',
    ],
  ]);
  everyRow(scoped, [
    [
      'a.ts',
      "import ui from '@acmee/ui';\nimport button from '@acmee/ui/button';\n",
      "import ui from '@acme/ui';\nimport button from '@acme/ui/button';\n",
    ],
  ]);
  everyRow(undici, [['a.js', 'import r from "request";\n', 'import r from "undici";\n']]);
  everyRow(lodashEs, [
    [
      'a.js',
      'import get from "lodash/get";\nimport all from "lodash";\n',
      'import get from "lodash-es/get";\nimport all from "lodash-es";\n',
    ],
  ]);
  everyRow(assert, [['a.js', 'import assert from "assert-plus";\n', 'import assert from "assert";\n']]);
});

describe('left to be done by hand, with the reason', () => {
  const notebook = (...sources: readonly string[]) =>
    JSON.stringify({
      cells: sources.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [] })),
      metadata: { kernelspec: { name: 'python3' } },
      nbformat: 4,
      nbformat_minor: 5,
    });
  const rows: readonly (readonly [
    title: string,
    swap: Swap,
    file: string,
    text: string,
    manual: readonly string[],
  ])[] = [
    [
      'a notebook',
      numpy,
      'a.ipynb',
      notebook('x = 1', 'import numppy\n'),
      ['cell 2, 1:8 it is in a cell of a notebook'],
    ],
    [
      'a name that a module of the package shares',
      numpy,
      'a.py',
      'import numppy.linalg\nnumppy.linalg.norm()\n',
      ['1:8 the program uses the name “numppy”, which importing numpy.linalg would not bind'],
    ],
    [
      'an escaped string',
      numpy,
      'a.py',
      'import importlib\nimportlib.import_module("num\\x70py")\n',
      ['2:26 the text there is not exactly “numppy”'],
    ],
    [
      'an escaped string',
      lodash,
      'a.js',
      'import a from "l\\u006fdahs/fp";\n',
      ['1:16 the text there is not exactly “lodahs”'],
    ],
    [
      'two strings',
      numpy,
      'a.py',
      '__import__("num" "ppy")\n',
      ['1:13 the text there is not exactly “numppy”'],
    ],
    [
      'a text that is no program',
      lodash,
      'a.js',
      'import a from "lodahs";\nconst = (;\n',
      ['1:16 the file can’t be parsed, so it is unknown whether this is code'],
    ],
    [
      'several modules',
      { from: 'pypi:old-tools', to: 'pypi:setuptools' },
      'a.py',
      'import old_tools\n',
      ['1:8 pypi:setuptools provides several modules: setuptools, pkg_resources'],
    ],
    [
      'no module that anybody recorded',
      { from: 'pypi:old-thing', to: 'pypi:acme-thing' },
      'a.py',
      'import old_thing\n',
      ['1:8 the module that pypi:acme-thing provides is not recorded'],
    ],
    [
      'another ecosystem',
      { from: 'pypi:requests', to: 'npm:undici' },
      'a.py',
      'import requests\n',
      ['1:8 npm:undici belongs to another ecosystem than pypi:requests'],
    ],
    [
      'what lies in another package',
      undici,
      'a.js',
      'import c from "request/lib/cookies";\n',
      ['1:16 it is unknown whether npm:undici has “/lib/cookies” as well'],
    ],
    [
      'what lies in another package',
      vision,
      'a.py',
      'from pyopencv.ml import x\n',
      ['1:6 it is unknown whether pypi:opencv-python has “.ml” as well'],
    ],
    [
      'what lies in a package that is built in now',
      json,
      'a.py',
      'import simplejson.decoder\n',
      ['1:8 it is unknown whether pypi:json has “.decoder” as well'],
    ],
    [
      'the same module',
      { from: 'pypi:opencv-python', to: 'pypi:opencv-python-headless' },
      'a.py',
      'import cv2\n',
      ['1:8 pypi:opencv-python-headless provides “cv2” as well, so it stays'],
    ],
    [
      'a name behind import',
      { from: 'pypi:google-cloud-storage', to: 'pypi:boto3' },
      'a.py',
      'from google.cloud import storage\n',
      ['1:6 “google.cloud” does not begin with a name of pypi:google-cloud-storage that could be replaced'],
    ],
    [
      'a loader',
      { ...lodash, from: 'npm:rawloader', to: 'npm:raw-loader', suggested: 'raw-loader' },
      'a.js',
      'import a from "rawloader!./a.txt";\n',
      ['1:16 “rawloader!./a.txt” does not begin with a name of npm:rawloader that could be replaced'],
    ],
    [
      'a name that no statement holds',
      { from: 'pypi:captcha2', to: 'pypi:2captcha', imports: [], suggested: '2captcha' },
      'a.py',
      'import captcha2\n',
      ['1:8 “2captcha” is not a valid module name'],
    ],
    [
      'a module whose name is a keyword',
      { from: 'pypi:old-thing', to: 'pypi:acme-thing', imports: ['lambda'] },
      'a.py',
      'import os\nimport old_thing\n',
      ['2:8 the file would be parsed differently afterwards'],
    ],
    [
      'a name that the file asks for already',
      numpy,
      'a.py',
      '# /// script\n# dependencies = ["numppy", "numpy"]\n# ///\n',
      ['2:20 remove it, because the file names pypi:numpy already'],
    ],
    [
      'a name that is built in',
      json,
      'a.py',
      '# /// script\n# dependencies = ["simplejson"]\n# ///\n',
      ['2:20 remove it, because pypi:json is built in'],
    ],
  ];
  test.each(rows)('%s', async (_, swap, file, text, manual) => {
    expect(await replaced(file, text, swap)).toEqual({ after: null, manual });
  });

  test('a module of the project bears the name', async () => {
    const outcome = await replaced('a.py', 'import numppy\n', numpy, { 'numpy.py': '' });
    expect(outcome).toEqual({ after: null, manual: ['1:8 “numpy” is numpy.py here'] });
  });

  test('a sub path that the built-in module does not have', async () => {
    const plus: Swap = { from: 'npm:assertt', to: 'npm:assert' };
    const outcome = await replaced(
      'a.js',
      'import a from "assertt/loose";\nimport b from "assertt/strict";\n',
      plus,
    );
    expect(outcome).toEqual({
      after: 'import a from "assertt/loose";\nimport b from "assert/strict";\n',
      manual: ['1:16 “assert/loose” leads to npm:assert here'],
    });
  });

  test('the other places of the file are edited', async () => {
    const text =
      'import numppy\nimport importlib\nimportlib.import_module("num\\x70py")\nfrom numppy.fft import fft\n';
    expect(await replaced('a.py', text, numpy)).toEqual({
      after: text.replace('import numppy\n', 'import numpy\n').replace('numppy.fft', 'numpy.fft'),
      manual: ['3:26 the text there is not exactly “numppy”'],
    });
  });

  test('a file that is not UTF-8', async () => {
    const text = Buffer.from('# \xe9\nimport numppy\n', 'latin1');
    expect(await replaced('a.py', text, numpy)).toEqual({ after: null, manual: ['the file is not UTF-8'] });
  });

  test('nothing, where the text does not use the package any more', async () => {
    expect(await replaced('a.py', '# new\nimport numpy # numppy\n', numpy)).toEqual({
      after: null,
      manual: [],
    });
  });
});

describe('a line of a manifest declares the other package', () => {
  const fake: Swap = { ...numpy, suggested: 'numpy' };
  const npm: Swap = { from: 'npm:lodash-helpers', to: 'npm:lodash', suggested: 'lodash' };

  describe('under its name, with its versions, extras, markers and comments', () => {
    everyRow(fake, [
      ['requirements.txt', 'flask\nnumppy[x]>=1 # sums\n', 'flask\nnumpy[x]>=1 # sums\n'],
      ['requirements.txt', 'Numppy \\\r\n  >=1\r\nflask\r\n', 'numpy \\\r\n  >=1\r\nflask\r\n'],
      ['requirements.txt', 'numppy;os_name=="nt"', 'numpy;os_name=="nt"'],
      [
        'pyproject.toml',
        '[project]\ndependencies = ["numppy", "flask"]\n',
        '[project]\ndependencies = ["numpy", "flask"]\n',
      ],
      [
        'pyproject.toml',
        '[project]\ndependencies = ["numppy", "flask"]\n[dependency-groups]\ndev = ["numpy"]\n',
        '[project]\ndependencies = ["numpy", "flask"]\n[dependency-groups]\ndev = ["numpy"]\n',
      ],
      [
        'pyproject.toml',
        '[tool.poetry.dependencies.numppy]\nversion = "1"\nextras = ["x"]\n',
        '[tool.poetry.dependencies.numpy]\nversion = "1"\nextras = ["x"]\n',
      ],
      [
        'pyproject.toml',
        '[tool.poetry.dependencies]\nnumppy.version = "1"\nnumppy.extras = ["x"]\n"flask" = "*"\n',
        '[tool.poetry.dependencies]\nnumpy.version = "1"\nnumpy.extras = ["x"]\n"flask" = "*"\n',
      ],
      ['hatch.toml', '[envs.x]\ndependencies = ["numppy"]\n', '[envs.x]\ndependencies = ["numpy"]\n'],
      ['Pipfile', '[packages]\n"numppy" = "*" # x\n', '[packages]\n"numpy" = "*" # x\n'],
      ['pixi.toml', '[pypi-dependencies]\nnumppy = "*"\n', '[pypi-dependencies]\nnumpy = "*"\n'],
      [
        'environment.yml',
        'dependencies:\n  - numppy=1.2 # sums\n  - pip:\n      - "numppy>=1"\n',
        'dependencies:\n  - numpy=1.2 # sums\n  - pip:\n      - "numpy>=1"\n',
      ],
      [
        'setup.cfg',
        '[options]\ninstall_requires =\n    numppy>=1\n    flask\n',
        '[options]\ninstall_requires =\n    numpy>=1\n    flask\n',
      ],
      [
        'custom_components/x/manifest.json',
        '{ "requirements": ["numppy==1.0"] }\n',
        '{ "requirements": ["numpy==1.0"] }\n',
      ],
    ]);
    everyRow({ ...numpy, from: 'pypi:numpy-utils', suggested: 'numpy' }, [
      [
        'setup.py',
        'import numpy_utils.x\nfrom setuptools import setup\nsetup(install_requires=["numpy-utils"])\n',
        'import numpy.x\nfrom setuptools import setup\nsetup(install_requires=["numpy"])\n',
      ],
    ]);
    everyRow(pillow, [['requirements.txt', 'PIL==9\n', 'pillow==9\n']]);
    everyRow(npm, [
      [
        'package.json',
        '{ "dependencies": { "lodash-helpers": "^1" } }\n',
        '{ "dependencies": { "lodash": "^1" } }\n',
      ],
      [
        'package.json',
        '{\n  "dependencies": {\n    "lodash-helpers": "^1"\n  },\n  "devDependencies": {\n    "lodash": "^1"\n  }\n}\n',
        '{\n  "dependencies": {\n    "lodash": "^1"\n  },\n  "devDependencies": {\n    "lodash": "^1"\n  }\n}\n',
      ],
      [
        'deno.jsonc',
        '{ "imports": { "lodash-helpers": "npm:lodash-helpers@^1" } } // x\n',
        '{ "imports": { "lodash": "npm:lodash@^1" } } // x\n',
      ],
      [
        'pnpm-workspace.yaml',
        'catalog:\n  lodash-helpers: ^1 # x\n  react: ^19\n',
        'catalog:\n  lodash: ^1 # x\n  react: ^19\n',
      ],
    ]);
    everyRow({ ...scoped, from: 'npm:acme-ui' }, [
      ['pnpm-workspace.yaml', 'catalog:\n  acme-ui: ^1\n', 'catalog:\n  "@acme/ui": ^1\n'],
    ]);
  });

  describe('by the line that is beside it already, which is for the same', () => {
    everyRow(fake, [
      ['requirements.txt', 'numppy>=1 # sums\nnumpy\n', 'numpy\n'],
      [
        'requirements.txt',
        'flask==1 \\\n    --hash=sha256:aaaa\nnumppy==1 \\\n    --hash=sha256:cccc \\\n    --hash=sha256:dddd\nnumpy==2 \\\n    --hash=sha256:bbbb\n',
        'flask==1 \\\n    --hash=sha256:aaaa\nnumpy==2 \\\n    --hash=sha256:bbbb\n',
      ],
      ['requirements.txt', 'numppy>=1\nNumppy\n', 'numpy>=1\n'],
      [
        'pyproject.toml',
        '[project]\ndependencies = [\n  "flask", # web\n  "numppy", # sums\n  "numpy" # more\n]\n',
        '[project]\ndependencies = [\n  "flask", # web\n  "numpy" # more\n]\n',
      ],
      [
        'pyproject.toml',
        '[project]\ndependencies = ["numpy", "numppy"]\n',
        '[project]\ndependencies = ["numpy"]\n',
      ],
      [
        'pyproject.toml',
        '[tool.poetry.dependencies]\nnumpy = "*"\n\n[tool.poetry.dependencies.numppy]\nversion = "1"\nextras = ["x"]\n\n[tool.x]\ny = 1\n',
        '[tool.poetry.dependencies]\nnumpy = "*"\n\n[tool.x]\ny = 1\n',
      ],
      ['Pipfile', '[packages]\nnumpy = "*"\nnumppy = {version = "*"} # x\n', '[packages]\nnumpy = "*"\n'],
      [
        'setup.cfg',
        '[options]\ninstall_requires =\n    numppy>=1\n    numpy\n',
        '[options]\ninstall_requires =\n    numpy\n',
      ],
      [
        'environment.yml',
        'dependencies:\n  - numpy\n  # sums\n  - numppy # more\n',
        'dependencies:\n  - numpy\n  # sums\n',
      ],
    ]);
    everyRow(npm, [
      [
        'package.json',
        '{\n  "dependencies": {\n    "lodash": "^4",\n    "lodash-helpers": "^1"\n  }\n}\n',
        '{\n  "dependencies": {\n    "lodash": "^4"\n  }\n}\n',
      ],
    ]);
    everyRow(assert, [
      [
        'package.json',
        '{ "dependencies": { "assert-plus": "1", "x": "1" } }\n',
        '{ "dependencies": { "x": "1" } }\n',
      ],
    ]);
  });

  describe('or people change it', () => {
    const rows: readonly (readonly [file: string, text: string, reason: string, swap?: Swap])[] = [
      [
        'requirements.txt',
        'numppy==1 \\\n  --hash=sha256:cccc\nflask\n',
        '1:1 its hashes are those of numppy: write numpy with its own version and hashes',
      ],
      [
        'requirements.txt',
        'numppy\nnumpy ; os_name == "nt"\n',
        '1:1 its list has numpy under another condition or from another place: choose one',
      ],
      [
        'requirements.txt',
        '#\n# This file is autogenerated by pip-compile with Python 3.12\n#    pip-compile requirements.in\n#\nnumppy==1\n',
        '5:1 a program wrote this file: change requirements.in, and compile it again',
      ],
      [
        'pyproject.toml',
        '[tool.poetry.dependencies]\nnumppy = { version = "1", optional = true }\n[tool.poetry.extras]\nsums = ["numppy"]\n',
        '2:1 an extra in [tool.poetry.extras] names the package: change both',
      ],
      [
        'pyproject.toml',
        '[project]\ndependencies = ["num\\u0070py"]\n',
        '2:18 the name is not written there letter by letter: write the other one in its place',
      ],
      [
        'setup.py',
        'from setuptools import setup\nsetup(install_requires=["numppy", "numpy", *more])\n',
        '2:26 its list has numpy under another condition or from another place: choose one',
      ],
      [
        '__manifest__.py',
        '{"external_dependencies": {"python": ["numppy"]}}\n',
        '1:40 Odoo takes the name of a module or of a distribution there: write the one that your version of it wants',
      ],
      [
        'environment.yml',
        'dependencies:\n  - pyopencv\n',
        '2:5 conda has opencv-python as opencv, py-opencv: write the one that is meant',
        vision,
      ],
      [
        'package.json',
        '{ "dependencies": { "helpers": "npm:lodash-helpers@1" } }\n',
        '1:22 it comes from elsewhere than the registry: write where lodash comes from',
        npm,
      ],
      [
        'requirements.txt',
        'requests\n',
        '1:1 npm:undici belongs to another ecosystem than pypi:requests',
        { from: 'pypi:requests', to: 'npm:undici' },
      ],
    ];
    const cases = rows.map(([file, text, reason, swap = fake]) => ({ file, text, reason, swap }));
    test.each(cases)('$file: $text', async ({ file, text, reason, swap }) => {
      const { after, manual } = await replaced(file, text, swap);
      const line = text.split('\n')[Number(reason.split(':')[0]) - 1] ?? '';
      expect({ after, manual }).toEqual({ after: null, manual: [reason, `- ${line}`] });
    });
  });
});

describe('what a denial names is offered', () => {
  const denied = entryOf({ kind: 'denied', ecosystem: 'npm', name: 'request', use: 'npm:undici' });
  const undiciEntry = { ecosystem: 'npm', name: 'undici' } as const;
  const rows: readonly (readonly [
    title: string,
    use: string,
    entries: readonly Entry[],
    offered: readonly string[],
  ])[] = [
    ['where it is approved', 'npm:undici', [entryOf({ kind: 'approved', ...undiciEntry })], ['npm:undici']],
    [
      'where it is in the baseline',
      'npm:undici',
      [entryOf({ kind: 'baseline', ...undiciEntry })],
      ['npm:undici'],
    ],
    [
      'where it stands without its ecosystem',
      'undici',
      [entryOf({ kind: 'approved', ...undiciEntry })],
      ['npm:undici'],
    ],
    [
      'where its scope is approved',
      'npm:@acme/http',
      [entryOf({ kind: 'approved', ecosystem: 'npm', name: '@acme/*' })],
      ['npm:@acme/http'],
    ],
    ['where it is built in', 'npm:http', [], ['npm:http']],
    ['not where nobody approved it', 'npm:undici', [], []],
    ['not where it is requested', 'npm:undici', [entryOf({ kind: 'requested', ...undiciEntry })], []],
    [
      'not where it is over',
      'npm:undici',
      [entryOf({ kind: 'approved', ...undiciEntry, expires: '2026-11-22' })],
      [],
    ],
    [
      'not where it is denied',
      'npm:undici',
      [entryOf({ kind: 'denied', ...undiciEntry }), entryOf({ kind: 'approved', ...undiciEntry })],
      [],
    ],
    ['not where it is no package', 'use something better', [], []],
    ['not where its ecosystem does not exist', 'deb:undici', [], []],
  ];
  test.each(rows)('%s', async (_, use, entries, offered) => {
    const entry = { ...denied, use };
    const project = await memoryProject({ 'a.js': '' }, [entry, ...entries]);
    const suggestions = [{ package: undiciEntry, specifier: 'undici', why: 'looks alike' }].filter(
      () => use === 'npm:undici',
    );
    const targets = await replacementTargets(
      {
        package: { ecosystem: 'npm', name: 'request' },
        status: { kind: 'denied', entry },
        suggestions,
        file: 'a.js',
      },
      project,
    );
    expect(targets.map((target) => packageLabel(target.package))).toEqual(offered);
  });
});

test.each([
  ['a\nb\nc\n', 'a\nx\nc\n', ['f:2', '- b', '+ x']],
  ['a\nb\nc\n', 'x\nb\ny\n', ['f:1', '- a', '+ x', 'f:3', '- c', '+ y']],
  ['a\nb\nc\n', 'a\nc\n', ['f:2', '- b']],
  ['a\n', 'a\n', []],
  ['\ufeffa\n', '\ufeffb\n', ['f:1', '- a', '+ b']],
])('the diff of %j and %j', (before, after, lines) => {
  expect(diffLines({ file: 'f', before, after })).toEqual(lines);
});
