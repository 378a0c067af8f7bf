/** One file of a patch. */
export type FilePatch =
  | { readonly kind: 'add'; readonly path: string; readonly text: string }
  | { readonly kind: 'delete'; readonly path: string }
  | {
      readonly kind: 'update';
      readonly path: string;
      /** Where the file goes; its own path where it stays. */
      readonly newPath: string;
      readonly hunks: readonly Hunk[];
    };

/** Lines that stand together. */
export interface Hunk {
  /** Lines that stand above it somewhere (`@@ def f():`), the outermost first. */
  readonly headings: readonly string[];
  readonly lines: readonly { readonly sign: ' ' | '+' | '-'; readonly text: string }[];
}

/**
 * Reads a patch as Codex writes it (`*** Begin Patch`; codex-rs/apply-patch, 2026-11). Lines that the grammar does not know
 * are passed over: the agent refuses them itself.
 */
export function readPatch(patch: string): readonly FilePatch[] {
  const files: FilePatch[] = [];
  const lines = patch.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const [, action, path = ''] =
      /^\*\*\* (Add|Delete|Update) File: (.+)$/.exec((lines[at] ?? '').trimEnd()) ?? [];
    if (action === undefined) continue;
    const body = bodyFrom(lines, at + 1);
    at += body.length;
    if (action === 'Delete') files.push({ kind: 'delete', path });
    else if (action === 'Add') files.push({ kind: 'add', path, text: addedText(body) });
    else files.push(updateOf(path, body));
  }
  return files;
}

/** @returns The lines up to the next file, or the end of the patch. */
function bodyFrom(lines: readonly string[], start: number): readonly string[] {
  const end = lines.findIndex(
    (line, at) => at >= start && /^\*\*\* (?:Add File|Delete File|Update File|End Patch)/.test(line),
  );
  return lines.slice(start, end < 0 ? lines.length : end);
}

function addedText(body: readonly string[]): string {
  return body.map((line) => `${line.replace(/^\+/, '')}\n`).join('');
}

function updateOf(path: string, body: readonly string[]): FilePatch {
  let newPath = path;
  const hunks: Hunk[] = [];
  let headings: string[] = [];
  let lines: Hunk['lines'][number][] = [];
  const close = () => {
    if (lines.length > 0) hunks.push({ headings, lines });
    [headings, lines] = [[], []];
  };
  for (const line of body) {
    const move = /^\*\*\* Move to: (.+)$/.exec(line.trimEnd())?.[1];
    if (move !== undefined) newPath = move;
    else if (line.startsWith('@@')) {
      if (lines.length > 0) close();
      const heading = line.replace(/^@@ ?/, '').trim();
      if (heading !== '') headings.push(heading);
    } else if (line.startsWith('+')) lines.push({ sign: '+', text: line.slice(1) });
    else if (line.startsWith('-')) lines.push({ sign: '-', text: line.slice(1) });
    else if (line.startsWith(' ') || line === '') lines.push({ sign: ' ', text: line.slice(1) });
  }
  close();
  return { kind: 'update', path, newPath, hunks };
}

/** @returns The text with the hunks in it; null where one of them does not fit. */
export function patchedText(text: string, hunks: readonly Hunk[]): string | null {
  let lines: readonly string[] = text.split('\n').map((line) => line.replace(/\r$/, ''));
  let from = 0;
  for (const { headings, lines: hunk } of hunks) {
    for (const heading of headings) {
      const at = lines.findIndex((line, index) => index >= from && line.trim() === heading);
      if (at >= 0) from = at;
    }
    const oldLines = trimmedEnd(hunk.filter(({ sign }) => sign !== '+').map((line) => line.text));
    const newLines = hunk.filter(({ sign }) => sign !== '-').map((line) => line.text);
    const extra = hunk.filter(({ sign }) => sign !== '+').length - oldLines.length;
    const at = oldLines.length === 0 ? endOf(lines) : placeOf(lines, oldLines, from);
    if (at === null) return null;
    const replaced = newLines.slice(0, newLines.length - extra);
    lines = [...lines.slice(0, at), ...replaced, ...lines.slice(at + oldLines.length)];
    from = at + replaced.length;
  }
  return lines.join('\n');
}

/** Empty lines that end a patch are those of its text. */
function trimmedEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1);
}

/** Before the empty line that stands for the last line end. */
function endOf(lines: readonly string[]): number {
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}

/** Looked for as written, then without blanks at the ends of lines, then without those at their starts. */
function placeOf(lines: readonly string[], hunkLines: readonly string[], from: number): number | null {
  for (const plain of [
    (line: string) => line,
    (line: string) => line.trimEnd(),
    (line: string) => line.trim(),
  ]) {
    for (const start of [from, 0]) {
      for (let at = start; at + hunkLines.length <= lines.length; at += 1)
        if (hunkLines.every((line, offset) => plain(lines[at + offset] ?? '') === plain(line))) return at;
    }
  }
  return null;
}
