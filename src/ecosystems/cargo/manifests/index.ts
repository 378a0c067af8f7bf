import type { ManifestFormat } from '../../../model/manifest.ts';
import { manifestFormat } from '../../shared/manifest-format.ts';

/** Every format that declares crates or their registries; what reads one is loaded when it is needed. */
export const manifests: readonly ManifestFormat[] = [
  manifestFormat({
    id: 'Cargo.toml',
    ecosystem: 'cargo',
    fileNames: ['Cargo.toml'],
    makesPackage: true,
    reader: () => import('./cargo-toml.ts'),
    editor: () => import('./cargo-toml-editor.ts'),
  }),
  manifestFormat({
    id: 'config.toml of Cargo',
    ecosystem: 'cargo',
    // Up to Rust 1.38 the file had no ending, and it is still read so.
    paths: ['.cargo/config.toml', '.cargo/config'],
    isSettings: true,
    mayBeFurther: (text) => /^[ \t]*\[(?:source|registries|registry|patch)\b/m.test(text),
    reader: () => import('../config-toml.ts'),
    byHand: 'it holds settings: change the one that names the registry or the crate',
  }),
];
