import { expect, test } from 'vitest';
import { nameOfIdentity, packageOfTarball } from '../../../src/ecosystems/npm/lockfiles/registry-tarball.ts';

test.each([
  ['https://registry.example/a/-/a-1.0.0.tgz', 'a'],
  ['http://registry.example:4873/a/-/a-1.0.0.tgz', 'a'],
  ['https://user:secret@registry.example/npm/proxy/a/-/a-1.0.0-rc.1+build.5.tgz?x=/-/#sha1', 'a'],
  ['https://registry.example/@acme/a/-/a-1.0.0.tgz', '@acme/a'],
  ['https://registry.example/@acme%2fa/-/a-1.0.0.tgz', '@acme/a'],
  ['https://registry.example/%40acme%252Fa/-/a-1.0.0.tgz', '@acme/a'],
  ['https://registry.example/@acme/a/-/@acme/a-1.0.0.tgz', '@acme/a'],
  ['https://registry.example/a-1/-/a-1-2.0.0.tgz', 'a-1'],
  ['https://registry.example/a/-/b-1.0.0.tgz', undefined],
  ['https://registry.example/a/-/a-b-1.0.0.tgz', undefined],
  ['https://registry.example/a/-/a-main.tgz', undefined],
  ['https://registry.example/a/-/a-1.0.0.zip', undefined],
  ['https://registry.example/a-1.0.0.tgz', undefined],
  ['https://a/-/a-1.0.0.tgz', undefined],
  ['https://codeload.github.com/acme/a/tar.gz/1.0.0', undefined],
  ['https://npm.example/download/@acme/a/1.0.0/0123456789', undefined],
  ['git+https://git.example/a/-/a-1.0.0.tgz', undefined],
  ['file:a/-/a-1.0.0.tgz', undefined],
  ['a/-/a-1.0.0.tgz', undefined],
  ['', undefined],
])('%s is the tarball of %s', (url, name) => {
  expect(packageOfTarball(url)).toBe(name);
});

test.each([
  ['a@1.0.0', 'a'],
  ['@acme/a@1.0.0-rc.1', '@acme/a'],
  ['a@1.0', undefined],
  ['a@1.0.0 || 2', undefined],
  ['a@latest', undefined],
  ['a@https://files.example/a-1.0.0.tgz', undefined],
  ['@acme/a', undefined],
  ['', undefined],
])('%s names %s', (identity, name) => {
  expect(nameOfIdentity(identity)).toBe(name);
});
