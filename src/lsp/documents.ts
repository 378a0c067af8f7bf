import nodePath from 'node:path';
import type { Fault } from '../model/fault.ts';
import { textOnDisk } from './disk.ts';
import { readablePath } from './editor-language.ts';
import { fileOfUri } from './locate.ts';
import type { ShownText } from './notebook.ts';
import type { OpenDocument } from './open-projects.ts';
import type { OpenTexts } from './open-texts.ts';
import type { Places } from './places.ts';
import type { FileChange } from './read-record.ts';

/** An open text with its version, or why its project can't be had. */
export type Subject = { readonly version: number } & (
  | { readonly kind: 'document'; readonly document: OpenDocument }
  | { readonly kind: 'fault'; readonly fault: Fault }
);

/** The open texts by project. What they stand in for is put together once for each event. */
export class Documents {
  readonly #texts: OpenTexts;
  readonly #places: Places;
  /** The URIs of open texts; the one that was edited last stands last. */
  readonly #edited = new Set<string>();
  readonly #buffers = new Map<string, Map<string, string>>();

  constructor(texts: OpenTexts, places: Places) {
    this.#texts = texts;
    this.#places = places;
  }

  /** Something happened: texts, folders or files may be others by now. */
  renew(): void {
    this.#places.renew();
    this.#buffers.clear();
  }

  /** A text was opened or edited, so that its file holds something else for others. */
  noteEdit(uri: string): void {
    this.#edited.delete(uri);
    this.#edited.add(uri);
    this.renew();
  }

  /** A text was opened that holds what its file does: what stands in for what is as it was. */
  noteSame(uri: string): void {
    this.#edited.delete(uri);
    this.#edited.add(uri);
    const text = this.#texts.get(uri);
    const located = text && this.#places.of(text);
    if (located?.kind !== 'place' || located.file === null) return;
    this.#buffers.get(located.location.root)?.set(located.file, text?.getText() ?? '');
  }

  /** Somebody asks: repositories may have come or gone, and no text is another one. */
  renewPlaces(): void {
    this.#places.renew();
  }

  forget(uri: string): void {
    this.#edited.delete(uri);
    this.renew();
  }

  /** @returns null for a text that is closed or has no place in any project. */
  subject(uri: string): Subject | null {
    const text = this.#texts.get(uri);
    const located = text && this.#places.of(text);
    if (!located) return null;
    const { version, cells } = text;
    if (located.kind === 'fault') return { kind: 'fault', fault: located.fault, version };
    const { location } = located;
    const content = text.getText();
    const path = readablePath(located.path, text.languageId, content);
    const buffers = this.#buffersOf(location.root);
    return { kind: 'document', document: { location, path, text: content, cells, buffers }, version };
  }

  /** @returns The absolute paths of the files for which open texts stand in. */
  files(): ReadonlySet<string | null> {
    return new Set(this.#texts.all().map(({ uri }) => fileOfUri(uri)));
  }

  /**
   * @param file Absolute.
   * @returns The text that an editor has open of a file: of several, the one that was edited last.
   */
  textOf(file: string): ShownText | undefined {
    const texts = [...this.#edited].flatMap((uri) => this.#texts.get(uri) ?? []);
    return texts.findLast((text) => {
      const located = this.#places.of(text);
      if (located?.kind !== 'place' || located.file === null) return false;
      return nodePath.join(located.location.root, located.file) === file;
    });
  }

  /** Two texts may be of one file: for all others the one counts that was edited last. One that was never saved is no file. */
  #buffersOf(root: string): ReadonlyMap<string, string> {
    const cached = this.#buffers.get(root);
    if (cached) return cached;
    const buffers = new Map<string, string>();
    for (const uri of this.#edited) {
      const text = this.#texts.get(uri);
      if (text === undefined) continue;
      const located = this.#places.of(text);
      if (located?.kind === 'place' && located.location.root === root && located.file !== null)
        buffers.set(located.file, text.getText());
    }
    this.#buffers.set(root, buffers);
    return buffers;
  }
}

/**
 * @param otherwise What happened to the file where it is not on disk.
 * @returns What happens to a file for all others where a text of it is opened or closed; null where it holds the same.
 */
export function changeOfText(
  { uri, text }: { readonly uri: string; readonly text: string },
  otherwise: 'created' | 'deleted',
): FileChange | null {
  const file = fileOfUri(uri);
  const onDisk = file === null ? text : textOnDisk(file);
  if (onDisk === undefined) return otherwise;
  return onDisk === text ? null : 'changed';
}
