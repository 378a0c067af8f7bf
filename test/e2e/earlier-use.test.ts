import { describe, expect, test } from 'vitest';
import { Scratch } from '../kit/scratch.ts';
import { runIn } from '../kit/world.ts';

/*
 * "FILE uses it already" names a place of the base. Which place depends on the base and on the use, and not on what else
 * a run checks: parts of a project say what one run over the whole says.
 */

const base = {
  'package.json': '{ "name": "shop" }\n',
  'approved-packages.yaml': '{}\n',
  'a/other.ts': "import { pad } from 'left-pad';\n",
  'a/types.ts': "import type { Shape } from 'zod';\nexport const shape: Shape = {};\n",
  'b/own.ts': "// pads a label\nimport { pad } from 'left-pad';\n",
  'b/later.ts': 'export const nothing = 0;\n',
  'b/shapes.ts': 'export const shapes = [];\n',
  'c/last.ts':
    "import { z } from 'zod';\nimport { pad } from 'left-pad';\nexport const name = z.string(pad);\n",
};

/** What the files are in the work tree where they are not as in the base. */
const edited = {
  'b/later.ts': "import { pad } from 'left-pad';\n",
  'b/shapes.ts': "import { z } from 'zod';\nexport const shape = z.object({});\n",
};

const places: readonly (readonly [file: string, name: string, place: string])[] = [
  ['a/other.ts', 'npm:left-pad', 'a/other.ts:1'],
  ['b/own.ts', 'npm:left-pad', 'b/own.ts:2'],
  // Where its own file does not use it, the first file of the base does, whatever is checked besides.
  ['b/later.ts', 'npm:left-pad', 'a/other.ts:1'],
  // A type proves no value: the first file that proves all of the use is named.
  ['b/shapes.ts', 'npm:zod', 'c/last.ts:1'],
  ['c/last.ts', 'npm:left-pad', 'c/last.ts:2'],
];

describe('the place of an earlier use', () => {
  test.each([['.'], ['a'], ['b'], ['c'], ['b/later.ts', 'c'], ['b/later.ts'], ['b/shapes.ts']])(
    'is the same in a run over %s',
    async (...paths) => {
      const scratch = await Scratch.with(base);
      await scratch.commitAll('base');
      scratch.write(edited);
      const args = ['--all', ...paths, '--offline', '--format', 'concise'];
      const { code, stdout } = await runIn(scratch, args);
      const isAsked = (file: string) => paths.some((path) => path === '.' || file.startsWith(path));
      const expected = places.filter(([file]) => isAsked(file));
      expect(expected.length).toBeGreaterThan(0);
      for (const [file, name, place] of expected)
        expect(stdout).toMatch(
          new RegExp(`^${file}:\\d+:\\d+: error unreviewed-package\\S* ${place} uses ${name} already`, 'm'),
        );
      expect(code).toBe(1);
    },
  );
});
