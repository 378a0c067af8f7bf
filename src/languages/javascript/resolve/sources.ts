import { bundlerSource } from './bundlers.ts';
import { conventionSource } from './conventions.ts';
import { denoSource } from './deno.ts';
import { dependencySource } from './dependencies.ts';
import type { Folders } from './folders.ts';
import { importsFieldSource } from './imports-field.ts';
import type { LeadSource } from './lead.ts';
import { ownNameSource } from './own-name.ts';
import type { Reader } from './reader.ts';
import { tsconfigSource } from './tsconfig.ts';
import { workspaceSource } from './workspaces.ts';

/**
 * Everything in a project that maps specifiers, in the order in which it is asked: what the runtime obeys,
 * what the compiler and the bundler map, what the installer links. Listing all files comes last.
 */
export function leadSources(
  reader: Reader,
  folders: Folders,
): readonly { readonly title: string; readonly source: LeadSource }[] {
  return [
    { title: 'imports of package.json', source: importsFieldSource(folders) },
    { title: 'import map of Deno', source: denoSource(reader, folders) },
    { title: 'paths and baseUrl of TypeScript', source: tsconfigSource(reader, folders) },
    { title: 'aliases of bundlers and test runners', source: bundlerSource(reader, folders) },
    { title: 'aliases by convention', source: conventionSource(folders) },
    { title: "the package's own name", source: ownNameSource(folders) },
    { title: 'dependencies of package.json', source: dependencySource(folders) },
    { title: 'workspaces', source: workspaceSource(reader, folders) },
  ];
}
