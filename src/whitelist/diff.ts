import { packageLabel, type Package } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Entry } from '../model/status.ts';
import { entryIn, indexEntries, type Whitelist } from './decide.ts';

/** A whitelist at one moment: its main file, whether that is there, and the entries of all its files. */
export interface WhitelistState {
  readonly file: string;
  readonly exists: boolean;
  readonly entries: readonly Entry[];
}

/**
 * Lists how a change of the whitelist loosens policy: new approvals, later or removed ends of approvals,
 * other sources of an approved package, growth of the baseline, modules that an entry newly vouches for, denials that are gone or cover less,
 * and the loss of the whitelist itself.
 *
 * @param baseState The whitelist at the base. @param headState The same in the change.
 * @param declared What manifests approved where there was no whitelist: a baseline may say the same.
 * @returns Changes with the place of the entry in the change; of a removed entry, its place at the base.
 */
export function loosened(
  baseState: WhitelistState,
  headState: WhitelistState,
  declared: readonly Package[] = [],
): PolicyChange[] {
  const approving = new Set(declared.map(packageLabel));
  const [old, next] = [indexEntries(baseState.entries), indexEntries(headState.entries)];
  return [
    ...lost(baseState, headState),
    ...[...next.sections.approved].flatMap(([key, entry]) => approval(old.sections.approved.get(key), entry)),
    ...[...old.sections.approved].flatMap(([key, entry]) =>
      next.sections.approved.has(key) ? [] : uncovered(entry, next),
    ),
    ...[...next.sections.baseline].flatMap(([key, entry]) =>
      old.sections.baseline.has(key) || approving.has(key)
        ? []
        : [approvalAt(entry, `added ${packageLabel(entry)} to the baseline`)],
    ),
    ...gained(baseState.entries, headState.entries),
    ...denials(baseState.entries, headState.entries),
  ];
}

function lost(baseState: WhitelistState, headState: WhitelistState): PolicyChange[] {
  if (!baseState.exists || headState.exists) return [];
  return [
    {
      file: baseState.file,
      line: 1,
      what: `removed the whitelist ${baseState.file}`,
      approves: null,
      by: null,
      reason: null,
    },
  ];
}

function approval(old: Entry | undefined, entry: Entry): PolicyChange[] {
  if (old === undefined) {
    const from = entry.source === null ? '' : ` also from ${entry.source}`;
    return [approvalAt(entry, `approved ${packageLabel(entry)}${from}`)];
  }
  return [...later(old, entry), ...elsewhere(old, entry)];
}

function later(old: Entry, entry: Entry): PolicyChange[] {
  if (old.expires === null || old.expires === entry.expires) return [];
  if (entry.expires === null) return [changeAt(entry, endRemoved(old))];
  if (entry.expires < old.expires) return [];
  return [
    changeAt(
      entry,
      `extended the approval of ${packageLabel(entry)} from ${old.expires} to ${entry.expires}`,
    ),
  ];
}

function elsewhere(old: Entry, entry: Entry): PolicyChange[] {
  if (entry.source === null || entry.source === old.source) return [];
  return [changeAt(entry, `lets ${packageLabel(entry)} come from ${entry.source}`)];
}

/** An approval with an end is gone, and what it limited is now covered by something wider. */
function uncovered(old: Entry, next: Whitelist): PolicyChange[] {
  if (old.expires === null) return [];
  const wider = entryIn(next, 'approved', old) ?? entryIn(next, 'baseline', old);
  if (wider === undefined || (wider.expires !== null && wider.expires <= old.expires)) return [];
  return [changeAt(wider, `${endRemoved(old)}: ${packageLabel(wider)} is ${wider.kind}`)];
}

function endRemoved(old: Entry): string {
  return `removed the end of the approval of ${packageLabel(old)} (${old.expires ?? 'none'})`;
}

/** Modules that a package newly provides, where the package was approved, or of the baseline, before. */
function gained(baseEntries: readonly Entry[], headEntries: readonly Entry[]): PolicyChange[] {
  const old = modulesOf(baseEntries.filter(vouches));
  return headEntries.filter(vouches).flatMap((entry) => {
    const baseModules = old.get(packageLabel(entry));
    if (baseModules === undefined) return [];
    const modules = entry.imports.filter((module) => !baseModules.has(module));
    return modules.length === 0
      ? []
      : [changeAt(entry, `lets ${packageLabel(entry)} provide ${modules.join(', ')}`)];
  });
}

function vouches({ kind: section }: Entry): boolean {
  return section === 'approved' || section === 'baseline';
}

function denials(baseEntries: readonly Entry[], headEntries: readonly Entry[]): PolicyChange[] {
  const isDenial = ({ kind: section }: Entry) => section === 'denied';
  const [had, left] = [baseEntries.filter(isDenial), headEntries.filter(isDenial)];
  const [hadModules, leftModules] = [modulesOf(had), modulesOf(left)];
  const byName = new Map(left.map((entry) => [packageLabel(entry), entry]));
  return [...new Map(had.map((entry) => [packageLabel(entry), entry]))].flatMap(([name, entry]) => {
    const still = byName.get(name);
    if (still === undefined) {
      return [{ ...changeAt(entry, `removed the denial of ${name}`), by: null, reason: null }];
    }
    const remainingModules = leftModules.get(name);
    const removedModules = [...(hadModules.get(name) ?? [])].filter(
      (module) => remainingModules?.has(module) !== true,
    );
    return removedModules.length === 0
      ? []
      : [changeAt(still, `no longer denies ${name} as ${removedModules.join(', ')}`)];
  });
}

/** @returns The modules that the entries of each package name, together. */
function modulesOf(entries: readonly Entry[]): Map<string, Set<string>> {
  const modules = new Map<string, Set<string>>();
  for (const entry of entries) {
    const packageModules = modules.get(packageLabel(entry)) ?? new Set();
    modules.set(packageLabel(entry), packageModules);
    for (const module of entry.imports) packageModules.add(module);
  }
  return modules;
}

/** Nobody can ask for a whole scope: a request names one package. */
function approvalAt(entry: Entry, what: string): PolicyChange {
  const { ecosystem, name } = entry;
  return { ...changeAt(entry, what), approves: name.endsWith('/*') ? null : { ecosystem, name } };
}

function changeAt({ file, line, by, reason }: Entry, what: string): PolicyChange {
  return { file, line, what, approves: null, by, reason };
}
