import type { ManifestFormat } from '../../../model/manifest.ts';
import { manifestFormat } from '../../shared/manifest-format.ts';

/** What people read who have to edit a file that has no lines of its own for packages. */
const SETTINGS = 'it holds settings: change the one that names the package';
const MEMBERS = 'it lists folders of the project: change the manifest in one of them';

/** What such keys hold. Most texts have none of it, and their lines need no look. */
const REGISTRY_WORD = /registry|\$\{/i;
const CLASSIC_WORD = /registry|yarn-offline-mirror|use-yarnrc/i;

/** A key of npm's settings that names a registry, or may with what a variable holds. */
const REGISTRY_KEY = /^[ \t]*["']?[^\s=]*(?:registry|\$\{)[^\s=]*["']?[ \t]*=/im;

/** A key of Yarn 1's settings that says where packages come from, or names more settings. */
const CLASSIC_KEY =
  /^[ \t]*["']?(?:--(?:[^.\s]+\.)?|@[^\s:]+:)?(?:registry|yarn-offline-mirror|use-yarnrc)["']?:?[ \t]/im;

/** Every format that declares npm packages or their registries; what reads one is loaded when it is needed. */
export const manifests: readonly ManifestFormat[] = [
  manifestFormat({
    id: 'package.json',
    ecosystem: 'npm',
    fileNames: ['package.json'],
    makesPackage: true,
    reader: () => import('./package-json.ts'),
    editor: () => import('./package-json-editor.ts'),
  }),
  manifestFormat({
    id: '_package.json',
    ecosystem: 'npm',
    // Generators of projects call it so until it stands in one: https://github.com/quasarframework/quasar
    fileNames: ['_package.json'],
    reader: () => import('./package-json-template.ts'),
    editor: () => import('./package-json-editor.ts'),
  }),
  manifestFormat({
    id: 'pnpm-workspace.yaml',
    ecosystem: 'npm',
    fileNames: ['pnpm-workspace.yaml'],
    isSettings: true,
    reader: () => import('./pnpm-workspace.ts'),
    editor: () => import('./catalog-editor.ts'),
  }),
  manifestFormat({
    id: 'lerna.json',
    ecosystem: 'npm',
    fileNames: ['lerna.json'],
    isRare: true,
    reader: () => import('./lerna.ts'),
    byHand: MEMBERS,
  }),
  manifestFormat({
    id: 'rush.json',
    ecosystem: 'npm',
    fileNames: ['rush.json'],
    isRare: true,
    reader: () => import('./rush.ts'),
    byHand: MEMBERS,
  }),
  manifestFormat({
    id: 'pnpm-config.json',
    ecosystem: 'npm',
    // https://rushjs.io/pages/configs/pnpm-config_json/, https://rushjs.io/pages/advanced/subspaces/ (read on 2026-11-30)
    paths: ['common/config/rush/pnpm-config.json', 'common/config/subspaces/*/pnpm-config.json'],
    isRare: true,
    reader: () => import('./rush-pnpm.ts'),
    byHand: SETTINGS,
  }),
  manifestFormat({
    id: 'deno.json',
    ecosystem: 'npm',
    fileNames: ['deno.json', 'deno.jsonc', 'import_map.json'],
    isOfMember: true,
    reader: () => import('./deno.ts'),
    editor: () => import('./deno-editor.ts'),
  }),
  manifestFormat({
    id: 'jsr.json',
    ecosystem: 'npm',
    fileNames: ['jsr.json', 'jsr.jsonc'],
    reader: () => import('./deno.ts'),
    editor: () => import('./deno-editor.ts'),
  }),
  manifestFormat({
    id: 'importmap.rb',
    ecosystem: 'npm',
    fileNames: ['importmap.rb'],
    reader: () => import('./importmap.ts'),
    byHand: 'a pin also names a file or an address: run `bin/importmap unpin` and `bin/importmap pin`',
  }),
  manifestFormat({
    id: 'package.js',
    ecosystem: 'npm',
    fileNames: ['package.js'],
    reader: () => import('./meteor-package.ts'),
    byHand: 'it is a program that Meteor runs: change the table of Npm.depends',
  }),
  manifestFormat({
    id: '.npmrc',
    ecosystem: 'npm',
    fileNames: ['.npmrc'],
    isSettings: true,
    mayBeFurther: (text) => REGISTRY_WORD.test(text) && REGISTRY_KEY.test(text),
    reader: () => import('./npmrc.ts'),
    byHand: SETTINGS,
  }),
  manifestFormat({
    id: '.yarnrc',
    ecosystem: 'npm',
    fileNames: ['.yarnrc'],
    isSettings: true,
    mayBeFurther: (text) => CLASSIC_WORD.test(text) && CLASSIC_KEY.test(text),
    reader: () => import('./classic-yarnrc.ts'),
    byHand: SETTINGS,
  }),
  manifestFormat({
    id: '.yarnrc.yml',
    ecosystem: 'npm',
    fileNames: ['.yarnrc.yml'],
    isSettings: true,
    reader: () => import('./yarnrc.ts'),
    editor: () => import('./catalog-editor.ts'),
  }),
  manifestFormat({
    id: 'bunfig.toml',
    ecosystem: 'npm',
    fileNames: ['bunfig.toml', '.bunfig.toml'],
    isSettings: true,
    reader: () => import('./bunfig.ts'),
    byHand: SETTINGS,
  }),
];
