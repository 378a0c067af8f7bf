import { confirmedGrades } from '../app/approval-details.ts';
import type { ReplacementTarget } from '../app/replacement-targets.ts';
import type { ReviewCard } from '../app/review-card.ts';
import { isDecidable } from '../app/review-queue.ts';
import { packageLabel } from '../model/package.ts';
import { suggestedName } from '../reporters/words.ts';
import { escapeControls } from '../text/escape.ts';
import type { Choice } from './prompts.ts';

/** The key of a choice. */
export type Key = 'a' | '1' | '2' | '3' | 'd' | 'r' | 't' | 's' | 'u' | 'q';

/** What the choices of a card depend on besides the card. */
export interface ChoiceView {
  readonly whitelistFile: string;
  /** It is approved until a day that is near, or over. */
  readonly isRenewal: boolean;
  /** What else the last decision can be made about, and what taking it back undoes; null where there is nothing. */
  readonly shared: string | null;
  readonly undo: string | null;
}

/**
 * What somebody may have made up or planted is approved last: what stands first is chosen first. What is decided can't be
 * requested.
 *
 * @returns What a person can do about a package.
 */
export function choicesFor(card: ReviewCard, view: ChoiceView): Choice<Key>[] {
  const { whitelistFile, isRenewal, shared: sharedLabel, undo } = view;
  const undoing: Choice<Key>[] = undo === null ? [] : [{ key: 'u', label: undo }];
  const { status, targets, learned: details, provider, concern } = card;
  if (!isDecidable(card)) {
    const isOurs = provider?.at?.file === whitelistFile;
    const recording = isOurs
      ? `record the modules of ${escapeControls(packageLabel(provider.package))}`
      : null;
    return [
      ...(recording === null ? [] : [{ key: 'a' as const, label: recording }]),
      { key: 's', label: 'skip' },
      ...undoing,
      { key: 'q', label: 'quit' },
    ];
  }
  const isDenied = status.kind === 'denied';
  const isRequested = status.kind === 'unapproved' && status.requested !== null;
  const keys = ['1', '2', '3'] as const;
  const replacements = targets.flatMap((target, at): Choice<Key>[] => {
    const key = keys[at];
    return key ? [{ key, label: `use ${nameOf(target)} instead (${escapeControls(target.why)})` }] : [];
  });
  const isAllowed = concern !== null;
  const approve = isAllowed ? 'approve anew' : isRenewal ? 'renew: approve it until another day' : 'approve';
  const approval = isDenied ? [] : [{ key: 'a' as const, label: approve }];
  const isLast = isAllowed || confirmedGrades.includes(details.grade);
  return [
    ...(isLast ? [] : approval),
    ...replacements,
    ...(isDenied ? [] : [{ key: 'd' as const, label: 'deny' }]),
    ...(isDenied || isRequested || isAllowed || isRenewal
      ? []
      : [{ key: 'r' as const, label: 'request: another person decides' }]),
    ...(isLast ? approval : []),
    ...(sharedLabel === null ? [] : [{ key: 't' as const, label: sharedLabel }]),
    { key: 's', label: isAllowed || isRenewal ? 'skip: it stays as it is' : 'skip' },
    ...undoing,
    { key: 'q', label: 'quit' },
  ];
}

/** The package, and what a person would write to import it where its name does not tell that. */
function nameOf({ module, package: target, isBuiltin }: ReplacementTarget): string {
  if (isBuiltin && module.kind === 'known') return escapeControls(module.name);
  const specifier = module.kind === 'known' ? module.name : target.name;
  return suggestedName({ package: target, specifier, why: '' }, target, escapeControls);
}
