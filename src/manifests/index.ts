import type { ManifestFormat } from '../model/manifest.ts';
import { denoJson, jsrJson } from './deno.ts';
import { environmentYml } from './environment.ts';
import { packageJson } from './package-json.ts';
import { pipfile } from './pipfile.ts';
import { pixiToml } from './pixi.ts';
import { pnpmWorkspace } from './pnpm-workspace.ts';
import { pyproject } from './pyproject.ts';
import { requirements } from './requirements.ts';
import { setupCfg } from './setup-cfg.ts';
import { setupPy } from './setup-py.ts';

/** Every manifest format, in the order in which messages list them. */
export const manifestFormats: readonly ManifestFormat[] = [
  packageJson,
  pnpmWorkspace,
  denoJson,
  jsrJson,
  pyproject,
  requirements,
  setupCfg,
  setupPy,
  pipfile,
  environmentYml,
  pixiToml,
];

/** @returns The format of a path (relative, with `/`), or undefined where it names no manifest. */
export function formatOf(path: string): ManifestFormat | undefined {
  return manifestFormats.find((format) => format.claims(path));
}

/** The format of the files that other manifests include, whatever their names are. */
export const includedFormat: ManifestFormat = requirements;
