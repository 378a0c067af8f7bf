import type { CommandWord } from '../../../model/command.ts';
import type { SourceLine } from '../../../model/reference.ts';
import { newManifest } from '../../shared/manifest-builder.ts';
import { addMatchSpec } from '../manifests/conda.ts';
import {
  addIndex,
  addRequirementText,
  EXTRA_INDEX,
  INDEX,
  LINKS,
  PLAIN,
  type IndexLine,
} from '../manifests/python-dependencies.ts';
import { pypi } from '../names.ts';

/** What the value of an option says of where packages come from, as files of requirements know it. */
export type SourceOption = 'index' | 'extra' | 'links' | 'requirements' | 'constraints' | 'channel';

const indexLines: Readonly<Record<SourceOption, IndexLine>> = {
  index: INDEX,
  extra: EXTRA_INDEX,
  links: LINKS,
  requirements: { what: 'a list of requirements' },
  constraints: { what: 'a list of constraints' },
  channel: { what: 'a channel' },
};

/** @returns What an option says as the line of a file of requirements; undefined where that says nothing: PyPI is asked anyway. */
export function indexLine(option: SourceOption, value: CommandWord): SourceLine | undefined {
  const draft = newManifest();
  addIndex(draft, indexLines[option], value);
  const [registry] = draft.registries;
  return registry && { kind: 'registry', ecosystem: pypi.id, registry };
}

/** @returns What a requirement says of its source; undefined where no file of requirements takes it. */
export function requirementLine(value: CommandWord): SourceLine | undefined {
  const draft = newManifest();
  addRequirementText(draft, value, PLAIN);
  const [dependency] = draft.dependencies;
  return dependency && { kind: 'dependency', dependency };
}

/** @returns What a specification of conda says of its source; undefined where it names no distribution from elsewhere. */
export function matchSpecLine(value: CommandWord): SourceLine | undefined {
  const draft = newManifest();
  addMatchSpec(draft, value);
  const dependency = draft.dependencies.find(({ source }) => source.kind === 'foreign');
  return dependency && { kind: 'dependency', dependency };
}
