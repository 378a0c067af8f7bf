import type { Dependency, ManifestContents } from '../../../src/model/manifest.ts';
import { LineIndex } from '../../../src/text/lines.ts';

/** Writes the contents of a manifest as the fixtures' `expected.txt` does: one fact a line, in order of kind. */
export function describeContents(text: string, contents: ManifestContents): string {
  const lines = new LineIndex(text);
  const at = (offset: number): string => {
    const { line, column } = lines.locate(offset);
    return `${line}:${column}`;
  };
  const facts = [
    ...contents.dependencies.map((dependency) => `${at(dependency.span.start)} ${describe(dependency)}`),
    ...contents.registries.map(
      ({ what, value, span }) => `${at(span.start)} registry line: ${what}, ${value}`,
    ),
    ...contents.includes.map(
      ({ path, isPossible }) => `${isPossible === true ? 'may include' : 'includes'} ${path}`,
    ),
    ...contents.members.map((glob) => `has members in ${glob}`),
    ...generationFacts(contents.generation),
    ...contents.broken.map(({ message, offset }) => `${at(offset)} broken: ${message}`),
  ];
  return facts.map((fact) => `${fact}\n`).join('');
}

function generationFacts(generation: ManifestContents['generation']): readonly string[] {
  if (generation === null) return [];
  const needs = [...generation.requirers].map(([name, requirers]) => {
    const words = requirers.map((by) => (by.kind === 'manifest' ? `the manifest ${by.path}` : by.name));
    return `${name} is needed by ${words.join(', ') || 'nothing'}`;
  });
  return [`generated from ${generation.sources.join(', ') || 'no manifest that it names'}`, ...needs];
}

function describe({ ecosystem, name, specifier, source, optional, isIndirect }: Dependency): string {
  const where = source.kind === 'foreign' ? `${source.what}, ${source.value}` : source.kind;
  return `${specifier} = ${name === null ? 'no name' : `${ecosystem}:${name}`} from ${where}${optional ? ' (optional)' : ''}${isIndirect ? ' (indirect)' : ''}`;
}
