import { asRecord, asText, parseJson } from '../../../documents/values.ts';
import type { ProgramOwner, ProgramPackages } from '../../../model/command.ts';
import type { Files } from '../../../model/language.ts';
import { foldersAbove, inFolder } from '../../../text/paths.ts';
import providers from './program-packages.json' with { type: 'json' };

/**
 * Finds the packages behind programs that npx (and bunx) looks for in a project before it fetches anything
 * (https://docs.npmjs.com/cli/v11/commands/npm-exec#description): from the folder of the file upwards.
 *
 * A lockfile says which package has a program, and anybody can edit that: only those of trusted states are asked. What the
 * package's own name or the table says needs none.
 */
export const programPackages: ProgramPackages = {
  async find(name, { file, files, trusted }) {
    const states = await Promise.all(
      trusted.map((state) => ownerIn(name, { file, files: state }, 'asks lockfiles')),
    );
    const [first] = states;
    const isAgreed = first !== undefined && first !== null && states.every((owner) => isSame(owner, first));
    return isAgreed ? first : ownerIn(name, { file, files }, 'asks no lockfile');
  },
};

/**
 * Packages that have a program of another name, the most used first: those that two or more of 62 public repositories with 148
 * package-lock.json files have from the registry, by the `bin` of the lockfiles' entries (read on 2026-11-30).
 */
const packagesOf: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(providers));

interface Place {
  readonly file: string;
  readonly files: Files;
}

async function ownerIn(
  name: string,
  { file, files }: Place,
  lockfiles: 'asks lockfiles' | 'asks no lockfile',
): Promise<ProgramOwner | null> {
  const folders = foldersAbove(file);
  const present = await files.existing(
    folders.flatMap((folder) => [...MANIFESTS, ...LOCKFILES].map((each) => inFolder(folder, each))),
  );
  const declared = new Set<string>();
  for (const folder of folders) {
    const manifest = inFolder(folder, 'package.json');
    if (present.has(manifest)) {
      const json = asRecord(parseJson((await files.text(manifest)) ?? ''));
      if (programsOf(json).has(name)) return { kind: 'project', file: manifest };
      for (const dependency of dependenciesOf(json)) declared.add(dependency);
    }
    const lockfile = LOCKFILES.map((each) => inFolder(folder, each)).find((path) => present.has(path));
    const locked =
      lockfile !== undefined && lockfiles === 'asks lockfiles' ? await files.text(lockfile) : undefined;
    const owner = lockedOwner(name, locked, declared) ?? declaredOwner(name, declared);
    if (owner !== undefined) return { kind: 'package', name: owner };
  }
  return null;
}

const MANIFESTS = ['package.json'];
const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json'];

type Json = ReadonlyMap<string, unknown>;

/** The programs of a package itself: `bin` is a path, or programs by their names. */
function programsOf(json: Json): ReadonlySet<string> {
  const bin = json.get('bin');
  const ownName = asText(json.get('name'))?.replace(/^@[^/]*\//, '');
  if (typeof bin === 'string') return new Set(ownName === undefined ? [] : [ownName]);
  return new Set(asRecord(bin).keys());
}

function dependenciesOf(json: Json): readonly string[] {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return kinds.flatMap((kind) => [...asRecord(json.get(kind)).keys()]);
}

/** @returns The package that is declared and has the program by a lockfile's word; undefined where none has. */
function lockedOwner(
  name: string,
  text: string | undefined,
  declared: ReadonlySet<string>,
): string | undefined {
  // A quick look: few lockfiles of several megabytes name the program.
  if (text?.includes(JSON.stringify(name)) !== true) return undefined;
  const packages = asRecord(asRecord(parseJson(text)).get('packages'));
  for (const dependency of declared) {
    const entry = asRecord(packages.get(`node_modules/${dependency}`));
    if (asRecord(entry.get('bin')).has(name)) return asText(entry.get('name')) ?? dependency;
  }
  return undefined;
}

function declaredOwner(name: string, declared: ReadonlySet<string>): string | undefined {
  return [name, ...(packagesOf.get(name) ?? [])].find((candidate) => declared.has(candidate));
}

function isSame(left: ProgramOwner | null, right: ProgramOwner): boolean {
  return left?.kind === right.kind && JSON.stringify(left) === JSON.stringify(right);
}
