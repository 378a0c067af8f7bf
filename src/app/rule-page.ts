import { grades } from '../../rules/grades.ts';
import { rules } from '../../rules/index.ts';
import { closestMatch } from '../text/nearest.ts';
import { readIfThere } from './read-if-there.ts';
import { packageForms } from './package-arguments.ts';
import { UsageError } from './usage-error.ts';
import { TOOL } from '../model/tool.ts';

/**
 * The page of a rule, or of a rule's grade the section, as it is shipped. Where it links to the page of another rule, the
 * command stands that shows that one: a terminal follows no relative link.
 *
 * @param label `unapproved-package`, `unapproved-package/young`.
 * @param inAssistant Whoever reads it is a coding assistant: it reads no section that says how the rule is turned down.
 * @returns Markdown, or null where the label names no rule.
 * @throws UsageError for a rule that has no such grade.
 */
export async function rulePageText(label: string, inAssistant: boolean): Promise<string | null> {
  const [id, grade, ...extraSegments] = label.split('/');
  const rule = rules.find((candidate) => candidate.id === id);
  if (!rule) return refuseSlip(label, id);
  if (extraSegments.length > 0) return null;
  const text = withCommands(await readPage(rule.id));
  const page = inAssistant ? withoutSection(text, 'Config') : text;
  if (grade === undefined) return page;
  const section = grades.some((knownGrade) => knownGrade.id === grade) ? sectionOf(page, grade) : null;
  if (section === null)
    throw new UsageError(
      `${rule.id} has no grade called ${grade}`,
      `Grades of unapproved-package are ${grades.map((knownGrade) => knownGrade.id).join(', ')}.`,
    );
  return `# ${label}\n\n${section}`;
}

/** @throws UsageError for a name that is almost a rule's: whoever means a package of that name writes its ecosystem. */
function refuseSlip(label: string, id = ''): null {
  const meant = id.includes('-')
    ? closestMatch(
        id,
        rules.map((rule) => rule.id),
      )
    : undefined;
  if (meant === undefined) return null;
  throw new UsageError(
    `there is no rule called ${id}`,
    `Did you mean ${meant}? Write a package with its ecosystem: ${packageForms()}.`,
  );
}

/** The rules stand two folders above this file in the sources and in a chunk, and one above a whole bundle. */
async function readPage(id: string): Promise<string> {
  for (const parentPath of ['../../', '../']) {
    const text = await readIfThere(new URL(`${parentPath}rules/${id}/README.md`, import.meta.url));
    if (text !== null) return text;
  }
  throw new Error(`the page of ${id} is missing: install ${TOOL} again`);
}

/** @returns A page in which links to pages of other rules are commands. */
function withCommands(page: string): string {
  return page.replace(/\[([^[\]]+)\]\(\.\.\/([\w-]+)\/README\.md\)/g, `$1 (\`${TOOL} explain $2\`)`);
}

/** @returns A page without a second-level heading and what stands below it. */
function withoutSection(page: string, heading: string): string {
  const sections = page.split(/^(?=## )/m).filter((section) => !section.startsWith(`## ${heading}\n`));
  return `${sections.join('').trimEnd()}\n`;
}

/** @returns What stands below a third-level heading, up to the next heading. */
function sectionOf(page: string, heading: string): string | null {
  const lines = page.split('\n');
  const start = lines.indexOf(`### ${heading}`);
  if (start < 0) return null;
  const length = lines.slice(start + 1).findIndex((line) => /^#{1,3} /.test(line));
  const body = length < 0 ? lines.slice(start + 1) : lines.slice(start + 1, start + 1 + length);
  return `${body.join('\n').trim()}\n`;
}
