import { hostsOf, programFiles } from './host.ts';

/** What builds whole applications, brings modules along and maps folders by convention: its own settings are seldom in git. */
export const frameworks = hostsOf('2026-11-29', [
  {
    host: 'Nuxt',
    modules: ['#*'],
    aliases: [
      ['~~', ['.']],
      ['@@', ['.']],
      ['#shared', ['shared']],
      ['#server', ['server']],
      ['~', ['app', '.', 'src']],
      ['@', ['app', '.', 'src']],
      ['assets', ['app/assets', 'assets', 'src/assets']],
      ['public', ['public']],
    ],
    dependencies: ['nuxt', 'nuxt-nightly', 'nuxt3', '@nuxt/kit'],
    files: programFiles('nuxt.config'),
    source: 'https://nuxt.com/docs/api/nuxt-config#alias',
  },
  {
    host: 'NuxtHub',
    modules: ['hub:*', '@nuxthub/db', '@nuxthub/db/*', '@nuxthub/kv', '@nuxthub/blob'],
    dependencies: ['@nuxthub/core'],
    source: 'https://hub.nuxt.com/docs',
  },
  {
    host: 'Nitro',
    modules: ['#imports', '#nitro*', '#internal/nitro*'],
    aliases: [
      ['~~', ['.']],
      ['@@', ['.']],
      ['~', ['.', 'server', 'src']],
      ['@', ['.', 'server', 'src']],
    ],
    dependencies: ['nitropack', 'nitro'],
    files: programFiles('nitro.config'),
    source: 'https://nitro.build/config#alias',
  },
  {
    host: 'WXT',
    modules: ['#imports', '#i18n'],
    aliases: [
      ['~~', ['.']],
      ['@@', ['.']],
      ['~', ['.', 'src']],
      ['@', ['.', 'src']],
    ],
    dependencies: ['wxt'],
    files: programFiles('wxt.config'),
    source: 'https://wxt.dev/guide/essentials/config/typescript.html#tsconfig-paths',
  },
  {
    host: 'SvelteKit',
    modules: ['$app/*', '$env/*', '$service-worker', './$types', './$types.js', './$types.d.ts'],
    aliases: [['$lib', ['src/lib']]],
    dependencies: ['@sveltejs/kit'],
    files: programFiles('svelte.config'),
    source: 'https://svelte.dev/docs/kit/$app-environment',
  },
  {
    host: 'Quasar',
    modules: ['#q-app', '#q-app/*'],
    aliases: [
      ['src', ['src']],
      ['app', ['.']],
      ...['components', 'layouts', 'pages', 'assets', 'boot', 'stores', 'store', 'router', 'css'].map(
        inSources,
      ),
    ],
    dependencies: ['@quasar/app-vite', '@quasar/app-webpack', '@quasar/app'],
    files: [...programFiles('quasar.config'), 'quasar.conf.js'],
    source: 'https://quasar.dev/quasar-cli-vite/handling-vite#folder-aliases',
  },
  {
    host: 'uni-app',
    aliases: [['@', ['src', '.']]],
    dependencies: ['@dcloudio/vite-plugin-uni', '@dcloudio/vue-cli-plugin-uni', '@dcloudio/uni-app'],
    files: ['pages.json', 'src/pages.json'],
    source: 'https://uniapp.dcloud.net.cn/tutorial/project.html',
  },
  {
    host: 'Umi',
    modules: ['@@/*', 'umi/typings', '@umijs/max/typings'],
    aliases: [['@', ['src', '.']]],
    dependencies: ['umi', '@umijs/max', '@alipay/bigfish', 'dumi'],
    files: [...programFiles('.umirc'), ...programFiles('.dumirc')],
    source: 'https://umijs.org/docs/guides/directory-structure',
  },
  {
    host: 'Umi',
    modules: ['umi'],
    dependencies: ['@umijs/max', '@alipay/bigfish'],
    source: 'https://umijs.org/docs/max/introduce',
  },
  {
    host: 'ice.js',
    modules: ['ice', 'ice/*'],
    aliases: [['@', ['src']]],
    dependencies: ['@ice/app', 'ice.js'],
    files: programFiles('ice.config'),
    source: 'https://ice.work/docs/guide/basic/config',
  },
  {
    host: 'Modern.js',
    modules: ['@_modern_js/*'],
    aliases: [
      ['@', ['src']],
      ['@api', ['api']],
      ['@shared', ['shared']],
    ],
    dependencies: ['@modern-js/app-tools'],
    files: programFiles('modern.config'),
    source: 'https://modernjs.dev/guides/basic-features/alias.html',
  },
  {
    host: 'Vue CLI',
    aliases: [['@', ['src']]],
    dependencies: ['@vue/cli-service'],
    files: programFiles('vue.config'),
    source: 'https://cli.vuejs.org/guide/html-and-static-assets.html#url-transform-rules',
  },
  {
    host: 'Gridsome',
    aliases: [
      ['~', ['src']],
      ['@', ['src']],
    ],
    dependencies: ['gridsome'],
    files: ['gridsome.config.js'],
    source: 'https://gridsome.org/docs/directory-structure/',
  },
  {
    host: 'Next.js',
    modules: ['server-only', 'client-only'],
    dependencies: ['next'],
    source:
      'https://nextjs.org/docs/app/getting-started/server-and-client-components#preventing-environment-poisoning',
  },
  {
    host: 'Remix',
    aliases: [['~', ['app']]],
    dependencies: ['@remix-run/dev', '@react-router/dev'],
    source: 'https://v2.remix.run/docs/file-conventions/vite-config/',
  },
  {
    host: 'SolidStart',
    aliases: [['~', ['src']]],
    dependencies: ['@solidjs/start', 'solid-start'],
    source: 'https://docs.solidjs.com/solid-start/building-your-application/routing',
  },
  {
    host: 'Qwik City',
    modules: ['@qwik-city-plan', '@qwik-city-entries', '@qwik-city-sw-register', '@qwik-client-manifest'],
    aliases: [['~', ['src']]],
    dependencies: ['@builder.io/qwik', '@builder.io/qwik-city', '@qwik.dev/core', '@qwik.dev/router'],
    source: 'https://qwik.dev/docs/project-structure/',
  },
  {
    host: 'Docusaurus',
    modules: [
      ...['@theme/*', '@theme-original/*', '@theme-init/*', '@generated/*'],
      ...['BrowserOnly', 'ComponentCreator', 'constants', 'ExecutionEnvironment', 'Head', 'Interpolate'].map(
        client,
      ),
      ...['isInternalUrl', 'Link', 'Noop', 'renderRoutes', 'router', 'Translate', 'useBaseUrl'].map(client),
      ...['useBrokenLinks', 'useDocusaurusContext', 'useGlobalData', 'useIsBrowser'].map(client),
      client('useRouteContext'),
    ],
    aliases: [['@site', ['.']]],
    isReserved: true,
    dependencies: ['@docusaurus/core'],
    source: 'https://docusaurus.io/docs/docusaurus-core',
  },
  {
    host: 'Rspress',
    modules: ['@theme', '@theme-original', '@theme-assets/*'],
    dependencies: ['rspress', '@rspress/core'],
    source: 'https://rspress.rs/guide/basic/custom-theme',
  },
  {
    host: 'VuePress',
    modules: [
      '@theme',
      '@theme/*',
      '@parent-theme',
      '@parent-theme/*',
      '@internal/*',
      '@temp/*',
      '@dynamic/*',
    ],
    aliases: [['@source', ['docs', '.', 'src']]],
    dependencies: ['vuepress', 'vuepress-vite', 'vuepress-webpack', '@vuepress/core', '@vuepress/cli'],
    source: 'https://vuepress.vuejs.org/advanced/cookbook/making-a-theme-extendable.html',
  },
  {
    host: 'Ember',
    modules: [
      ...[
        'application',
        'array',
        'canary-features',
        'component',
        'controller',
        'debug',
        'destroyable',
      ].flatMap(ember),
      ...[
        'engine',
        'enumerable',
        'error',
        'helper',
        'instrumentation',
        'modifier',
        'object',
        'owner',
      ].flatMap(ember),
      ...['polyfills', 'reactive', 'renderer', 'routing', 'runloop', 'service', 'string', 'template'].flatMap(
        ember,
      ),
      ...[
        'template-compilation',
        'template-compiler',
        'template-factory',
        'test',
        'utils',
        'version',
      ].flatMap(ember),
      '@ember/-internals/*',
      ...['ember', 'ember-testing', 'require', 'rsvp', '@glimmer/env', '@glimmer/tracking'],
      ...['@glimmer/tracking/*', '@embroider/virtual/*'],
    ],
    aliases: [
      ['{name}/tests', ['tests']],
      ['{name}', ['app', 'addon', 'src']],
    ],
    dependencies: ['ember-source'],
    source: 'https://api.emberjs.com/ember/release/',
  },
  {
    host: 'ember-cli-htmlbars',
    modules: ['htmlbars-inline-precompile'],
    dependencies: ['ember-cli-htmlbars'],
    source: 'https://github.com/ember-cli/ember-cli-htmlbars',
  },
  {
    host: 'Laravel’s plugin for Vite',
    aliases: [['@', ['resources/js']]],
    dependencies: ['laravel-vite-plugin'],
    source: 'https://laravel.com/docs/vite#aliases',
  },
  {
    host: 'Rails',
    aliases: [['', ['app/javascript', 'app/assets/javascripts', 'lib/assets/javascripts']]],
    files: ['config/importmap.rb'],
    source: 'https://github.com/rails/importmap-rails#readme',
  },
  {
    host: 'Odoo',
    modules: [
      ...['@odoo', '@web', '@web_editor', '@web_tour', '@html_editor', '@html_builder', '@bus', '@mail'],
      ...['@account', '@barcodes', '@base_import', '@board', '@calendar', '@crm', '@hr'],
      ...['@iap', '@im_livechat'],
      ...['@mrp', '@payment', '@point_of_sale', '@pos_restaurant', '@portal', '@product', '@project'],
      ...['@purchase', '@sale', '@sms', '@spreadsheet', '@stock', '@survey', '@website', '@website_sale'],
    ].map((scope) => `${scope}/*`),
    aliases: [['@*', ['../*/static/src']]],
    files: ['__manifest__.py'],
    source: 'https://www.odoo.com/documentation/19.0/developer/reference/frontend/javascript_modules.html',
  },
  {
    // What `odoo.define` of its add-ons names, up to version 16.
    host: 'Odoo',
    modules: [
      ...['web', 'web_editor', 'web_tour', 'base_import', 'bus', 'im_livechat', 'mail', 'payment'],
      ...['point_of_sale', 'portal', 'survey', 'website', 'website_sale'],
    ].map((addOn) => `${addOn}.*`),
    files: ['__manifest__.py', '__openerp__.py'],
    source: 'https://www.odoo.com/documentation/14.0/developer/reference/javascript_reference.html',
  },
  {
    host: 'RedwoodJS',
    modules: ['directives', 'graphql', 'services', 'subscriptions', 'pages', 'lib'].map(
      (folder) => `src/${folder}/**/*`,
    ),
    aliases: [
      ['src', ['web/src', 'api/src']],
      ['$api', ['api']],
      ['$web', ['web']],
    ],
    dependencies: ['@redwoodjs/core'],
    files: ['redwood.toml'],
    source: 'https://docs.redwoodjs.com/docs/typescript/introduction',
  },
  {
    host: 'AdonisJS',
    modules: ['@ioc:*'],
    aliases: [
      ['App', ['app']],
      ['Config', ['config']],
      ['Contracts', ['contracts']],
      ['Database', ['database']],
    ],
    dependencies: ['@adonisjs/core'],
    files: ['.adonisrc.json'],
    source: 'https://v5-docs.adonisjs.com/guides/typescript-build-process',
  },
  {
    host: 'Wasp',
    modules: ['wasp/*', '@wasp/*'],
    aliases: [['@src', ['src']]],
    files: ['main.wasp', 'main.wasp.ts'],
    source: 'https://wasp.sh/docs/project/importing-code',
  },
  {
    host: 'Encore',
    modules: ['~encore/*'],
    dependencies: ['encore.dev'],
    files: ['encore.app'],
    source: 'https://encore.dev/docs/ts/primitives/app-structure',
  },
  {
    host: 'NativeScript',
    aliases: [
      ['~', ['src', 'app']],
      ['@', ['src', 'app']],
    ],
    dependencies: ['@nativescript/core', 'tns-core-modules'],
    files: programFiles('nativescript.config'),
    source: 'https://docs.nativescript.org/configuration/nativescript',
  },
  {
    host: 'Aurelia',
    aliases: [['resources', ['src/resources']]],
    dependencies: ['aurelia-bootstrapper', 'aurelia-framework'],
    files: ['aurelia_project/aurelia.json'],
    source: 'https://aurelia.io/docs/cli/basics',
  },
]);

function inSources(folder: string): readonly [string, readonly string[]] {
  return [folder, [`src/${folder}`]];
}

function client(name: string): string {
  return `@docusaurus/${name}`;
}

function ember(name: string): readonly string[] {
  return [`@ember/${name}`, `@ember/${name}/*`];
}
