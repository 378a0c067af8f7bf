import { readFile } from 'node:fs/promises';
import { isFileError } from '../git/git.ts';
import { manifestFormats } from '../ecosystems/manifest-formats.ts';
import type { Suggestion } from '../model/evidence.ts';
import { packageLabel, type Package } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import { editFile } from '../app/edit-file.ts';
import { wantsColor } from './context.ts';
import type { ReviewItem, ReviewQueue } from '../app/review-queue.ts';
import { itemText } from './review-text.ts';
import type { Decision } from '../app/decision.ts';
import { reasonProblem } from '../app/decision-arguments.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { confirmedGrades, blockingGrades } from '../app/approval-details.ts';
import { openPrompts, type Choice, type Prompts } from './prompts.ts';
import { diffLines, replaceIn, type Replacement } from '../app/replacement.ts';
import { stageabilityOf, type Stageability } from '../app/stageability.ts';
import type { CommandContext } from './context.ts';
import { offerStaging } from './offer-staging.ts';
import { writeDecisions } from '../app/write-decisions.ts';

/** What a person did with a item; `stopped` by Ctrl-C, after which nothing more is asked. */
type Outcome = 'settled' | 'left' | 'quit' | 'stopped';

type Key = 'a' | '1' | '2' | '3' | 'd' | 'r' | 's' | 'q';

/** Goes through items with a person. */
export class Reviewer {
  readonly #session: WhitelistSession<CommandContext>;
  readonly #prompts: Prompts;
  readonly #stage: boolean | undefined;
  readonly #by: string;
  /** Edited files, and how each could be staged before. */
  readonly #edited = new Map<string, Stageability>();

  private constructor(
    session: WhitelistSession<CommandContext>,
    prompts: Prompts,
    { stage, by }: { stage: boolean | undefined; by: string },
  ) {
    this.#session = session;
    this.#prompts = prompts;
    this.#stage = stage;
    this.#by = by;
  }

  static async open(
    session: WhitelistSession<CommandContext>,
    stage: boolean | undefined,
  ): Promise<Reviewer> {
    return new Reviewer(session, await openPrompts(session.context), { stage, by: await session.author() });
  }

  /** @returns How many items are left undecided. */
  async go({ items, unstaged }: ReviewQueue): Promise<number> {
    let settled = 0;
    let stage = this.#stage;
    for (const [index, item] of items.entries()) {
      const color = wantsColor(undefined, this.#session.context);
      this.#session.context.stdout.report(itemText(item, { at: index + 1, of: items.length, color }));
      const outcome = await this.#decide(item);
      if (outcome === 'settled') settled++;
      if (outcome === 'stopped') stage = false;
      if (outcome === 'quit' || outcome === 'stopped') break;
    }
    this.#tellUnstaged(unstaged);
    await this.#offerStaging(unstaged, stage);
    return items.length - settled;
  }

  async #decide(item: ReviewItem): Promise<Outcome> {
    const key = await this.#prompts.key(`What about ${packageLabel(item.package)}?`, choicesFor(item));
    switch (key) {
      case 'a':
        return this.#approve(item);
      case 'd':
        return this.#deny(item);
      case 'r':
        return this.#request(item);
      case '1':
      case '2':
      case '3': {
        const suggestion = replacementsFor(item)[Number(key) - 1];
        return suggestion ? this.#replace(item, suggestion) : 'left';
      }
      case 's':
        return 'left';
      case 'q':
        return 'quit';
      case null:
        return 'stopped';
    }
  }

