import type { ManifestContents, ManifestFormat } from '../../model/manifest.ts';
import { fileName, folderName, isInstalled } from '../../text/file-names.ts';
import { LONGEST_DATA, tooLong } from '../../text/longest.ts';
import { newManifest } from './manifest-builder.ts';

/** A format as the list of its ecosystem describes it. */
interface FormatDescription {
  readonly id: string;
  readonly ecosystem: string;
  readonly fileNames: readonly string[];
  readonly makesPackage?: boolean;
  readonly isSettings?: boolean;
  readonly isRare?: boolean;
  /** Matches more than the usual names: by the file's name and that of its folder. */
  readonly matches?: (name: string, folder: string) => boolean;
  readonly reader: () => Promise<{ readonly read: (text: string) => Promise<ManifestContents> }>;
}

/** @returns The format: its files are not those of installed packages, and none is read beyond a length. */
export function manifestFormat({
  id,
  ecosystem,
  fileNames,
  makesPackage = false,
  isSettings = false,
  isRare = false,
  matches,
  reader,
}: FormatDescription): ManifestFormat {
  return {
    id,
    ecosystem,
    makesPackage,
    isSettings,
    isRare,
    fileNames,
    matches(path) {
      const name = fileName(path);
      if (!fileNames.includes(name) && matches?.(name, folderName(path)) !== true) return false;
      return !isInstalled(path);
    },
    async read(_path, text) {
      if (text.length > LONGEST_DATA) return newManifest([{ message: tooLong, offset: 0 }]);
      const { read } = await reader();
      return read(text);
    },
  };
}
