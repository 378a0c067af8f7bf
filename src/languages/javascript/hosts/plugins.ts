import { hostsOf } from './host.ts';

/** What plugs into a build, or generates a client, and provides modules that are no files of the project. */
export const plugins = hostsOf('2026-11-29', [
  {
    host: 'a Vite or Rollup plugin',
    modules: ['virtual:*'],
    source: 'https://vite.dev/guide/api-plugin#virtual-modules-convention',
  },
  {
    host: 'Astro',
    modules: ['astro:*'],
    source: 'https://docs.astro.build/en/reference/modules/astro-content/',
  },
  {
    host: 'React Router',
    modules: ['./+types/*'],
    dependencies: ['@react-router/dev'],
    files: ['react-router.config.ts', 'react-router.config.js'],
    source: 'https://reactrouter.com/explanation/type-safety',
  },
  {
    host: 'Relay',
    modules: ['./__generated__/*', '../__generated__/*'],
    dependencies: ['relay-compiler', 'babel-plugin-relay', 'react-relay'],
    files: ['relay.config.js', 'relay.config.json'],
    source: 'https://relay.dev/docs/guides/compiler/',
  },
  {
    host: 'unplugin-icons',
    modules: ['~icons/*'],
    dependencies: ['unplugin-icons'],
    source: 'https://github.com/unplugin/unplugin-icons',
  },
  {
    host: 'unplugin-info',
    modules: ['~build/*'],
    dependencies: ['unplugin-info'],
    source: 'https://github.com/yjl9903/unplugin-info',
  },
  {
    host: 'vite-plugin-pages',
    modules: ['~pages', '~react-pages', '~solid-pages'],
    dependencies: ['vite-plugin-pages'],
    source: 'https://github.com/hannoeru/vite-plugin-pages',
  },
  {
    host: 'UnoCSS',
    modules: ['uno.css'],
    dependencies: ['unocss', '@unocss/vite', '@unocss/astro', '@unocss/webpack'],
    source: 'https://unocss.dev/integrations/vite',
  },
  {
    host: 'react-native-dotenv',
    modules: ['@env'],
    dependencies: ['react-native-dotenv'],
    source: 'https://github.com/goatandsheep/react-native-dotenv',
  },
  {
    host: 'Prisma',
    modules: ['.prisma/client', '.prisma/client/*'],
    dependencies: ['@prisma/client', 'prisma'],
    source: 'https://www.prisma.io/docs/orm/prisma-client/setup-and-configuration/generating-prisma-client',
  },
]);
