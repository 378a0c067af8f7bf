import { configPlaces } from '../config/find.ts';
import { defaults } from '../config/config.ts';
import { manifestFormats } from '../ecosystems/manifest-formats.ts';

/** Project files beside manifests that say where a specifier leads. */
const maps = ['tsconfig*.json', 'jsconfig*.json', 'pnpm-workspace.yaml', '*.config.{js,cjs,mjs,ts}'];

/** Names under which requirements files are found besides the usual one. */
const requirements = ['*requirements*.{txt,in}', 'requirements/*.{txt,in}'];

/** What the editor watches for us: whatever can change a verdict without an edit of the open text. */
export const watchers: readonly { readonly globPattern: string }[] = [
  ...new Set([
    defaults.whitelist,
    ...configPlaces,
    ...manifestFormats.flatMap(({ fileNames: usualNames, paths }) => [...usualNames, ...paths]),
    ...requirements,
    ...maps,
  ]),
].map((name) => ({ globPattern: `**/${name}` }));

/** @returns Whether a file of a project can change the verdict about others. */
export function isPolicyFile(path: string, whitelists: readonly string[]): boolean {
  return (
    whitelists.includes(path) ||
    configPlaces.includes(path) ||
    manifestFormats.some((format) => format.matches(path)) ||
    /(?:^|\/)[jt]sconfig[^/]*\.json$/.test(path)
  );
}
