import type { ManifestEdits, NewDependency, TextInsertion } from '../../model/declare.ts';

/** npm wants a version, so that nothing is offered before a registry has told one. */
export const edits: ManifestEdits = {
  fileNames: ['package.json'],
  editsFor: (_fileName, text, dependency) => inPackageJson(text, dependency),
};

async function inPackageJson(
  text: string,
  { package: { name }, latest }: NewDependency,
): Promise<readonly TextInsertion[]> {
  if (latest === null) return [];
  const { findNodeAtLocation, modify, parseTree } = await import('jsonc-parser');
  const root = parseTree(text);
  const table = root && findNodeAtLocation(root, ['dependencies']);
  if (root?.type !== 'object' || (table !== undefined && table.type !== 'object')) return [];
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  return modify(text, ['dependencies', name], `^${latest}`, { formattingOptions }).map(
    ({ offset, length, content }) => ({ offset, length, text: content }),
  );
}
