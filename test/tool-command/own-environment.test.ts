import { expect, test } from 'vitest';
import { environmentOf } from '../../src/tool-command/own-environment.ts';

test.each([
  [
    '/home/ada/shop/.venv/lib/python3.11/site-packages/vetted_imports/runtime/dist/chunks',
    '/home/ada/shop/.venv',
  ],
  [
    '/home/ada/.local/pipx/venvs/x/lib/python3.12/site-packages/vetted_imports/runtime/dist',
    '/home/ada/.local/pipx/venvs/x',
  ],
  [String.raw`C:\shop\.venv\Lib\site-packages\vetted_imports\runtime\dist`, String.raw`C:\shop\.venv`],
  ['/home/ada/shop/node_modules/vetted-imports/dist', null],
  ['/usr/lib/python3/dist-packages/vetted_imports/runtime/dist', null],
  ['/home/ada/lib/python3.11/site-packages/other/node_modules/vetted-imports/dist', null],
])('what is at %s was installed in the environment %s', (folder, environment) => {
  expect(environmentOf(folder)).toBe(environment);
});
