import type { ManifestEditor } from '../../model/manifest-editor.ts';
import type { ManifestContents, ManifestFlaw, ManifestFormat } from '../../model/manifest.ts';
import { fileEnding, fileName, folderName, isInstalled } from '../../text/file-names.ts';
import { isPointer } from '../../text/lfs-pointer.ts';
import { LONGEST_DATA, tooLong } from '../../text/longest.ts';
import { newManifest } from './manifest-builder.ts';

/** A format as the list of its ecosystem describes it: with its editor, or with what people read who have to edit it. */
type FormatDescription = FormatReading &
  ({ readonly editor: () => Promise<{ readonly editor: ManifestEditor }> } | { readonly byHand: string });

interface FormatReading {
  readonly id: string;
  readonly ecosystem: string;
  readonly fileNames?: readonly string[];
  readonly paths?: readonly string[];
  readonly makesPackage?: boolean;
  readonly isOfMember?: boolean;
  readonly isSettings?: boolean;
  readonly isRare?: boolean;
  /** What matches more than the usual names: the endings that such a name may have, and what is asked of one that has. */
  readonly further?: FurtherNames;
  readonly mayBeFurther?: (text: string) => boolean;
  readonly reader: () => Promise<{ readonly read: (text: string) => Promise<ManifestContents> }>;
}

interface FurtherNames {
  /** In small letters, without the dot. */
  readonly endings: readonly string[];
  /** Asked about the file's name and that of its folder, both without capitals. */
  readonly matches: (name: string, folder: string) => boolean;
}

/**
 * Every path that a run sees is asked about in each format: what most of them have no use for costs nothing.
 *
 * @returns Whether a path is that of a pattern, or ends with it below some folder.
 */
function endsWithOneOf(path: string, patterns: readonly string[]): boolean {
  for (const pattern of patterns) {
    if (fileName(path) !== fileName(pattern)) continue;
    const parts = pattern.split('/');
    const last = path.split('/').slice(-parts.length);
    const isEnd =
      last.length === parts.length && parts.every((part, at) => part === '*' || part === last[at]);
    if (isEnd) return true;
  }
  return false;
}

/** Whoever installs from it reads what Git LFS puts in its place. */
const pointerFlaw: ManifestFlaw = {
  message: 'it is a Git LFS pointer, which shows no lines',
  offset: 0,
  next: 'Keep it in git itself',
  isUnread: true,
};

/**
 * Capitals in a name tell nothing: where file systems know none, as on macOS and Windows by default, `Package.json` is what
 * npm reads (https://git-scm.com/docs/git-config#Documentation/git-config.txt-coreignoreCase).
 *
 * @returns The format: its files are not those of installed packages, and none is read beyond a length.
 */
export function manifestFormat({
  id,
  ecosystem,
  fileNames = [],
  paths = [],
  makesPackage = false,
  isOfMember = false,
  isSettings = false,
  isRare = false,
  further,
  mayBeFurther,
  reader,
  ...editing
}: FormatDescription): ManifestFormat {
  const plainNames = fileNames.map((name) => name.toLowerCase());
  return {
    id,
    ecosystem,
    makesPackage,
    isOfMember,
    isSettings,
    isRare,
    fileNames,
    paths,
    furtherEndings: further?.endings ?? [],
    ...(mayBeFurther && { mayBeFurther }),
    matches(path) {
      const name = fileName(path).toLowerCase();
      const isNamed =
        plainNames.includes(name) ||
        (further !== undefined &&
          further.endings.includes(fileEnding(name)) &&
          further.matches(name, folderName(path).toLowerCase()));
      return (isNamed || endsWithOneOf(path.toLowerCase(), paths)) && !isInstalled(path);
    },
    async read(_path, text) {
      if (text.length > LONGEST_DATA)
        return newManifest([{ message: tooLong, offset: 0, next: 'Split it', isUnread: true }]);
      if (isPointer(text)) return newManifest([pointerFlaw]);
      const { read } = await reader();
      return read(text);
    },
    editing:
      'editor' in editing
        ? { kind: 'editor', load: async () => (await editing.editor()).editor }
        : { kind: 'byHand', reason: editing.byHand },
  };
}
