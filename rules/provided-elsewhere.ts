import type { Provider, RuleContext, RuleInput } from '../src/model/finding.ts';
import { packageLabel, type Package } from '../src/model/package.ts';
import { grades } from './grades.ts';

/** What is said in place of a word about the package that an import seems to lead to. */
export interface Explanation {
  readonly sentences: readonly (string | undefined)[];
  readonly next: readonly string[];
  /** The package that somebody can decide about, so that the import passes; null where no decision does that. */
  readonly decisionAbout: Package | null;
}

/** @returns What is said of an import that another package provides, which the project has or is about to get. */
export function providedElsewhere(
  { use, outside }: Extract<RuleInput, { kind: 'use' }>,
  provider: Provider,
  { recordCommand, decisionAdvice }: Pick<RuleContext, 'recordCommand' | 'decisionAdvice'>,
): Explanation {
  const place = provider.at === null ? '' : `${provider.at.file}:${String(provider.at.line)}`;
  const module = `“${use.references[0].specifier}” is a module of ${packageLabel(provider.package)}`;
  if (provider.record === 'proposed') {
    const { commands, text } = decisionAdvice(provider.package);
    return {
      sentences: [
        `${module}, which this change ${place === '' ? 'installs' : `declares (${place})`}.`,
        grades.find(({ id }) => id === outside.grade)?.description,
        text ?? undefined,
      ],
      next: commands,
      decisionAbout: provider.package,
    };
  }
  const command = recordCommand(provider);
  return {
    sentences: [
      provider.record === 'decided'
        ? `${module}; its entry (${place}) does not say so yet.`
        : `${module}, which ${place} declares; the whitelist does not say so yet.`,
      command === null ? 'A person adds its modules there.' : undefined,
    ],
    next: command === null ? [] : [command],
    decisionAbout: provider.record === 'decided' ? null : provider.package,
  };
}

const MOST_NAMES = 3;

/** @returns Names to read, the last one after a word; a longer list is cut. */
export function listed<T>(items: readonly T[], text: (item: T) => string, word = 'and'): string {
  const names = items.slice(0, MOST_NAMES).map(text);
  const more = items.length - MOST_NAMES;
  if (more > 0) return `${names.join(', ')} and ${String(more)} more`;
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} ${word} ${last}`;
}
