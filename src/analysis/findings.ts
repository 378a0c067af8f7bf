import type { Violation, RuleContext, Severity, RuleInput } from '../model/finding.ts';
import { COMMAND_LANGUAGE, COMMANDS } from '../model/commands-setting.ts';
import type { Package } from '../model/package.ts';
import type { NonEmpty, Place } from '../model/text.ts';
import { quoted } from '../text/quoted.ts';
import { rules, type Finding, type RuleId } from '../../rules/index.ts';

/** What the config says of rules: a severity, or that a rule is off. */
export type RuleSettings = ReadonlyMap<string, Severity | 'off'>;

/**
 * Has every rule look at every subject.
 *
 * @param settings Severities from the config; rules that are fixed keep their own.
 * @returns The findings by file and position.
 */
export function runRules(
  subjects: readonly RuleInput[],
  context: RuleContext,
  settings: RuleSettings,
): Finding[] {
  const findings: Finding[] = [];
  for (const subject of subjects) {
    for (const rule of rules) {
      const objection = rule.judge(subject, context);
      if (!objection) continue;
      const setting = rule.fixed || objection.fixed ? undefined : settings.get(rule.id);
      if (setting === 'off') continue;
      const atMost = isNewlyRead(subject, context) && !rule.fixed ? 'warn' : objection.atMost;
      const severity = atMost ?? setting ?? objection.severity;
      const { decisionAbout } = objection;
      findings.push({
        ...findingOf(rule.id, subject, { ...objection, severity }),
        ...(decisionAbout !== undefined && { decisionAbout }),
      });
    }
  }
  return findings.sort(byPosition);
}

/** Characters of a reason, or of a name, that an assistant is shown. */
const LONGEST_QUOTATION = 120;

/** @returns How what people wrote into the whitelist stands in messages: an assistant could take it for an instruction. */
export function writtenFor({ inAssistant }: { readonly inAssistant: boolean }): RuleContext['written'] {
  return inAssistant ? (text) => quoted(text, LONGEST_QUOTATION) : (text) => text;
}

/** What an upgrade reads for the first time makes no run fail that passed before. */
function isNewlyRead(subject: RuleInput, { isUncovered }: RuleContext): boolean {
  return isUncovered(COMMANDS) && languageOf(subject) === COMMAND_LANGUAGE;
}

function languageOf(subject: RuleInput): string | null {
  switch (subject.kind) {
    case 'use':
      return subject.use.language;
    case 'source':
      return subject.source.language;
    case 'missing':
    case 'unclear':
      return subject.language;
    case 'policy':
      return null;
  }
}

function findingOf(rule: RuleId, subject: RuleInput, violation: Violation): Finding {
  const { severity, grade, message, next } = violation;
  const said = { rule, grade, severity, message, next };
  const bare = {
    language: null,
    specifier: null,
    excerpt: null,
    package: null,
    status: null,
    change: null,
    evidence: [],
    suggestions: [],
  };
  switch (subject.kind) {
    case 'use': {
      const { file, language, references } = subject.use;
      const { specifier, excerpt } = references[0];
      const packageFields = { package: packageOf(subject, violation), ...knownOf(subject) };
      return {
        ...bare,
        ...said,
        file,
        language,
        specifier,
        excerpt,
        places: placesOf(references),
        ...packageFields,
      };
    }
    case 'missing':
    case 'unclear': {
      const { file, language, references } = subject;
      const { specifier, excerpt } = references[0];
      const missing = subject.kind === 'missing' ? { module: subject.module } : {};
      const places = placesOf(references);
      return { ...bare, ...said, ...missing, file, language, specifier, excerpt, places };
    }
    case 'source': {
      const { file, language, specifier, place, excerpt } = subject.source;
      return {
        ...bare,
        ...said,
        file,
        language,
        specifier,
        excerpt,
        places: [place],
        package: subject.source.package,
      };
    }
    case 'policy': {
      const { change } = subject;
      const { file, line } = change;
      const place = { line, column: 1, endLine: line, endColumn: 1, cell: null };
      return { ...bare, ...said, change: subject.change, file, places: [place] };
    }
  }
}

/** What is known, and what is to be decided, is about the package that provides the import where the change brings that. */
function packageOf(
  { use, outside: { provider } }: Extract<RuleInput, { kind: 'use' }>,
  { decisionAbout }: Violation,
): Package {
  const isProvided = provider?.record === 'proposed' && provider.package === decisionAbout;
  return isProvided ? provider.package : use.package;
}

/** What is known of a package; where a decision is meant that is here. A denial that is taken away stands at the base alone. */
function knownOf({ status, outside: { evidence, suggestions } }: Extract<RuleInput, { kind: 'use' }>) {
  const fields = { status: status.kind, evidence, suggestions };
  const isHere = status.kind === 'expired' || (status.kind === 'denied' && status.isTakenAway !== true);
  if (!isHere) return fields;
  const { file, line } = status.entry;
  return { ...fields, decisionAt: { file, line } };
}

function placesOf([first, ...tail]: NonEmpty<{ readonly place: Place }>): NonEmpty<Place> {
  return [first.place, ...tail.map(({ place }) => place)];
}

function byPosition(left: Finding, right: Finding): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  const [a, b] = [left.places[0], right.places[0]];
  return (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column;
}
