import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** The package that brings the server, and the command in it. */
const PACKAGE = 'vetted-imports';
const COMMAND = 'check-imports';

/** Where a server may be. */
export interface ServerPlaces {
  /** Whether the person trusts what is in the folders of the workspace. */
  readonly isTrusted: boolean;
  /** The path that the settings name; empty where they name none. */
  readonly setting: string;
  /** The folders of the workspace, absolute. */
  readonly folders: readonly string[];
  /** The folder of the package that comes with the extension. */
  readonly bundled: string;
  /** The person's home. */
  readonly home: string;
}

/** Who named the server that is started. */
export type ServerOrigin = 'setting' | 'workspace' | 'bundled';

/** What is to be started, or why nothing is and what to do about it. */
export type LocatedServer =
  | {
      readonly kind: 'server';
      readonly origin: ServerOrigin;
      readonly file: string;
      /** Runs in the Node of the editor; else it is a program of its own. */
      readonly isScript: boolean;
    }
  | { readonly kind: 'missing'; readonly message: string };

/**
 * Finds the language server: what the settings name, else what the workspace has installed, else what comes with the
 * extension. In a workspace that is not trusted only the last is started, for everything else may be the
 * repository's (https://code.visualstudio.com/api/extension-guides/workspace-trust).
 */
export function locateServer(places: ServerPlaces): LocatedServer {
  const { isTrusted, setting, folders, bundled } = places;
  if (isTrusted && setting.trim() !== '') return serverOfSetting(setting.trim(), places);
  const installed = isTrusted ? folders.flatMap((folder) => installedIn(folder) ?? [])[0] : undefined;
  if (installed !== undefined)
    return { kind: 'server', origin: 'workspace', file: installed, isScript: true };
  const own = programOf(bundled);
  if (own !== undefined) return { kind: 'server', origin: 'bundled', file: own, isScript: true };
  return {
    kind: 'missing',
    message:
      `${PACKAGE}: the language server is missing in ${bundled}, where the extension has it. ` +
      `Install the extension again, or name another copy by the setting “${COMMAND}.path”. Nothing is checked until then.`,
  };
}

/** What somebody has named is started, or nothing: another server might say something else. */
function serverOfSetting(setting: string, { folders, home }: ServerPlaces): LocatedServer {
  const named = setting.startsWith('~/') ? path.join(home, setting.slice(2)) : setting;
  const file = path.resolve(folders[0] ?? home, named);
  const advice = `Correct the setting or remove it, and run “${PACKAGE}: Restart the Language Server”. Nothing is checked until then.`;
  if (!isFile(file))
    return {
      kind: 'missing',
      message: `${PACKAGE}: the setting “${COMMAND}.path” names ${file}, which is not a file. ${advice}`,
    };
  // A command that npm has installed is a link to the script, and the editor may have no `node` on its PATH.
  const target = realpathSync(file);
  if (/\.(?:cmd|bat|ps1)$/i.test(target))
    return {
      kind: 'missing',
      message:
        `${PACKAGE}: the setting “${COMMAND}.path” names ${file}, which only a shell can start. ` +
        `Name the script instead: bin/${COMMAND}.js in the folder of the package ${PACKAGE}. ${advice}`,
    };
  const isScript = /\.[cm]?js$/i.test(target);
  return { kind: 'server', origin: 'setting', file: isScript ? target : file, isScript };
}

/**
 * The copy that the project has installed. Its links in `.bin` are not needed, which on Windows are programs for shells.
 * Folders above are not looked at: nobody has said that they are trusted. Nor is a Yarn without node_modules asked.
 */
function installedIn(folder: string): string | undefined {
  return programOf(path.join(folder, 'node_modules', PACKAGE));
}

/** @returns The program of the package in a folder; undefined where the folder is not that package, or is broken. */
function programOf(folder: string): string | undefined {
  const manifest = manifestIn(folder);
  const { name, bin } = manifest;
  const program = isMap(bin) ? bin[COMMAND] : undefined;
  if (name !== PACKAGE || typeof program !== 'string') return undefined;
  const file = path.join(folder, program);
  return isFile(file) ? file : undefined;
}

function manifestIn(folder: string): Readonly<Record<string, unknown>> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return isMap(manifest) ? manifest : {};
  } catch (error) {
    // What can't be read is not a package that could be started.
    if (error instanceof SyntaxError || isFileError(error)) return {};
    throw error;
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch (error) {
    if (isFileError(error)) return false;
    throw error;
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
