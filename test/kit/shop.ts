import { Scratch } from './scratch.ts';
import { byAda, whitelistText } from './whitelist.ts';

/** Approves lodash, the scope @acme, numpy and flask; denies request. */
export const shopWhitelist = whitelistText({
  'npm:@acme/*': { approved: 'our own scope', ...byAda },
  'npm:lodash': { approved: 'the cart', ...byAda },
  'npm:request': { denied: 'unmaintained', use: 'npm:undici', ...byAda },
  'pypi:flask': { approved: 'the API', ...byAda },
  'pypi:numpy': { approved: 'prices', ...byAda },
});

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
