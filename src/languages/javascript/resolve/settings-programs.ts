import { largestSettings } from './literals/configuration.ts';
import { SettingsProgram } from './literals/program.ts';
import { folderOf, joinPath } from '../../../text/paths.ts';
import type { Reader } from './reader.ts';

/** A configuration takes settings from no more than this many other files. */
const mostOthers = 16;

/** What a configuration's path for another file may leave out. */
const endings = ['', '.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.json', '/index.ts', '/index.js'];

/**
 * Reads a configuration file and, from it on, the files of the repository that it takes settings from.
 *
 * @returns The programs, the configuration's own first; none where there is no such file.
 */
export async function readPrograms(
  file: string,
  workingFolder: string,
  reader: Reader,
): Promise<readonly SettingsProgram[]> {
  const programs = new Map<string, SettingsProgram>();
  const read = async (path: string): Promise<SettingsProgram | undefined> => {
    const source = await reader.text(path);
    if (source === undefined || source.length > largestSettings) return undefined;
    const program = new SettingsProgram({ file: path, source, workingFolder });
    programs.set(path, program);
    return program;
  };
  const first = await read(file);
  const queue = first ? [first] : [];
  for (const importer of queue) {
    for (const [specifier, path] of await otherPaths(importer, reader)) {
      const cached = programs.get(path);
      const program = cached ?? (programs.size <= mostOthers ? await read(path) : undefined);
      if (program) importer.link(specifier, program);
      if (program && !cached) queue.push(program);
    }
  }
  return queue;
}

/** The paths that a program writes for other files, each with the file that it means. */
async function otherPaths(
  program: SettingsProgram,
  reader: Reader,
): Promise<readonly (readonly [string, string])[]> {
  const folder = folderOf(program.file);
  const pairs = await Promise.all(
    program.paths.slice(0, mostOthers).map(async (specifier) => {
      const path = joinPath(folder, specifier);
      const [file] = path ? await reader.having(endings.map((ending) => path + ending)) : [];
      return file === undefined ? [] : [[specifier, file] as const];
    }),
  );
  return pairs.flat();
}
