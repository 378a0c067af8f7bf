/** Data of any name: an import map, or what tsconfig.json extends, is found by the file that names it. */
const DATA = /\.(?:jsonc?|json5)$|(?:^|\/)\.babelrc$/i;

/** Programs that hold settings are called after what they set, or lie in a folder that is. */
const PROGRAM =
  /(?:config|webpack|rspack|rollup|rolldown|vite|babel|metro|jest|craco|alias|storybook|build)[^/]*(?:\/[^/]*)?\.[cm]?[jt]s$/i;

/** What settings call that maps specifiers, names folders to look in, or leads to a file that does either. */
const KEYS =
  /\b(?:alias(?:es)?|moduleNameMapper|_moduleAliases|imports|importMap|scopes|paths|baseUrl|extends|references|workspaces?|roots?|modules|modulePaths|moduleDirectories|entries|extraNodeModules|browser)\b/;

/**
 * Could a file hold settings that say where specifiers lead? Told by its name, and by its text where that is at hand.
 *
 * @param path Relative to the root, with `/`.
 * @param text null where only the name is known.
 */
export function mapsNames(path: string, text: string | null): boolean {
  if (/(?:^|\/)(?:package-lock|npm-shrinkwrap|composer)\.json$/.test(path)) return false;
  return (DATA.test(path) || PROGRAM.test(path)) && (text === null || KEYS.test(text));
}
