import { configPlaces } from '../config/find.ts';
import { defaults } from '../config/config.ts';
import { containers } from '../containers/index.ts';
import { manifestFormats } from '../ecosystems/manifest-formats.ts';
import { languages } from '../languages/index.ts';

/** Project files beside manifests that say where a specifier leads. */
const maps = ['tsconfig*.json', 'jsconfig*.json', 'pnpm-workspace.yaml', '*.config.{js,cjs,mjs,ts}'];

/** Names under which requirements files are found besides the usual one. */
const requirements = ['*requirements*.{txt,in}', 'requirements/*.{txt,in}'];

/** Modules of a project come and go. */
const programs = [...languages, ...containers].flatMap(({ extensions }) =>
  extensions.map((extension) => `*.${extension}`),
);

/** What says which files git leaves out. */
const exclusions = ['.gitignore'];

/** Where whitelist and config stand before any config was read. */
export const watchedNames: readonly string[] = [defaults.whitelist, ...configPlaces];

/** A pattern for the files that an editor is asked to watch. */
export interface Watcher {
  readonly globPattern: string;
}

/** What the editor watches for us: whatever can change a verdict without an edit of the open text. */
export const watchers: readonly Watcher[] = [
  ...new Set([
    ...watchedNames,
    ...manifestFormats.flatMap(({ fileNames: usualNames, paths }) => [...usualNames, ...paths]),
    ...requirements,
    ...maps,
    ...programs,
    ...exclusions,
  ]),
].map((name) => ({ globPattern: `**/${name}` }));

/** @returns The pattern for one path of any project. Patterns of the protocol have no escapes: `?` is any one character. */
export function watcherOf(path: string): Watcher {
  return { globPattern: `**/${path.replace(/[*?{}[\]]/g, '?')}` };
}
