import type { Dependency, ManifestContents } from '../../../model/manifest.ts';
import { newManifest, normalise } from '../../shared/manifest-builder.ts';
import { readModFile, replacementOf, type ModFile } from '../mod-file.ts';
import { golang } from '../names.ts';
import { replacementLine } from './replacement-line.ts';

/** Reads go.mod: https://go.dev/ref/mod#go-mod-file */
export function read(text: string): Promise<ManifestContents> {
  const file = readModFile(text, 'go.mod');
  const draft = newManifest(file.flaws);
  draft.defines = file.module?.text ?? null;
  for (const line of requiredLines(file)) draft.dependencies.push(line);
  for (const replacement of file.replacements) draft.dependencies.push(replacementLine(replacement));
  return Promise.resolve(normalise(draft));
}

/** A module that is replaced is taken from what stands in the line that replaces it, and nobody is asked for the other. */
function requiredLines(file: ModFile): readonly Dependency[] {
  const { requirements, tools } = file;
  return requirements
    .filter((requirement) => replacementOf(requirement, file) === undefined)
    .map(({ path, version, isIndirect }) => ({
      ecosystem: golang.id,
      name: path.text,
      specifier: path.text,
      source: { kind: 'registry' },
      version,
      span: path.span,
      optional: false,
      ...(isIndirect && !tools.some(({ text }) => isBelow(text, path.text)) && { isIndirect: true }),
    }));
}

/** `go tool` runs the program of a module that the project itself asks for, whatever its line is marked with. */
function isBelow(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}/`);
}
