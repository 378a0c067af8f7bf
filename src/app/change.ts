import { Analysis } from '../analysis/analyse.ts';
import { usesOf } from '../analysis/uses.ts';
import { findEcosystem } from '../ecosystems/index.ts';
import { purl, type Package } from '../model/package.ts';
import type { UseWithStatus } from '../model/status.ts';
import { isScopePattern } from '../whitelist/key.ts';
import { openProject, type OpenedProject } from './project.ts';
import { faultError, type WhitelistSession } from './whitelist-session.ts';

/**
 * Opens what a person is about to commit. Close it, unless it is the session's own project.
 *
 * @returns What is staged, or, where nothing is, the work tree. Outside of a repository, everything.
 * @throws UsageError where it can't be read.
 */
export async function openChange({
  location,
  context,
  project,
  config,
}: WhitelistSession): Promise<OpenedProject> {
  if (!location.repository) return project;
  for (const kind of ['staged', 'worktree'] as const) {
    const opened = await openProject({ kind }, location, { context, config });
    if (opened.kind === 'fault') throw faultError(opened.fault);
    if (kind === 'worktree' || opened.scope.changes.length > 0) return opened;
    opened.close();
  }
  return project;
}

/** @returns What programs write to import a package, each once; nothing for a whole scope. */
export function importsIn(uses: readonly UseWithStatus[], subject: Package): readonly string[] {
  if (isScopePattern(subject.name)) return [];
  const references = uses
    .filter(({ use }) => purl(use.package) === purl(subject))
    .flatMap(({ use }) => use.references);
  const imports = references.filter(({ kind }) => kind !== 'dependency').map(({ specifier }) => specifier);
  return [...new Set(imports)];
}

/**
 * Looks for the imports that packages are about to be approved for. Nothing is read where the name of a package is
 * what programs import.
 *
 * @returns What the change writes to import a package.
 */
export async function importsOfChange(
  packages: readonly Package[],
  session: WhitelistSession,
): Promise<(subject: Package) => readonly string[]> {
  if (packages.every(({ ecosystem }) => (findEcosystem(ecosystem)?.modules ?? null) === null))
    return () => [];
  const change = await openChange(session);
  try {
    const { judged: references } = await new Analysis(change.scope, change.analysisOptions).newReferences();
    const uses = usesOf(references);
    return (subject) => importsIn(uses, subject);
  } finally {
    if (change !== session.project) change.close();
  }
}
