import { entriesAt, select } from '../../documents/document.ts';
import type { ManifestEdits, TextInsertion } from '../../model/declare.ts';

/** Adds a distribution without a version, as a person would first write it. */
export const edits: ManifestEdits = {
  fileNames: ['pyproject.toml', 'requirements.txt'],
  editsFor: async (fileName, text, { package: { name } }) =>
    fileName === 'pyproject.toml' ? inPyproject(text, name) : [inRequirements(text, name)],
};

/** Only a list of PEP 621 that is there is extended: other tools have tables of their own. */
async function inPyproject(text: string, name: string): Promise<readonly TextInsertion[]> {
  const { readToml } = await import('../../documents/toml.ts');
  const { root, broken } = await readToml(text);
  const [list] = select(root, 'project', 'dependencies');
  if (broken.length > 0 || list?.kind !== 'list' || entriesAt(root, 'project').length === 0) return [];
  const last = list.items.at(-1);
  if (last?.kind !== 'text') return [];
  const line = text.lastIndexOf('\n', last.span.start) + 1;
  const indentMatch = /^[ \t]*(?=["'])/.exec(text.slice(line, last.span.start));
  const between = indentMatch ? `,\n${indentMatch[0]}` : ', ';
  return [{ offset: last.span.end + 1, length: 0, text: `${between}"${name}"` }];
}

function inRequirements(text: string, name: string): TextInsertion {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const open = text !== '' && !/[\r\n]$/.test(text) ? eol : '';
  return { offset: text.length, length: 0, text: `${open}${name}${eol}` };
}
