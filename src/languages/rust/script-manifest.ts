import { cratesOf, readCargo, type PackageCrates } from '../../ecosystems/cargo/crates.ts';
import { readEmbedded } from '../../ecosystems/cargo/manifests/cargo-toml.ts';
import type { Parsed, ProgramManifest } from '../../model/language.ts';
import type { Dependency } from '../../model/manifest.ts';
import type { ImportTarget, ParsedImport } from '../../model/reference.ts';
import { embeddedManifest } from './front-matter.ts';

/** What the manifest of a script asks for, and why it can't be read. */
export interface ScriptManifest extends ProgramManifest {
  readonly imports: readonly ParsedImport[];
  readonly broken: Parsed['broken'];
}

const NONE: ScriptManifest = { dependencies: [], registries: [], imports: [], broken: null };

/** @returns What a script declares, with places in its file; nothing where it holds no manifest. */
export async function scriptManifest(text: string): Promise<ScriptManifest> {
  const manifest = embeddedManifest(text);
  if (manifest === undefined) return NONE;
  const { dependencies, registries, broken } = await readEmbedded(manifest.text);
  const { placeOf } = manifest;
  const moved = dependencies.map((line) => {
    const start = placeOf(line.span.start);
    return { ...line, span: { start, end: start + line.span.end - line.span.start } };
  });
  const [flaw] = broken;
  return {
    dependencies: moved,
    registries,
    imports: moved.flatMap(importsOfLine),
    broken:
      flaw === undefined
        ? null
        : {
            message: `the script’s manifest: ${flaw.message}`,
            offset: placeOf(flaw.offset),
            cause: 'errors',
            approximate: false,
            doubts: [],
          },
  };
}

/** @returns What a script calls the crates that it declares; null where it declares none. */
export async function scriptCrates(text: string): Promise<PackageCrates | null> {
  const manifest = embeddedManifest(text);
  return manifest === undefined ? null : cratesOf(await readCargo(manifest.text), null);
}

/** @returns What a line of a manifest in a program names: one that leads elsewhere says from where, besides its package. */
export function importsOfLine(dependency: Dependency): readonly ParsedImport[] {
  const { name, source, specifier } = dependency;
  const line = { kind: 'dependency', dependency } as const;
  const elsewhere: ImportTarget = { kind: 'unclear', expression: specifier, line };
  const named: readonly ImportTarget[] =
    name === null ? [] : [{ kind: 'package', ecosystem: dependency.ecosystem, name }];
  const targets = source.kind === 'foreign' ? [...named, elsewhere] : named;
  return targets.map((target) => ({ kind: 'install', target, span: dependency.span, optional: false }));
}
