import { ecosystems } from '../ecosystems/index.ts';
import type { InstallPermission, InstallPermissions } from '../model/install-permission.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Scope, Snapshot } from '../model/snapshot.ts';
import { filesOf } from '../snapshots/files.ts';
import { LineIndex } from '../text/lines.ts';
import { inEveryBase } from './every-base.ts';

/**
 * What a change newly lets packages do while they are installed. Only the files that it touches are read, and of these what
 * may say so.
 */
export async function permissionChanges(scope: Scope): Promise<readonly PolicyChange[]> {
  const perEcosystem = await Promise.all(
    ecosystems.flatMap(({ installPermissions }) =>
      installPermissions === null ? [] : [changesOf(scope, installPermissions)],
    ),
  );
  return perEcosystem.flat();
}

async function changesOf(
  { changes, compared, bases, head }: Scope,
  permissions: InstallPermissions,
): Promise<readonly PolicyChange[]> {
  if (compared === null) return [];
  const touched = new Set([...compared, ...changes.map(({ path }) => path)]);
  const paths = [...touched].filter((path) => permissions.files.test(path));
  if (paths.length === 0) return [];
  const next = await textsOf(head, paths, permissions);
  const perBase = bases.map(async (base) => {
    const old = await textsOf(base, paths, permissions);
    if (old.length + next.length === 0) return [];
    const read = await permissions.reader();
    return widened(await statementsIn(old, read), await statementsIn(next, read));
  });
  return inEveryBase(await Promise.all(perBase));
}

interface FileText {
  readonly path: string;
  readonly text: string;
}

/** @returns The texts of a state that may say something. */
async function textsOf(
  state: Snapshot,
  paths: readonly string[],
  { quick }: InstallPermissions,
): Promise<readonly FileText[]> {
  const files = filesOf(state);
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await files.text(path) })));
  return texts.flatMap(({ path, text }) => (text !== undefined && quick.test(text) ? [{ path, text }] : []));
}

type Statement = InstallPermission & { readonly file: string; readonly line: number };

async function statementsIn(
  files: readonly FileText[],
  read: Awaited<ReturnType<InstallPermissions['reader']>>,
): Promise<readonly Statement[]> {
  const statements = files.map(async ({ path, text }) => {
    const lines = new LineIndex(text);
    return (await read(path, text)).map((each) => ({
      ...each,
      file: path,
      line: lines.locate(each.at).line,
    }));
  });
  return (await Promise.all(statements)).flat();
}

function widened(old: readonly Statement[], next: readonly Statement[]): readonly PolicyChange[] {
  const allowed = subjectsOf(old, 'allows');
  const allowances = next
    .filter(({ kind, subject, within }) => {
      return kind === 'allows' && ![subject, ...within].some((each) => allowed.has(each));
    })
    .map(({ subject, file, line }) => changeOf({ subject, file, line, what: `allows ${subject}` }));
  const newlyAllowed = new Set(allowances.map(({ subject }) => subject));
  const forbidden = subjectsOf(next, 'forbids');
  const released = old
    .filter(
      ({ kind, subject }) => kind === 'forbids' && !forbidden.has(subject) && !newlyAllowed.has(subject),
    )
    .map(({ subject, file }) => changeOf({ subject, file, line: 1, what: `no longer forbids ${subject}` }));
  return [...new Map([...allowances, ...released].map((change) => [change.subject, change])).values()];
}

function subjectsOf(statements: readonly Statement[], kind: Statement['kind']): ReadonlySet<string> {
  return new Set(statements.flatMap((each) => (each.kind === kind ? [each.subject] : [])));
}

function changeOf(place: Pick<PolicyChange, 'subject' | 'file' | 'line' | 'what'>): PolicyChange {
  return { ...place, kind: 'permission', approves: null, by: null, reason: null };
}
