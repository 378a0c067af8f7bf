import { asList, asText, member, textsOf } from '../documents/values.ts';
import { mirrorHooks } from '../tool-command/pre-commit-framework.ts';
import { callsTool } from './script.ts';
import { valueOfYaml } from './yaml-block.ts';

/**
 * The stages in which hooks of ours have something to check, and their names before version 3.2 of the framework, which
 * knows no others; newer ones know both (https://pre-commit.com/#confining-hooks-to-run-at-certain-stages).
 */
const stageNames = ['pre-commit', 'pre-merge-commit', 'pre-push'];
const oldStageNames = ['commit', 'merge-commit', 'push'];

/** What a config of the framework says of pushes and the hooks of this tool. */
export interface PushStage {
  /** `named`: the stages of a hook name them. `open`: none are named, so that it runs in every stage that is installed. */
  readonly kind: 'named' | 'open' | 'left out';
  /** What a hook needs, in the names that the config uses, to run for commits and pushes. */
  readonly stages: string;
}

/** @param text The config; null where there is none. */
export async function pushStageIn(text: string | null): Promise<PushStage> {
  const config = text === null ? undefined : await valueOfYaml(text);
  const general = member(config, 'default_stages');
  const ownStages = asList(member(config, 'repos'))
    .flatMap((repository) => asList(member(repository, 'hooks')))
    .filter(isOurs)
    .map((hook) => textsOf(member(hook, 'stages') ?? general));
  const usesOldNames = textsOf(general).some((name) => oldStageNames.includes(name));
  const stages = `stages: [${(usesOldNames ? oldStageNames : stageNames).join(', ')}]`;
  const lists = ownStages.length === 0 ? [textsOf(general)] : ownStages;
  if (lists.some((names) => names.some((name) => name === 'pre-push' || name === 'push')))
    return { kind: 'named', stages };
  return { kind: lists.some((names) => names.length === 0) ? 'open' : 'left out', stages };
}

function isOurs(hook: unknown): boolean {
  const [id, entry] = ['id', 'entry'].map((key) => asText(member(hook, key)) ?? '');
  return mirrorHooks.includes(id ?? '') || callsTool(entry ?? '', 'pre-commit');
}