  async #approve({ package: subject, learned: details }: ReviewItem): Promise<Outcome> {
    const sure = await this.#isSure(subject, details.grade);
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    const reason = await this.#reason('Why is it approved?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#session.today, ...details.content };
    return this.#write({ kind: 'approved', package: subject, content, overrides: false });
  }

  /** Nobody approves in spite of a grade by pressing Enter. null: stopped. */
  async #isSure({ name }: Package, grade: string): Promise<boolean | null> {
    if (!blockingGrades.includes(grade)) return true;
    const question = `It is ${grade}. Approve it in spite of that?`;
    if (!confirmedGrades.includes(grade)) return this.#prompts.confirm(question, 'no');
    const refuse = (answer: string) =>
      answer === '' || answer === name ? undefined : `That is not ${escapeControls(name)}.`;
    const answer = await this.#prompts.line(
      `${question} Then type its name, ${name}. Enter leaves it.`,
      refuse,
    );
    return answer === null ? null : answer === name;
  }

  async #deny({ package: subject }: ReviewItem): Promise<Outcome> {
    const reason = await this.#reason('Why is it denied?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#session.today };
    await this.#write({ kind: 'denied', package: subject, content, overrides: false });
    return 'left';
  }

  async #request({ package: subject }: ReviewItem): Promise<Outcome> {
    const reason = await this.#reason('What is it for?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#session.today };
    await this.#write({ kind: 'requested', package: subject, content, overrides: false });
    return 'left';
  }

  #reason(question: string): Promise<string | null> {
    return this.#prompts.line(question, reasonProblem);
  }

  async #write(decision: Decision): Promise<Outcome> {
    const { changed, state, lines } = await writeDecisions(this.#session, [decision]);
    for (const line of lines) this.#session.context.stdout.write(`${escapeControls(line, 2000)}\n`);
    if (changed) this.#note(this.#session.whitelist, state);
    return 'settled';
  }

  /** The first edit of a file finds it as it was. */
  #note(file: string, state: Stageability): void {
    if (!this.#edited.has(file)) this.#edited.set(file, state);
  }

  async #replace(item: ReviewItem, suggestion: Suggestion): Promise<Outcome> {
    const { stdout } = this.#session.context;
    const planned = await Promise.all(item.uses.map(({ use }) => this.#planned(use, suggestion)));
    const edits = planned.filter((replacement) => replacement.kind === 'edit');
    for (const replacement of planned) {
      const lines =
        replacement.kind === 'edit'
          ? diffLines(replacement)
          : [`${replacement.file}: to be changed by hand: ${replacement.reason}`];
      for (const line of lines) stdout.write(`  ${escapeControls(line, 400)}\n`);
    }
    if (edits.length === 0) return 'left';
    const sure = await this.#prompts.confirm(
      'Edit like that? Uses in the code and versions stay as they are.',
      'yes',
    );
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    for (const replacement of edits) await this.#apply(replacement);
    return edits.length === planned.length ? 'settled' : 'left';
  }

  async #planned(use: ReviewItem['uses'][number]['use'], suggestion: Suggestion): Promise<Replacement> {
    const text = await textOf(this.#session.edited(use.file).file);
    if (text === null)
      return { kind: 'byHand', file: use.file, reason: 'it is not a readable file of UTF-8' };
    const format =
      manifestFormats.find((candidate) => candidate.id === use.language && candidate.matches(use.file)) ??
      null;
    return replaceIn(use, suggestion, { text, format });
  }

  async #apply({
    file,
    before: oldText,
    after: newText,
  }: Extract<Replacement, { kind: 'edit' }>): Promise<void> {
    const { location, context } = this.#session;
    await editFile(this.#session.edited(file), async (text) => {
      if (text !== oldText) {
        context.stdout.write(`${escapeControls(file, 400)} was edited meanwhile; it was left alone.\n`);
        return null;
      }
      this.#note(file, await stageabilityOf(location, file, text));
      return newText;
    });
  }

  #tellUnstaged(unstaged: readonly Package[]): void {
    for (const unstagedPackage of unstaged)
      this.#session.context.stdout.write(
        `${escapeControls(packageLabel(unstagedPackage))} is approved in the work tree, but not in what is staged.\n`,
      );
  }

  async #offerStaging(unstaged: readonly Package[], stageFlag: boolean | undefined): Promise<void> {
    const { whitelist } = this.#session;
    if (unstaged.length > 0) this.#edited.set(whitelist, { kind: 'mixed' });
    const groups = new Map<string, { paths: string[]; state: Stageability }>();
    for (const [path, state] of this.#edited) {
      const key = state.kind === 'filtered' ? `filtered ${state.filter}` : state.kind;
      const group = groups.get(key) ?? { paths: [], state };
      groups.set(key, { paths: [...group.paths, path], state });
    }
    // Of several files, those that can be staged are; about the others nobody is refused.
    for (const group of groups.values())
      await offerStaging(
        { ...group, wanted: group.state.kind === 'clean' ? stageFlag : undefined },
        this.#session,
      );
  }
}

function choicesFor(item: ReviewItem): Choice<Key>[] {
  const { status } = item;
  const isDenied = status.kind === 'denied';
  const isRequested = status.kind === 'unapproved' && status.requested !== null;
  const keys = ['1', '2', '3'] as const;
  const suggestions = replacementsFor(item).flatMap(({ specifier, why }, at): Choice<Key>[] => {
    const key = keys[at];
    return key ? [{ key, label: `use ${escapeControls(specifier)} instead (${escapeControls(why)})` }] : [];
  });
  return [
    ...(isDenied ? [] : [{ key: 'a' as const, label: 'approve' }]),
    ...suggestions,
    ...(isDenied ? [] : [{ key: 'd' as const, label: 'deny' }]),
    ...(isDenied || isRequested ? [] : [{ key: 'r' as const, label: 'request: somebody else decides' }]),
    { key: 's', label: 'skip' },
    { key: 'q', label: 'quit' },
  ];
}

/** Suggestions that can take the place of the package: of the same ecosystem, and only where it is used. */
function replacementsFor({
  package: subject,
  status,
  learned: details,
  uses,
}: ReviewItem): readonly Suggestion[] {
  if (uses.length === 0) return [];
  const { use } = status.kind === 'denied' ? status.entry : { use: null };
  const instead: Suggestion[] =
    use === null
      ? []
      : [
          {
            package: { ecosystem: subject.ecosystem, name: use },
            specifier: use,
            why: 'named in the denial',
          },
        ];
  const named = details.suggestions.filter(
    ({ package: suggestedPackage }) => suggestedPackage.ecosystem === subject.ecosystem,
  );
  return [...instead, ...named].slice(0, 3);
}

/** @returns The text of a file, or null where it is none that can be edited without loss. */
async function textOf(file: string): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    if (isFileError(error) || error instanceof TypeError) return null;
    throw error;
  }
}
