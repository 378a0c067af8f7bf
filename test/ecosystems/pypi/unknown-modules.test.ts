import { expect, test } from 'vitest';
import { unknownModules } from '../../../src/ecosystems/pypi/unknown-modules.ts';

interface Row {
  readonly title: string;
  readonly installed: readonly [distribution: string, ...modules: string[]];
  readonly declared?: readonly string[];
  /** What `imports` has to say. */
  readonly imports: readonly string[] | undefined;
}

const rows: readonly Row[] = [
  { title: 'the same name', installed: ['flask', 'flask'], imports: undefined },
  { title: 'the same name with an underscore', installed: ['acme-core', 'acme_core'], imports: undefined },
  { title: 'a name that the shipped list knows', installed: ['opencv-python', 'cv2'], imports: undefined },
  { title: 'another name', installed: ['acme-core', 'acme'], imports: ['acme'] },
  { title: 'tests that came along', installed: ['acme-core', 'acme', 'tests'], imports: ['acme'] },
  {
    title: 'a compiled part beside the module',
    installed: ['acme-core', '_acme', 'acme'],
    imports: ['acme'],
  },
  {
    title: 'a compiled part beside a known module',
    installed: ['acme', '_acme', 'acme'],
    imports: undefined,
  },
  { title: 'nothing but a compiled part', installed: ['acme-core', '_acme'], imports: ['_acme'] },
  {
    title: 'a part of a namespace',
    installed: ['acme-ui-buttons', 'acme.ui.buttons'],
    imports: ['acme.ui.buttons'],
  },
  { title: 'the module of somebody else', installed: ['acme-yaml', 'yaml'], imports: ['yaml'] },
  {
    title: 'the module of somebody else who is declared',
    installed: ['acme-yaml', 'yaml'],
    declared: ['pyyaml'],
    imports: undefined,
  },
  {
    title: 'a name that every object seems to have',
    installed: ['constructor', '__proto__'],
    imports: ['__proto__'],
  },
];

test.each(rows)('$title', ({ installed: [distribution, ...modules], declared = [], imports }) => {
  const found = unknownModules(new Map([[distribution, modules]]), new Set([distribution, ...declared]));
  expect(found.get(distribution)).toEqual(imports);
});
