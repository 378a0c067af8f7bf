import { rust } from '../../../src/languages/rust/index.ts';
import type { Files } from '../../../src/model/language.ts';

/** A crate that a program names, and where it leads. */
export interface NamedCrate {
  readonly name: string;
  readonly line: number;
  /** From 1, of the name. */
  readonly column: number;
  /** The package, with what may stand in for it, or why there is none. */
  readonly origin: string;
}

/** @returns Files of a project that has these texts. */
export function projectFiles(texts: Readonly<Record<string, string>>): Files {
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter((each) => each in texts))),
    text: (each) => Promise.resolve(texts[each]),
    list: () => Promise.resolve(Object.keys(texts)),
  };
}

/**
 * Reads a program in a project.
 *
 * @param manifest The Cargo.toml in the root, or all other files.
 * @returns The crates that lead to a package, in the order of the text; those that do not where `all` is asked for.
 */
export async function cratesIn(
  text: string,
  manifest: string | Readonly<Record<string, string>>,
  { file = 'src/lib.rs', all = false } = {},
): Promise<readonly NamedCrate[]> {
  const texts = { [file]: text, ...(typeof manifest === 'string' ? { 'Cargo.toml': manifest } : manifest) };
  const files = projectFiles(texts);
  const project = { localModules: [], ambient: [], imports: new Map(), recorded: new Map() };
  const resolver = rust.resolver({ ...project, files, trusted: [files] });
  const { imports } = await (await rust.parser()).parse({ text, dialect: 'rs' });
  const named: NamedCrate[] = [];
  for (const { target, kind, span, omission } of imports) {
    if (target.kind !== 'literal') continue;
    const names = target.names.map(({ name }) => name);
    const request = { file, specifier: target.specifier, names, kind, omission };
    for (const { origin } of await resolver.resolve(request)) {
      if (origin.kind !== 'package' && !all) continue;
      const before = text.slice(0, span.start).split('\n');
      named.push({
        name: target.specifier,
        line: before.length,
        column: (before.at(-1) ?? '').replace('\ufeff', '').length + 1,
        origin: origin.kind === 'package' ? origin.package.name : origin.kind,
      });
    }
  }
  return named;
}
