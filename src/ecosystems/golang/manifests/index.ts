import type { ManifestFormat } from '../../../model/manifest.ts';
import { manifestFormat } from '../../shared/manifest-format.ts';

/** Every format that names modules; what reads one is loaded when it is needed. */
export const manifests: readonly ManifestFormat[] = [
  manifestFormat({
    id: 'go.mod',
    ecosystem: 'golang',
    fileNames: ['go.mod'],
    makesPackage: true,
    reader: () => import('./go-mod.ts'),
    editor: () => import('./go-mod-editor.ts'),
  }),
  // They are of no folder: commands name them (https://go.dev/ref/mod#build-commands, `-modfile`).
  manifestFormat({
    id: 'tools.mod',
    ecosystem: 'golang',
    fileNames: ['tools.mod', 'tool.mod'],
    isRare: true,
    further: { endings: ['mod'], matches: (name) => /^(?:.+\.go|go\..+)\.mod$/.test(name) },
    reader: () => import('./tools-mod.ts'),
    editor: () => import('./go-mod-editor.ts'),
  }),
  manifestFormat({
    id: 'go.work',
    ecosystem: 'golang',
    fileNames: ['go.work'],
    reader: () => import('./go-work.ts'),
    byHand:
      'it lists folders of the project: change the go.mod in one of them, or the line that replaces the module',
  }),
];
