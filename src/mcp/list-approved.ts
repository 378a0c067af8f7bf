import type { CallToolResult } from '@modelcontextprotocol/server';
import type { InferOutput } from 'valibot';
import { packageLabel } from '../model/package.ts';
import type { Entry } from '../model/status.ts';
import type { Policy } from '../policy/policy.ts';
import { isApproval } from '../policy/status.ts';
import { isShellSafe } from '../text/escape.ts';
import { answer } from './answers.ts';
import { decisionData, quotation } from './quotations.ts';
import type { listApprovedInput } from './schemas.ts';
import { openPolicy, type Session } from './session.ts';

/** So many packages stand on a page. */
const PAGE = 50;

/** A distribution may have thousands of modules. */
const MOST_IMPORTS = 20;

/** Lists the packages that may be used, page by page, in the order of their labels. */
export async function listApproved(
  { ecosystem, match = '', cursor = '' }: InferOutput<typeof listApprovedInput>,
  session: Session,
): Promise<CallToolResult> {
  const { packages, policy } = await approvedPackages(session);
  const part = match.toLowerCase();
  const matching = packages.filter(
    (entry) =>
      (ecosystem === undefined || entry.ecosystem === ecosystem) &&
      entry.name.toLowerCase().includes(part) &&
      packageLabel(entry) > cursor,
  );
  const page = matching.slice(0, PAGE);
  const last = page.at(-1);
  return answer({
    packages: page.map(entryData),
    nextCursor: matching.length > PAGE && last !== undefined ? packageLabel(last) : null,
    next: policy.whitelist.exists
      ? 'Whatever does not stand here is not approved: ask about it with check_package.'
      : `There is no ${policy.whitelistFile}: what the manifests declare may be used. Ask with check_package.`,
  });
}

/** @returns The entries by which packages may be used, in the order of their labels, and the policy that they are of. */
export async function approvedPackages(
  session: Session,
): Promise<{ readonly packages: readonly Entry[]; readonly policy: Policy }> {
  const { project } = await openPolicy(session);
  try {
    const { policy } = project;
    const entries = new Map<string, Entry>();
    for (const { ecosystem, name } of policy.whitelist.entries) {
      const status = policy.decide({ ecosystem, name });
      if (isApproval(status) && 'entry' in status)
        entries.set(packageLabel({ ecosystem, name }), status.entry);
    }
    const packages = [...entries].toSorted(([left], [right]) => (left < right ? -1 : 1));
    return { packages: packages.map(([, entry]) => entry), policy };
  } finally {
    project.close();
  }
}

/** @returns What is said of an approved package. */
export function entryData(entry: Entry) {
  return {
    package: packageLabel(entry),
    imports: entry.imports.slice(0, MOST_IMPORTS).map(moduleText),
    ...decisionData(entry),
  };
}

/** A person may have written anything. */
function moduleText(module: string): string {
  return isShellSafe(module) ? module : (quotation(module) ?? '');
}
