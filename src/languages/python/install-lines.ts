import {
  addIndex,
  addRequirementText,
  EXTRA_INDEX,
  INDEX,
  LINKS,
  PLAIN,
  type IndexLine,
} from '../../ecosystems/pypi/manifests/python-dependencies.ts';
import { newManifest } from '../../ecosystems/shared/manifest-builder.ts';
import type { IndexOption, LineReader } from './installs.ts';

const indexLines: Readonly<Record<IndexOption | 'channel', IndexLine>> = {
  index: INDEX,
  extra: EXTRA_INDEX,
  links: LINKS,
  requirements: { what: 'a list of requirements' },
  constraints: { what: 'a list of constraints' },
  channel: { what: 'a channel' },
};

/** Reads the options and requirements of commands as those of files of requirements, which mean the same. */
export const installLines: LineReader = {
  index(option, value) {
    const draft = newManifest();
    addIndex(draft, indexLines[option], value);
    const [registry] = draft.registries;
    return registry && { kind: 'registry', ecosystem: 'pypi', registry };
  },
  requirement(value) {
    const draft = newManifest();
    addRequirementText(draft, value, PLAIN);
    const [dependency] = draft.dependencies;
    return dependency && { kind: 'dependency', dependency };
  },
};
