import type { ManifestContents, ManifestFormat } from '../../model/manifest.ts';
import { fileName, folderName, isInstalled } from '../../text/file-names.ts';
import { LONGEST_DATA, tooLong } from '../../text/longest.ts';
import { newManifest } from './manifest-builder.ts';

/** A format as the list of its ecosystem describes it. */
interface FormatDescription {
  readonly id: string;
  readonly ecosystem: string;
  readonly fileNames?: readonly string[];
  readonly paths?: readonly string[];
  readonly makesPackage?: boolean;
  readonly isSettings?: boolean;
  readonly isRare?: boolean;
  /** Matches more than the usual names: by the file's name and that of its folder. */
  readonly matches?: (name: string, folder: string) => boolean;
  readonly reader: () => Promise<{ readonly read: (text: string) => Promise<ManifestContents> }>;
}

/** @returns Whether a path is one of a pattern, or ends with it below some folder. */
function endsWith(path: string, pattern: string): boolean {
  const parts = pattern.split('/');
  const last = path.split('/').slice(-parts.length);
  return last.length === parts.length && parts.every((part, at) => part === '*' || part === last[at]);
}

/** @returns The format: its files are not those of installed packages, and none is read beyond a length. */
export function manifestFormat({
  id,
  ecosystem,
  fileNames = [],
  paths = [],
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
    paths,
    matches(path) {
      const name = fileName(path);
      const isNamed = fileNames.includes(name) || matches?.(name, folderName(path)) === true;
      return (isNamed || paths.some((pattern) => endsWith(path, pattern))) && !isInstalled(path);
    },
    async read(_path, text) {
      if (text.length > LONGEST_DATA) return newManifest([{ message: tooLong, offset: 0 }]);
      const { read } = await reader();
      return read(text);
    },
  };
}
