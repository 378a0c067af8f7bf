import { homedir } from 'node:os';
import { lastAuthor, nextAuthor } from '../git/authors.ts';
import type { Files } from '../model/language.ts';
import type { Curiosity } from '../lookups/project-lookup.ts';
import type { Ask } from '../pipeline.ts';
import type { Policy } from '../policy/policy.ts';
import type { Report } from '../../rules/index.ts';
import type { Ground, ScopeRequest } from '../snapshots/scope-request.ts';
import { inAssistant } from './assistants.ts';
import { pathInside } from './locate.ts';
import { progressOn } from '../cli/progress.ts';
import { openCommit, openProject } from './project.ts';
import type { World } from './process.ts';

/** How a check is run, besides its scope. */
export interface RunOptions {
  readonly world: World;
  readonly offline?: boolean;
  readonly config?: string;
  /** How long registries may take: a hook has less patience than a person. */
  readonly patience: 'hook' | 'person';
}

/** Opens a scope, reads its policy and checks it. */
export async function runCheck(request: ScopeRequest, ground: Ground, options: RunOptions): Promise<Report> {
  const open = request.kind === 'staged' ? openCommit : openProject;
  const [project, { check }] = await Promise.all([open(request, ground, options), import('../pipeline.ts')]);
  if (project.kind !== 'open') {
    const nothing = { files: 0, lookups: 'none', findings: [], policyChanges: [], notes: [] } as const;
    return { scope: request.kind, ...nothing, faults: project.kind === 'fault' ? [project.fault] : [] };
  }
  try {
    const { scope, policy, policyOptions, policyFiles, survey } = project;
    const progress = progressOn(options.world);
    const report = await check(scope, {
      ...survey,
      onProgress: progress.step,
      policyOptions,
      ask: askLater(policy, policyFiles, options),
      inAssistant: inAssistant(options.world.env),
      authorOf: (file) => authorOf(file, request, ground),
      command: () => commandAt(policyFiles, ground.root, options.world),
    });
    progress.done();
    if (request.kind === 'staged') options.world.onHookWork?.();
    return report;
  } finally {
    project.close();
  }
}

/**
 * @returns How people start this tool in their working folder. Asked only when there is something to say. git runs
 * hooks at the root, and keeps the folder that it was called in (GIT_PREFIX, with a final `/`).
 */
export async function commandAt(files: Files, root: string, { cwd, env }: World): Promise<string> {
  const { toolCommand } = await import('../tool-command/command.ts');
  const here = pathInside(root, cwd, '.') ?? '';
  return toolCommand(files, here === '' ? (env['GIT_PREFIX'] ?? '').replace(/\/$/, '') : here);
}

/** A file's author in the commits of the change; of what is not committed yet, whoever commits next. */
async function authorOf(file: string, request: ScopeRequest, { repository }: Ground): Promise<string | null> {
  if (!repository) return null;
  if (request.kind !== 'since') return nextAuthor(repository.git);
  return lastAuthor(repository.git, `${request.from}..${request.to}`, file);
}

/** Milliseconds that registries may take where the config doesn't say. */
const BUDGET = { hook: 3000, person: 6000 } as const;

/** @returns How the outside is asked. Names and registries are loaded when there is something to ask. */
export function askLater(policy: Policy, files: Files, options: RunOptions): Ask {
  return async (uses, project) => {
    const { askOutside } = await import('../lookups/project-lookup.ts');
    return askOutside(uses, project, curiosityOf(policy, files, options));
  };
}

/** @returns With what the outside is asked. `files` are those of the state whose policy holds. */
export function curiosityOf(
  policy: Policy,
  files: Files,
  { world, offline, patience }: RunOptions,
): Curiosity {
  const { lookupBudget } = policy.config;
  return {
    policy,
    files,
    lookup: offline ? 'offline' : 'on',
    budget: lookupBudget === null ? BUDGET[patience] : lookupBudget * 1000,
    machine: machineOf(world),
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
