import { homedir } from 'node:os';
import { budgets } from '../config/config.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import type { LookupSettings } from '../lookups/project-lookup.ts';
import type { Policy } from '../policy/policy.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import type { RunOptions } from './check.ts';
import type { ProcessContext } from './process.ts';

/** Where a project stands, and how the outside is asked about it. */
export type LookupOrigin = Pick<RunOptions, 'context' | 'offline' | 'caller'> & {
  readonly location: ProjectLocation;
};

/** @returns With what the outside is asked. */
export function lookupSettingsOf(
  policy: Policy,
  { context, offline, caller: patience, location }: LookupOrigin,
): LookupSettings {
  const { lookupBudget } = policy.config;
  const installation = async () => (await import('./installation.ts')).installationOf(location, context);
  return {
    policy,
    // A config that can't be read may have said that nobody is to be asked.
    lookup: offline ? 'offline' : policy.faults.some(({ kind }) => kind === 'config') ? 'off' : 'on',
    budget: budgetOf(lookupBudget, patience) * 1000,
    machine: machineOf(context),
    installed: async (ecosystem, names) => {
      const moduleNames = await findEcosystem(ecosystem)?.modules?.();
      if (moduleNames === undefined || names.size === 0) return new Map();
      return moduleNames.installedModules(names, await installation());
    },
    installation,
  };
}

function budgetOf(configured: number | null | undefined, patience: LookupOrigin['caller']): number {
  const usual = budgets[patience];
  return patience === 'agent' ? Math.min(configured ?? usual, usual) : (configured ?? usual);
}

function machineOf({ env }: ProcessContext) {
  const variables = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    environment: new Map(variables),
    home: env['HOME'] ?? env['USERPROFILE'] ?? homedir(),
    platform: process.platform,
  };
}
