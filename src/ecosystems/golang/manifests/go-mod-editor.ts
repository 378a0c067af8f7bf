import { byHand, type LineEdits, type ManifestEditor } from '../../../model/manifest-editor.ts';
import { readModLines, type ModLine } from '../mod-lines.ts';

/** Edits go.mod. What go.sum holds of a new module, Go's own commands write. */
export const editor: ManifestEditor = {
  add: (text, { package: { name }, latest }) => Promise.resolve(add(text, name, latest)),
  rename(text, { span, specifier }, name) {
    const isVerbatim = text.slice(span.start, span.end) === specifier;
    return Promise.resolve(
      isVerbatim
        ? { kind: 'edits', edits: [{ ...span, text: name }] }
        : byHand('the path is not written there letter by letter'),
    );
  },
  remove(text, { span }) {
    const line = lineAt(text, span.start);
    return Promise.resolve(
      line === undefined
        ? byHand('its line is not found')
        : { kind: 'edits', edits: [{ ...line.span, text: '' }] },
    );
  },
  placeOf(text, { span }) {
    const line = lineAt(text, span.start);
    return Promise.resolve(line === undefined ? null : { group: line.verb.text, condition: '' });
  },
};

/** Every line has a version. The first block of requirements is that of direct ones, as `go mod tidy` orders them. */
function add(text: string, path: string, version: string | null): LineEdits {
  if (version === null) return byHand(`a version belongs to it: run “go get ${path}”`);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const block = readModLines(text).blocks.find(({ verb }) => verb === 'require');
  const start = block?.closing ?? text.length;
  const open = block === undefined && text !== '' && !text.endsWith('\n') ? eol : '';
  const line =
    block === undefined ? `${open}${eol}require ${path} ${version}${eol}` : `\t${path} ${version}${eol}`;
  return { kind: 'edits', edits: [{ start, end: start, text: line }] };
}

function lineAt(text: string, offset: number): ModLine | undefined {
  return readModLines(text).lines.find(({ span }) => span.start <= offset && offset < span.end);
}
