import { homedir } from 'node:os';
import { packageManagerCommand } from '../project/command.ts';
import { check, type Ask } from '../pipeline.ts';
import { readPolicy, type Policy } from '../policy/policy.ts';
import { containers } from '../containers/index.ts';
import { languages } from '../languages/index.ts';
import { includedFormat, manifestFormats } from '../manifests/index.ts';
import type { Report } from '../../rules/index.ts';
import { rules } from '../../rules/index.ts';
import { openScope, type Ground, type ScopeRequest } from '../snapshots/scope.ts';
import { filesOf } from '../snapshots/files.ts';
import { parserHost } from '../references/parsers.ts';
import { inAssistant } from './assistants.ts';
import type { Files } from '../model/language.ts';
import type { World } from './world.ts';

/** How a check is run, besides its scope. */
export interface RunOptions {
  readonly world: World;
  readonly offline?: boolean;
  readonly config?: string;
  /** How long registries may take: a hook has less patience than a person. */
  readonly patience: 'hook' | 'person';
}

/** Opens a scope, reads its policy and checks it. The library, the commands and the editors all come through here. */
export async function runCheck(request: ScopeRequest, ground: Ground, options: RunOptions): Promise<Report> {
  const opened = await openScope(request, ground);
  if (opened.kind === 'fault')
    return {
      scope: request.kind,
      files: 0,
      lookups: 'none',
      findings: [],
      policyChanges: [],
      faults: [opened.fault],
      notes: [],
    };
  try {
    const { scope } = opened;
    const policyFiles = filesOf(scope.policy);
    const today = options.world.now.toISOString().slice(0, 10);
    const policyOptions = { rules, today, configFile: options.config ?? null };
    const policy = await readPolicy(policyFiles, policyOptions);
    return await check(scope, {
      kinds: { languages, containers },
      manifests: { formats: manifestFormats, included: includedFormat },
      policy,
      policyOptions,
      parse: parserHost(),
      ask: askLater(policy, policyFiles, options),
      assistantAsks: policy.config.assistants === 'ask' && inAssistant(options.world.env),
      command: () => packageManagerCommand(policyFiles),
    });
  } finally {
    opened.close();
  }
}

/** Milliseconds that registries may take where the config doesn't say. */
const BUDGET = { hook: 3000, person: 6000 } as const;

/** Names and registries are loaded when there is something to ask. */
function askLater(policy: Policy, files: Files, { world, offline, patience }: RunOptions): Ask {
  return async (uses, project) => {
    const { askOutside } = await import('../outside.ts');
    const { lookupBudget } = policy.config;
    return askOutside(uses, project, {
      policy,
      files,
      lookup: offline ? 'offline' : 'on',
      budget: lookupBudget === null ? BUDGET[patience] : lookupBudget * 1000,
      machine: machineOf(world),
      now: world.now,
    });
  };
}

function machineOf({ env }: World) {
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    environment: new Map(variables),
    home: env['HOME'] ?? env['USERPROFILE'] ?? homedir(),
    platform: process.platform,
  };
}
