import { Scratch } from './scratch.ts';

const by = 'by: Ada L <ada@example.org>, date: 2026-01-02';

/** Approves lodash, the scope @acme, numpy and flask; denies request. */
export const shopWhitelist = [
  'approved:',
  '  npm:',
  `    "@acme/*": { reason: our own scope, ${by} }`,
  `    lodash: { reason: the cart, ${by} }`,
  '  pypi:',
  `    flask: { reason: the API, ${by} }`,
  `    numpy: { reason: prices, ${by} }`,
  'denied:',
  '  npm:',
  `    request: { reason: unmaintained, use: undici, ${by} }`,
  '',
].join('\n');

/** A committed shop in Python and TypeScript, with a whitelist and hooks, that asks no registry. */
export async function shop(files: Readonly<Record<string, string>> = {}): Promise<Scratch> {
  const scratch = await Scratch.with({
    '.check-importsrc': 'lookup: off\n',
    'approved-packages.yaml': shopWhitelist,
    'package.json': '{\n  "name": "shop",\n  "dependencies": { "lodash": "4" }\n}\n',
    'requirements.txt': 'flask\nnumpy\n',
    'shop/__init__.py': '',
    'shop/app.py': 'import flask\n',
    'web/app.ts': "import lodash from 'lodash';\n",
    'web/price.ts': 'export const price = 1;\n',
    ...files,
  });
  scratch.installHooks();
  return scratch;
}
