import { kinds, manifests } from '../app/components.ts';
import { kindOf, languageOfScript } from '../analysis/source-kinds.ts';
import { commandFiles, containers } from '../containers/index.ts';
import { formatOf } from '../declarations/read.ts';
import { languages } from '../languages/index.ts';

/**
 * What editors call notebooks, and here the language of their text
 * (https://code.visualstudio.com/api/extension-guides/notebook#json-cell-model, 2026-11).
 */
export const NOTEBOOK = 'jupyter-notebook';

/** Extensions by the editor's name for a language. */
const extensions: ReadonlyMap<string, string> = new Map([
  ...languages.flatMap(({ editorIds }) => [...editorIds]),
  ...containers.flatMap(({ editorId, extensions: [extension = ''] }) =>
    editorId === null ? [] : [[editorId, extension] as const],
  ),
  ...commandFiles.flatMap(({ editorId, commands }) => {
    const ending = commands.paths.find((path) => path.startsWith('*.'))?.slice('*.'.length);
    return editorId === null || ending === undefined ? [] : [[editorId, ending.toLowerCase()] as const];
  }),
  [NOTEBOOK, 'ipynb'],
]);

/** @returns The extension of files in a language; undefined for one that nobody reads. @param languageId As editors call it. */
export function extensionOf(languageId: string): string | undefined {
  return extensions.get(languageId);
}

/**
 * Whoever opens a file says what it is where neither its name nor its first line tells: then it is read as one with the
 * extension of that language. A notebook that is open as such is one, whatever its file is.
 *
 * @param path Of the file in its project.
 * @returns The path under which the text is read.
 */
export function readablePath(path: string, languageId: string, text: string): string {
  const extension = extensionOf(languageId);
  if (!isFormOf(path, languageId)) return `${path}.${extension ?? ''}`;
  const kind = kindOf(path, kinds);
  const isTold =
    kind === undefined
      ? formatOf(path, manifests.formats) !== undefined
      : kind.kind !== 'script' || languageOfScript(text, kinds) !== undefined;
  return extension === undefined || isTold ? path : `${path}.${extension}`;
}

/** @returns Whether the editor shows a file in the form that it has on disk: scripts can be open as notebooks. */
export function isFormOf(path: string, languageId: string): boolean {
  return languageId !== NOTEBOOK || /\.ipynb$/i.test(path);
}
