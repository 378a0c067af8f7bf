import { describe, expect, test } from 'vitest';

import { npm } from '../../../src/ecosystems/npm/names.ts';
import { ambientHosts } from '../../../src/languages/javascript/ambient.ts';

describe.each(ambientHosts.map((host) => ({ ...host, title: `${host.host}: ${host.modules[0] ?? ''}` })))(
  '$title',
  ({ evidence, modules, source }) => {
    test('cites its documentation', () => {
      expect(URL.canParse(source)).toBe(true);
    });

    test('has a star only at the end of a pattern', () => {
      expect(modules.filter((pattern) => pattern.slice(0, -1).includes('*'))).toEqual([]);
    });

    test('needs evidence if a package could bear the name of a module', () => {
      const names = modules.map((pattern) => pattern.replace('*', 'x').split('/')[0] ?? '');
      const proofs =
        evidence.kind === 'spelling'
          ? []
          : [...evidence.dependencies, ...evidence.engines, ...evidence.files];
      expect(proofs.length > 0 || names.every((name) => !npm.valid(name))).toBe(true);
    });
  },
);
