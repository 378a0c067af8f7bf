import { expect, test } from 'vitest';
import { isList } from '../../../../src/ecosystems/pypi/manifests/list-text.ts';

/* Of a file whose name says nothing, this decides whether anybody asks who takes it in. */

test.each([
  'numpy\n',
  '\uFEFFnumpy\r\n# why\r\n\r\nrequests[socks]>=2,<3 ; python_version < "3.9"  # because\r\n',
  'flask==1 \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd\n',
  'flask (>=2)\nzope.interface~=5\nsix !=1.0\n',
  'ship @ https://files.example/ship.whl\ngit+https://git.example/ship@v1#egg=ship\n./lib\n',
  '-r more.txt\n-cpins.txt\n--index-url=https://index.example/simple\n-e .\n',
  'conda-forge::numpy\n',
])('%j is a list', (text) => {
  expect(isList(text)).toBe(true);
});

test.each([
  '',
  '# Shop\n',
  '1.2.3\n',
  'A shop for ships.\n',
  'numpy\nsome words\n',
  '- numpy\n',
  'name: numpy\n',
  'import os\n',
  'x = 1\n',
  'numpy(1)\n',
  '| a | b |\n',
  'User-agent: *\n',
  'numpy\\\n{}\n',
])('%j is none', (text) => {
  expect(isList(text)).toBe(false);
});
