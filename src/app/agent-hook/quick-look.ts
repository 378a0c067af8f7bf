import type { EditedFile } from '../../agents/edits/edited-files.ts';
import { kindOf } from '../../analysis/source-kinds.ts';
import { formatOf } from '../../declarations/read.ts';
import { mayInstall } from '../../languages/shared/installs.ts';
import type { Language } from '../../model/language.ts';
import { kinds, manifests } from '../components.ts';

/** Metadata by which a program declares what it needs (https://peps.python.org/pep-0723/). */
const DECLARATIONS = /^# \/\/\/ /m;

/**
 * A look at an edit without git: most edits import nothing that the file did not import before.
 *
 * @param path Relative to the root.
 * @returns Whether an edit certainly names no package anew. false where that takes more than a scan.
 */
export async function namesNothingNew(path: string, { oldText, newText }: EditedFile): Promise<boolean> {
  if (newText === null || oldText === newText) return true;
  const kind = kindOf(path, kinds);
  const isProgram = kind?.kind === 'language' && formatOf(path, manifests.formats) === undefined;
  if (!isProgram || DECLARATIONS.test(newText) || mayInstall(newText)) return false;
  const { language, dialect } = kind;
  const newNames = await namesIn(newText, language, dialect);
  const oldNames = await namesIn(oldText ?? '', language, dialect);
  return newNames !== null && oldNames !== null && [...newNames].every((name) => oldNames.has(name));
}

/** @returns What a text imports, as written, with the names that it takes from there; null where a scan can’t tell. */
async function namesIn(
  text: string,
  language: Language,
  dialect: string,
): Promise<ReadonlySet<string> | null> {
  const scan = await language.scan({ text, dialect });
  if (scan.kind === 'unsure') return null;
  const names = new Set<string>();
  for (const specifier of scan.specifiers) {
    names.add(specifier);
    for (const name of scan.names?.get(specifier) ?? []) names.add(`${specifier} ${name}`);
  }
  return names;
}
