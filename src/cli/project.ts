import { containers } from '../containers/index.ts';
import { languages } from '../languages/index.ts';
import { includedFormat, manifestFormats } from '../manifests/index.ts';
import type { Files } from '../model/language.ts';
import type { Scope } from '../model/snapshot.ts';
import { readPolicy, type Policy, type PolicyOptions } from '../policy/policy.ts';
import { parserHost } from '../references/parsers.ts';
import type { SurveyOptions } from '../references/survey.ts';
import { rules } from '../../rules/index.ts';
import { filesOf } from '../snapshots/files.ts';
import { openScope, type Ground, type ScopeRequest } from '../snapshots/scope.ts';
import type { Fault } from '../model/fault.ts';
import type { World } from './world.ts';

/** A scope with the policy that holds in it, ready to be surveyed. */
export interface OpenedProject {
  readonly kind: 'open';
  readonly scope: Scope;
  readonly policy: Policy;
  readonly policyOptions: PolicyOptions;
  /** Files of the state whose policy holds. */
  readonly policyFiles: Files;
  readonly survey: SurveyOptions;
  readonly close: () => void;
}

/** Every command that reads a project comes through here. Close what it returns. */
export async function openProject(
  request: ScopeRequest,
  ground: Ground,
  options: { world: World; config?: string | undefined },
): Promise<OpenedProject | { kind: 'fault'; fault: Fault }> {
  const opened = await openScope(request, ground);
  if (opened.kind === 'fault') return opened;
  const { scope, close } = opened;
  const policyFiles = filesOf(scope.policy);
  const today = options.world.now.toISOString().slice(0, 10);
  const policyOptions: PolicyOptions = { rules, today, configFile: options.config ?? null };
  const policy = await readPolicy(policyFiles, policyOptions);
  const survey = {
    kinds: { languages, containers },
    manifests: { formats: manifestFormats, included: includedFormat },
    policy,
    parse: parserHost(),
  };
  return { kind: 'open', scope, policy, policyOptions, policyFiles, survey, close };
}
