/** Data of any name: an import map, or what tsconfig.json extends, is found by the file that names it. */
const DATA = /\.(?:jsonc?|json5)$|(?:^|\/)\.babelrc$/i;

/** @returns Whether settings in a file would be data. */
export function isSettingsData(path: string): boolean {
  return DATA.test(path);
}

/** Programs that hold settings are called after what they set, or lie in a folder that is. */
const PROGRAM =
  /(?:config|webpack|rspack|rollup|rolldown|vite|babel|metro|jest|craco|alias|storybook|build)[^/]*(?:\/[^/]*)?\.[cm]?[jt]s$/i;

/**
 * Could a file hold settings that say where specifiers lead? Told by its name.
 *
 * @param path Relative to the root, with `/`.
 */
export function mapsNames(path: string): boolean {
  if (/(?:^|\/)(?:package-lock|npm-shrinkwrap|composer)\.json$/.test(path)) return false;
  return DATA.test(path) || PROGRAM.test(path);
}
