import { byHand, type ManifestEditor } from '../../../model/manifest-editor.ts';
import { condaNamesOf } from './conda-names.ts';

/** @returns An editor that leaves a line of conda to people where conda has the other package under names of its own. */
export function withCondaNames(editor: ManifestEditor): ManifestEditor {
  return {
    ...editor,
    rename(text, line, name) {
      const names = line.isConda === true ? condaNamesOf(name) : [];
      return names.length === 0
        ? editor.rename(text, line, name)
        : Promise.resolve(byHand(`conda has ${name} as ${names.join(', ')}: write the one that is meant`));
    },
  };
}
