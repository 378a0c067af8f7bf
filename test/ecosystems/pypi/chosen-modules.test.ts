import { expect, test } from 'vitest';
import { chooseModules } from '../../../src/ecosystems/pypi/approved-modules.ts';

interface Row {
  readonly title: string;
  readonly shown: readonly [distribution: string, ...modules: string[]];
  /** Names of other packages that are decided about, declared or widely used, and modules of the language. */
  readonly held?: readonly string[];
  /** The distribution itself is widely used. */
  readonly isWellKnown?: true;
  /** What the entry is to record. */
  readonly imports: readonly string[];
  readonly foreign?: readonly string[];
}

const rows: readonly Row[] = [
  { title: 'another name', shown: ['zeta-core', 'zeta'], imports: ['zeta'] },
  {
    title: 'the same name, which nothing else tells',
    shown: ['zeta-core', 'zeta_core'],
    imports: ['zeta_core'],
  },
  {
    title: 'the same name of a package that many use',
    shown: ['flask', 'flask'],
    isWellKnown: true,
    imports: [],
  },
  { title: 'a name that the shipped map knows', shown: ['opencv-python', 'cv2'], imports: [] },
  {
    title: 'one more than the shipped map knows',
    shown: ['opencv-python', 'cv2', 'cv3'],
    imports: ['cv2', 'cv3'],
  },
  {
    title: 'one more of a package that many use',
    shown: ['flask', 'flask', 'flasky'],
    isWellKnown: true,
    imports: ['flask', 'flasky'],
  },
  { title: 'tests that came along', shown: ['zeta-core', 'zeta', 'tests', 'tests.unit'], imports: ['zeta'] },
  {
    title: 'folders with names of anybody',
    shown: ['zeta-core', 'zeta', 'utils', 'config', 'docs', 'scripts'],
    imports: ['zeta'],
  },
  { title: 'a compiled part beside the module', shown: ['zeta-core', '_zeta', 'zeta'], imports: ['zeta'] },
  { title: 'nothing but a compiled part', shown: ['zeta-core', '_zeta'], imports: ['_zeta'] },
  {
    title: 'a part of a namespace',
    shown: ['zeta-ui-buttons', 'zeta.ui.buttons'],
    imports: ['zeta.ui.buttons'],
  },
  {
    title: 'the module of another package by the shipped map',
    shown: ['zeta-yaml', 'zeta_yaml', 'yaml'],
    imports: ['zeta_yaml'],
    foreign: ['yaml'],
  },
  {
    title: 'a part of a namespace that the shipped map gives to others',
    shown: ['zeta-odd', 'google.cloud.evil'],
    imports: [],
    foreign: ['google.cloud.evil'],
  },
  {
    title: 'the name of another package',
    shown: ['zeta-odd', 'zeta_odd', 'requests'],
    held: ['requests'],
    imports: ['zeta_odd'],
    foreign: ['requests'],
  },
  {
    title: 'something inside of another package',
    shown: ['zeta-odd', 'requests.evil'],
    held: ['requests'],
    imports: [],
    foreign: ['requests.evil'],
  },
  {
    title: 'its own name, which others know',
    shown: ['zeta-odd', 'zeta_odd'],
    held: ['zeta_odd'],
    imports: ['zeta_odd'],
  },
  {
    title: 'names that every object seems to have',
    shown: ['constructor', '__proto__'],
    imports: ['__proto__'],
  },
];

test.each(rows)(
  '$title',
  ({ shown: [distribution, ...modules], held = [], isWellKnown = false, imports, foreign = [] }) => {
    const known = { isHeld: (module: string) => held.includes(module), isWellKnown: () => isWellKnown };
    expect(chooseModules(distribution, modules, known)).toEqual({ imports, foreign });
  },
);
