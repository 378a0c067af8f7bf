import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { array, boolean, nullable, object, optional, parse, string, type InferOutput } from 'valibot';
import { rust } from '../../../src/languages/rust/index.ts';
import { scan } from '../../../src/languages/rust/scan.ts';
import type { Files } from '../../../src/model/language.ts';
import { foldersAbove, inFolder } from '../../../src/text/paths.ts';
import { lines } from '../../similar-names/data.ts';

const file = object({
  file: string(),
  package: string(),
  edition: string(),
  target: string(),
  uses: array(object({ name: string(), dep: nullable(string()), in: optional(string()) })),
  error: optional(string()),
});
export type LabelledFile = InferOutput<typeof file>;

const manifest = object({
  manifest: string(),
  package: string(),
  lib: nullable(string()),
  dependencies: array(
    object({ key: string(), package: string(), source: string(), optional: optional(boolean()) }),
  ),
});

/** What our own reading of a repository says, against what the compiler's parser and cargo say. */
export interface Comparison {
  /** Places that are said to name a crate. */
  places: number;
  /** Places of a name that no manifest has, in a program that builds. */
  readonly wrong: string[];
  /** Files and the crates that each names. */
  pairs: number;
  readonly missed: string[];
  /** Crates that lead to another package than cargo says. */
  readonly others: string[];
  /** Crates of a file that the scan does not see and the parser does. */
  readonly unseen: string[];
  /** Files that the scan does not settle, where each declared crate is approved. */
  readonly open: string[];
}

/** @returns The labelled files of a repository; none where the machine has not the data. */
export function labelledFiles(repository: string): readonly LabelledFile[] {
  return lines(`rust/${repository}.uses.jsonl`).map((line) => parse(file, JSON.parse(line)));
}

/** @returns The packages that each manifest of a repository declares, by their names in code. */
function declaredCrates(repository: string): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  return new Map(
    lines(`rust/${repository}.manifests.jsonl`).map((line) => {
      const { manifest: name, dependencies } = parse(manifest, JSON.parse(line));
      const crates = new Map<string, string[]>();
      for (const each of dependencies)
        crates.set(each.key, [...(crates.get(each.key) ?? []), each.source === 'path' ? '' : each.package]);
      return [name, crates] as const;
    }),
  );
}

/** Reads every labelled file of a repository that lies in a folder, and compares. */
export async function compareRepository(repository: string, folder: string): Promise<Comparison> {
  const result: Comparison = {
    places: 0,
    wrong: [],
    pairs: 0,
    missed: [],
    others: [],
    unseen: [],
    open: [],
  };
  const declared = declaredCrates(repository);
  for (const each of labelledFiles(repository)) {
    if (each.target === 'unreached' || each.error !== undefined) continue;
    await compareFile(
      each,
      { folder, crates: declared.get(nearest(each.file, declared)) ?? new Map() },
      result,
    );
  }
  return result;
}

function nearest(of: string, manifests: ReadonlyMap<string, unknown>): string {
  const paths = foldersAbove(of).map((each) => inFolder(each, 'Cargo.toml'));
  return paths.find((each) => manifests.has(each)) ?? '';
}

interface Expected {
  readonly folder: string;
  readonly crates: ReadonlyMap<string, readonly string[]>;
}

async function compareFile(
  labelled: LabelledFile,
  { folder, crates }: Expected,
  result: Comparison,
): Promise<void> {
  const text = readFileSync(path.join(folder, labelled.file), 'utf8');
  const files = folderFiles(folder);
  const resolver = rust.resolver({ ...project, files, trusted: [files] });
  const { imports } = await (await rust.parser()).parse({ text, dialect: 'rs' });
  const names = new Set<string>();
  for (const { target, omission, kind, span } of imports) {
    if (target.kind !== 'literal') continue;
    const { specifier } = target;
    const request = { file: labelled.file, specifier, names: target.names.map(({ name }) => name), kind };
    const [resolved] = await resolver.resolve({ ...request, omission });
    if (resolved?.origin.kind === 'builtin') continue;
    result.places += 1;
    names.add(specifier);
    if (resolved?.origin.kind !== 'package') continue;
    const packages = crates.get(specifier);
    const place = `${labelled.file}:${String(text.slice(0, span.start).split('\n').length)} ${specifier}`;
    if (packages === undefined) result.wrong.push(place);
    else if (!packages.includes(resolved.origin.package.name))
      result.others.push(`${place} ${resolved.origin.package.name}`);
  }
  const scanned = scan({ text, dialect: 'rs' });
  if (scanned.kind === 'superset') {
    for (const name of names)
      if (!scanned.specifiers.has(name)) result.unseen.push(`${labelled.file} ${name}`);
    const statuses = await Promise.all(
      [...scanned.specifiers].map(async (specifier) => {
        const [resolved] = await resolver.resolve({
          file: labelled.file,
          specifier,
          scannedNames: scanned.names?.get(specifier),
          omission: scanned.omissions?.get(specifier),
          names: null,
          kind: null,
        });
        return resolved?.origin.kind !== 'package' || crates.has(specifier);
      }),
    );
    if (!statuses.every(Boolean)) result.open.push(labelled.file);
  } else result.open.push(`${labelled.file}: ${scanned.reason}`);
  for (const name of new Set(labelled.uses.filter(({ dep }) => dep !== null).map(({ name }) => name))) {
    result.pairs += 1;
    if (!names.has(name)) result.missed.push(`${labelled.file} ${name}`);
  }
}

const project = { localModules: [], ambient: [], imports: new Map(), recorded: new Map() };

function folderFiles(folder: string): Files {
  const isFile = (each: string) => {
    const full = path.join(folder, each);
    return existsSync(full) && statSync(full).isFile();
  };
  return {
    existing: (paths) => Promise.resolve(new Set(paths.filter(isFile))),
    text: (each) => Promise.resolve(isFile(each) ? readFileSync(path.join(folder, each), 'utf8') : undefined),
    list: () => Promise.resolve([]),
  };
}
