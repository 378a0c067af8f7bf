import type { Scan, Source } from '../../model/language.ts';
import { mayInstall } from '../shared/installs.ts';
import { candidatesOf, withoutBlanks } from './candidates.ts';
import { foreignEncoding } from './encoding.ts';
import { ImportedNames } from './imported-names.ts';
import { mentionsShell, pythonOf, writtenFile } from './ipython.ts';
import { loaderTokens } from './loader-tokens.ts';
import { withoutPrompts } from './prompts.ts';
import { mentionsSession } from './session-mentions.ts';

/**
 * Reads a text for the modules that it may import, without parsing it.
 *
 * @returns A superset of the specifiers that the parser would find, or `unsure` where the text holds
 *   something that takes a parser: a loader whose argument is not a literal, a name outside ASCII near an
 *   import, a continued line, script metadata, a call of IPython's shell or of nox, a module that a cell writes.
 */
export function scan(cell: Source): Scan {
  return scanUnless(cell, () => () => false);
}

/**
 * @param quotation Gives for a text what tells whether an offset of it stands in a comment or string.
 * @returns The scan of a text, without what looks like an import and stands so.
 */
export function scanUnless(cell: Source, quotation: (text: string) => (offset: number) => boolean): Scan {
  const { source } = withoutPrompts(cell);
  const { text, commands, escapes } = pythonOf(source);
  if (writtenFile(source) !== undefined) return { kind: 'unsure', reason: 'it writes a module' };
  const isInstalling = escapes.some(({ start, end }) => mayInstall(source.text.slice(start, end)));
  const reason = isInstalling || commands.length > 0 ? 'its commands may install or import' : whyUnsure(text);
  if (reason !== undefined) return { kind: 'unsure', reason };
  const specifiers = new Set<string>();
  const names = new Map<string, Set<string>>();
  const importedNames = new ImportedNames(text);
  const isQuoted = quotation(text);
  for (const { offset, keyword, modules, unfinished, end } of candidatesOf(text)) {
    if (isQuoted(offset)) continue;
    if (unfinished) return { kind: 'unsure', reason: 'an import continues on another line' };
    for (const module of modules) {
      if (/[^\0-\x7f]/.test(module.text)) {
        return { kind: 'unsure', reason: 'an import names a module outside ASCII' };
      }
      const specifier = withoutBlanks(module.text);
      specifiers.add(specifier);
      if (keyword !== 'from') continue;
      const moduleNames = names.get(specifier) ?? new Set();
      for (const name of importedNames.from(end)) moduleNames.add(name);
      names.set(specifier, moduleNames);
    }
  }
  for (const token of loaderTokens(text)) {
    // The quote before a literal stands in no string, unless the whole call does.
    if (isQuoted(token.start - 1)) continue;
    if (token.specifier === null)
      return { kind: 'unsure', reason: 'it may import a name that is not a literal' };
    specifiers.add(token.specifier);
  }
  const blocks = async (specifier: string) => (await importBlocks()).blocksOf(text, specifier);
  return { kind: 'superset', specifiers, names, blocks };
}

/** Few files hold imports that lead nowhere: only for those is it asked where they stand. */
const importBlocks = () => import('./import-blocks.ts');

/** @returns Why a text can't be scanned, or undefined where it can. */
export function whyUnsure(text: string): string | undefined {
  if (text.includes('\0')) return 'it holds null bytes';
  if (text.includes('# /// script')) return 'it holds script metadata';
  if (mentionsShell(text)) return 'it may run a string in IPython';
  if (mentionsSession(text)) return 'it may install packages in a session of nox';
  if (/[\u200b\u2060]|(?!^)\ufeff/.test(text)) return 'it holds characters without width';
  const encoding = foreignEncoding(text);
  if (encoding !== undefined) return `it declares the encoding ${encoding}`;
  return undefined;
}
