import { hostsOf } from './host.ts';

/** What runs programs: engines, editors, platforms, content systems. */
export const runtimes = hostsOf('2026-11-29', [
  { host: 'Bun', modules: ['bun:*'], source: 'https://bun.sh/docs/runtime/bun-apis' },
  {
    host: 'Bun',
    modules: ['bun'],
    dependencies: ['bun-types', '@types/bun'],
    files: ['bun.lock', 'bun.lockb', 'bunfig.toml'],
    source: 'https://bun.sh/docs/runtime/bun-apis',
  },
  { host: 'Deno', modules: ['ext:*'], source: 'https://docs.deno.com/runtime/' },
  {
    host: 'Cloudflare Workers',
    modules: ['cloudflare:*'],
    source: 'https://developers.cloudflare.com/workers/runtime-apis/',
  },
  {
    host: 'Cloudflare Workers',
    modules: ['__STATIC_CONTENT_MANIFEST'],
    dependencies: ['wrangler', '@cloudflare/workers-types'],
    source: 'https://developers.cloudflare.com/workers/configuration/sites/',
  },
  {
    host: 'Fastly Compute',
    modules: ['fastly:*'],
    source: 'https://js-compute-reference-docs.edgecompute.app/docs/',
  },
  {
    host: 'GNOME',
    modules: ['gi:*', 'resource:*'],
    source: 'https://gjs.guide/guides/gjs/intro.html',
  },
  {
    host: 'Firefox',
    modules: ['chrome:*', 'moz-src:*'],
    source: 'https://firefox-source-docs.mozilla.org/jsloader/index.html',
  },
  {
    host: 'Visual Studio Code',
    modules: ['vscode'],
    dependencies: ['@types/vscode'],
    engines: ['vscode'],
    source: 'https://code.visualstudio.com/api/references/vscode-api',
  },
  {
    host: 'Atom',
    modules: ['atom'],
    engines: ['atom', 'pulsar'],
    source: 'https://docs.pulsar-edit.dev/api/',
  },
  {
    host: 'Electron',
    modules: ['original-fs'],
    dependencies: ['electron', 'electron-nightly'],
    source: 'https://www.electronjs.org/docs/latest/tutorial/asar-archives',
  },
  {
    host: 'Yarn',
    modules: ['pnpapi'],
    packageManagers: ['yarn'],
    files: ['.pnp.cjs', '.pnp.js', '.yarnrc.yml'],
    source: 'https://yarnpkg.com/advanced/pnpapi',
  },
  {
    host: 'k6',
    modules: ['k6', 'k6/*'],
    dependencies: ['@types/k6'],
    source: 'https://grafana.com/docs/k6/latest/javascript-api/',
  },
  {
    host: 'Meteor',
    modules: ['meteor/*'],
    // A package of Meteor's, outside of an application: https://docs.meteor.com/api/package
    files: ['.meteor/packages', '.meteor/release', 'package.js'],
    source: 'https://docs.meteor.com/packages/',
  },
  {
    host: 'Salesforce',
    modules: [
      ...['lightning/*', 'lwc', 'c/*'],
      ...['apex', 'apexContinuation', 'client', 'community', 'contentAssetUrl', 'customPermission'].map(
        platform,
      ),
      ...['i18n', 'label', 'messageChannel', 'resourceUrl', 'schema', 'user', 'userPermission'].map(platform),
    ],
    files: ['sfdx-project.json'],
    source: 'https://developer.salesforce.com/docs/platform/lwc/guide/reference-salesforce-modules.html',
  },
  {
    host: 'SAPUI5',
    modules: ['sap/*'],
    dependencies: [
      '@ui5/cli',
      '@openui5/types',
      '@sapui5/types',
      '@openui5/ts-types-esm',
      '@sapui5/ts-types-esm',
    ],
    files: ['ui5.yaml'],
    source: 'https://sap.github.io/ui5-typescript/',
  },
  {
    host: 'NetSuite',
    modules: ['N', 'N/*'],
    dependencies: ['@hitc/netsuite-types', '@oracle/suitecloud-cli', '@oracle/suitecloud-unit-testing'],
    files: ['suitecloud.config.js'],
    source: 'https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/chapter_4220488571.html',
  },
  {
    host: 'HBuilderX',
    // And what it translates with: https://uniapp.dcloud.net.cn/tutorial/i18n.html
    modules: ['@dcloudio/uni-app', '@dcloudio/uni-i18n'],
    files: ['pages.json'],
    source: 'https://uniapp.dcloud.net.cn/tutorial/project.html',
  },
]);

function platform(name: string): string {
  return `@salesforce/${name}/*`;
}
