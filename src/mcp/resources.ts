import { ResourceTemplate, type McpServer, type ReadResourceResult } from '@modelcontextprotocol/server';
import { rulePageText } from '../app/rule-page.ts';
import { UsageError } from '../app/usage-error.ts';
import { openWhitelist } from '../app/whitelist-session.ts';
import { packageLabel } from '../model/package.ts';
import { SETTINGS_NAME } from '../model/tool.ts';
import { rules } from '../../rules/index.ts';
import { escapeForLog, jsonText } from '../text/escape.ts';
import { visibleData } from './answers.ts';
import { approvedPackages, entryData } from './list-approved.ts';
import type { Session } from './session.ts';

/** A resource of the scheme of this tool. */
const uriOf = (path: string) => `${SETTINGS_NAME}://${path}`;

const JSON_TYPE = 'application/json';
const PAGE_TYPE = 'text/markdown';

/** A resource is read whole: whoever wants more asks `list_approved` page by page. */
const MOST_ENTRIES = 500;

/** Offers what a client may read: what is approved, what is requested, and the pages of the rules. */
export function addResources(server: McpServer, session: Session): void {
  server.registerResource(
    'approved',
    uriOf('approved'),
    {
      title: 'Approved packages',
      description: 'Packages that may be imported and installed.',
      mimeType: JSON_TYPE,
    },
    (uri) => jsonResource(uri, () => approved(session)),
  );
  server.registerResource(
    'requested',
    uriOf('requested'),
    {
      title: 'Requested packages',
      description: 'Packages that somebody asked for and nobody approved.',
      mimeType: JSON_TYPE,
    },
    (uri) => jsonResource(uri, () => requested(session)),
  );
  const pages = rules.map(({ id, summary }) => ({
    uri: uriOf(`rules/${id}`),
    name: id,
    description: summary,
    mimeType: PAGE_TYPE,
  }));
  server.registerResource(
    'rule',
    new ResourceTemplate(uriOf('rules/{id}'), { list: () => ({ resources: pages }) }),
    { title: 'Rule', description: 'What a rule finds, and what to do about it.', mimeType: PAGE_TYPE },
    (uri, { id }) => rulePage(uri, String(id)),
  );
}

async function jsonResource(uri: URL, read: () => Promise<object>): Promise<ReadResourceResult> {
  try {
    const text = jsonText(visibleData(await read()));
    return { contents: [{ uri: uri.href, mimeType: JSON_TYPE, text }] };
  } catch (error) {
    throw error instanceof UsageError ? readable(error) : error;
  }
}

async function approved(session: Session): Promise<object> {
  const { packages } = await approvedPackages(session);
  return { packages: packages.slice(0, MOST_ENTRIES).map(entryData), leftOut: leftOut(packages.length) };
}

/** The words of requests are not told: they are those of whoever wants the package, perhaps of another assistant. */
async function requested(session: Session): Promise<object> {
  const { location, context } = await session.folders.placeFor();
  if (location.shallow) return { packages: [], leftOut: 0 };
  const whitelist = await openWhitelist(context, { offline: true });
  try {
    const { policy } = whitelist.project;
    const open = policy.whitelist.entries.filter((entry) => {
      const status = policy.decide(entry);
      return entry.kind === 'requested' && status.kind === 'unapproved';
    });
    const packages = open.map((entry) => ({
      package: packageLabel(entry),
      date: entry.date,
      file: entry.file,
      line: entry.line,
    }));
    return { packages: packages.slice(0, MOST_ENTRIES), leftOut: leftOut(packages.length) };
  } finally {
    whitelist.close();
  }
}

function leftOut(count: number): number {
  return Math.max(0, count - MOST_ENTRIES);
}

async function rulePage(uri: URL, id: string): Promise<ReadResourceResult> {
  if (!rules.some((rule) => rule.id === id))
    throw readable(
      new UsageError(
        `there is no rule called ${id}`,
        `Rules are ${rules.map((rule) => rule.id).join(', ')}.`,
      ),
    );
  const text = (await rulePageText(id, true)) ?? '';
  return { contents: [{ uri: uri.href, mimeType: PAGE_TYPE, text }] };
}

/** What is read has no form of its own for errors, as the answer of a tool has. */
function readable({ message, next }: UsageError): Error {
  return new Error(`${escapeForLog(message, 1000)}. ${escapeForLog(next, 1000)}`);
}
