import { packageLabel, type Package } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import { editFile } from '../app/edit-file.ts';
import { wantsColor } from './context.ts';
import { recordImports } from '../app/record-imports.ts';
import type { ReviewItem, ReviewQueue } from '../app/review-queue.ts';
import { canShare, type SharedDecision } from '../app/bulk-decisions.ts';
import { takeBack } from '../app/take-back.ts';
import { candidateText, sharedLabel, subjectsOf } from './bulk-text.ts';
import { cardText } from './review-text.ts';
import type { Decision } from '../app/decision.ts';
import { endFor, endProblem, reasonProblem } from '../app/decision-arguments.ts';
import { nearEndOf } from '../app/expiry.ts';
import { choicesFor, type Key } from './review-choices.ts';
import { askForSubstitute } from './substitute-prompt.ts';
import { typedName } from './typed-name.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { blockingGrades, confirmedGrades } from '../app/approval-details.ts';
import { openPrompts, type Prompts } from './prompts.ts';
import { replacementInFile, type FileReplacement, type TextChange } from '../app/replacement.ts';
import type { ReplacementTarget } from '../app/replacement-targets.ts';
import { reviewCard, type ReviewCard } from '../app/review-card.ts';
import { replacementText } from './replacement-text.ts';
import { stageabilityOf } from '../app/stageability.ts';
import type { CommandContext } from './context.ts';
import type { ReviewRemainder } from './review-remainder.ts';
import { stageEdits } from './stage-edits.ts';
import { writeDecisions, type EditedPath } from '../app/write-decisions.ts';

/** What a person did with a item; `stopped` by Ctrl-C, after which nothing more is asked. `open`: it is asked about again. */
type Outcome = 'settled' | 'denied' | 'left' | 'open' | 'quit' | 'stopped';

/** What has become of a package by a decision: a request waits for another person. */
const outcomes = { approved: 'settled', denied: 'denied', requested: 'left' } as const;

/** What was written last, to be taken back as a whole. */
interface WrittenEdit {
  readonly items: readonly ReviewItem[];
  readonly edited: readonly EditedPath[];
  /** null where it was no decision that could be made about sharingItems. */
  readonly shared: SharedDecision | null;
}

/** Goes through items with a person. */
export class Reviewer {
  readonly #session: WhitelistSession<CommandContext>;
  readonly #prompts: Prompts;
  readonly #stage: boolean | undefined;
  readonly #by: string;
  /** Items that are asked about no more, and whether they are decided. */
  readonly #done = new Map<ReviewItem, 'settled' | 'denied' | 'left'>();
  readonly #written: WrittenEdit[] = [];
  /** Files that are to be staged again although this run did not edit them. */
  readonly #unedited = new Set<string>();
  #items: readonly ReviewItem[] = [];

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

  /** @returns What is left when the person has gone through the items, or has broken off. */
  async go({ items, unstaged }: ReviewQueue): Promise<ReviewRemainder> {
    this.#items = items;
    let stage = this.#stage;
    // How much was written before the card that was shown last.
    let count = 0;
    for (;;) {
      const item = items.find((candidate) => !this.#done.has(candidate));
      const isNew = this.#written.length > count;
      if (item !== undefined) count = this.#written.length;
      const outcome = await (item === undefined ? this.#end(isNew) : this.#ask(item));
      if (outcome === 'stopped') stage = false;
      if (outcome === 'quit' || outcome === 'stopped') break;
      if (outcome !== 'open' && item !== undefined) this.#done.set(item, outcome);
    }
    await stageEdits({ writes: this.#written, unedited: this.#unedited, unstaged }, stage, this.#session);
    return this.#remainder();
  }

  #remainder(): ReviewRemainder {
    const open = this.#items.filter((item) => this.#done.get(item) !== 'settled');
    const isDenied = (item: ReviewItem) => item.status.kind === 'denied' || this.#done.get(item) === 'denied';
    return {
      undecided: open.filter((item) => !isDenied(item)),
      denied: open.filter((item) => isDenied(item) && item.uses.length > 0),
    };
  }

  async #ask(item: ReviewItem): Promise<Outcome> {
    const { project, context, whitelist } = this.#session;
    const card = await reviewCard(item, project);
    const position = { at: this.#items.indexOf(item) + 1, of: this.#items.length };
    context.stdout.report(cardText(card, { ...position, color: wantsColor(undefined, context) }));
    const last = this.#written.at(-1);
    const shared = last?.shared ?? null;
    const sharingItems = shared !== null && canShare(item, shared, context.now) ? this.#itemsFor(shared) : [];
    const key = await this.#prompts.key(
      `What about ${packageLabel(card.package)}?`,
      choicesFor(card, {
        whitelistFile: whitelist,
        isRenewal: nearEndOf(card.status, context.now) !== null,
        shared:
          shared === null || sharingItems.length === 0 ? null : sharedLabel(shared, sharingItems.length),
        undo: last === undefined ? null : `undo the last decision, about ${subjectsOf(last.items)}`,
      }),
    );
    if (key === 't') return shared === null ? 'open' : this.#share(shared, sharingItems);
    if (key === 'u') return this.#undo();
    return this.#decide(card, item, key);
  }

  /** What was decided on the last card can be taken back on no other one. */
  async #end(isNew: boolean): Promise<Outcome> {
    const last = this.#written.at(-1);
    if (last === undefined || !isNew) return 'quit';
    const question = `That was the last one. Undo the last decision, about ${subjectsOf(last.items)}?`;
    const isWanted = await this.#prompts.confirm(question, 'no');
    if (isWanted === null) return 'stopped';
    return isWanted ? this.#undo() : 'quit';
  }

  async #decide(card: ReviewCard, item: ReviewItem, key: Exclude<Key, 't' | 'u'> | null): Promise<Outcome> {
    switch (key) {
      case 'a':
        return this.#approve(card, item);
      case 'd':
        return this.#deny(item);
      case 'r':
        return this.#request(item);
      case '1':
      case '2':
      case '3': {
        const target = card.targets[Number(key) - 1];
        return target ? this.#replace(card, item, target) : 'left';
      }
      case 's':
        return 'left';
      case 'q':
        return 'quit';
      case null:
        return 'stopped';
    }
  }

  #itemsFor(shared: SharedDecision): readonly ReviewItem[] {
    return this.#items.filter(
      (item) => !this.#done.has(item) && canShare(item, shared, this.#session.context.now),
    );
  }

  /** Everything that is decided about is shown first, and Enter alone decides nothing. */
  async #share(shared: SharedDecision, items: readonly ReviewItem[]): Promise<Outcome> {
    for (const item of items) this.#session.context.stdout.write(candidateText(item));
    const sure = await this.#prompts.confirm(`${sharedLabel(shared, items.length)}?`, 'no');
    if (sure !== true) return sure === null ? 'stopped' : 'open';
    await this.#write(shared, items);
    for (const item of items) this.#done.set(item, outcomes[shared.kind]);
    return 'open';
  }

  /** Files that somebody has edited since stay as they are. */
  async #undo(): Promise<Outcome> {
    const last = this.#written.at(-1);
    if (last === undefined) return 'open';
    const { stdout } = this.#session.context;
    const path = await takeBack(last.edited, this.#session);
    if (path !== null) {
      stdout.write(`${escapeControls(path, 400)} was edited in the meantime; nothing was taken back.\n`);
      return 'open';
    }
    this.#written.pop();
    for (const item of last.items) this.#done.delete(item);
    stdout.write(`The decision about ${escapeControls(subjectsOf(last.items), 400)} was taken back.\n`);
    return 'open';
  }

  async #approve(card: ReviewCard, item: ReviewItem): Promise<Outcome> {
    if (card.provider !== null) return this.#record(card.provider.package, item);
    const sure = await this.#isSure(card);
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    const end = await this.#newEnd(card);
    if (end === null) return 'stopped';
    const reason = await this.#reason('Why is it approved?');
    if (reason === null) return 'stopped';
    await this.#write({ kind: 'approved', reason, end }, [item]);
    return 'settled';
  }

  async #record(subject: Package, item: ReviewItem): Promise<Outcome> {
    const { lines, notes, edited } = await recordImports([packageLabel(subject)], this.#session);
    const { context } = this.#session;
    for (const line of lines) context.stdout.write(`${escapeControls(line, 2000)}\n`);
    for (const note of notes) context.stderr.write(`${escapeControls(note, 400)}\n`);
    if (edited === null) return 'left';
    this.#written.push({ items: [item], edited: [edited], shared: null });
    return 'settled';
  }

  /** Nobody approves in spite of a grade by pressing Enter. null: stopped. */
  async #isSure({ package: subject, learned: details, concern }: ReviewCard): Promise<boolean | null> {
    const { grade, stoppedImports } = details;
    if (confirmedGrades.includes(grade)) return typedName(this.#prompts, subject, grade);
    const doubts = [
      ...(blockingGrades.includes(grade) ? [`It is ${grade}.`] : []),
      ...(concern?.sentences ?? []),
      ...stoppedImports.map((module) => `\`import ${module}\` stays stopped.`),
    ];
    if (doubts.length === 0) return true;
    return this.#prompts.confirm(`${doubts.join(' ')} Approve it anyway?`, 'no');
  }

  /** Whoever renews an approval says until when, as Enter alone would make it endless. null: stopped. */
  async #newEnd({ status }: ReviewCard): Promise<{ readonly expires?: string | null } | null> {
    const { context, today } = this.#session;
    const end = nearEndOf(status, context.now);
    if (end === null) return {};
    const question = `Until which day? It ${end < today ? 'ended' : 'ends'} on ${end} (year-month-day, or never)`;
    const answer = await this.#prompts.line(question, (text) => {
      const problem = endProblem(text, today);
      return problem && (text === '' ? problem.next : `${problem.what}. ${problem.next}`);
    });
    return answer === null ? null : endFor(answer, today);
  }

  /** What still uses the package has to go. */
  async #deny(item: ReviewItem): Promise<Outcome> {
    const reason = await this.#reason('Why is it denied?');
    const substitute =
      reason === null ? null : await askForSubstitute(this.#prompts, item.package, this.#session);
    if (reason === null || substitute === null) return 'stopped';
    await this.#write({ kind: 'denied', reason, end: {} }, [item], substitute);
    return outcomes.denied;
  }

  async #request(item: ReviewItem): Promise<Outcome> {
    const reason = await this.#reason('What is it for?');
    if (reason === null) return 'stopped';
    await this.#write({ kind: 'requested', reason, end: {} }, [item]);
    return outcomes.requested;
  }

  #reason(question: string): Promise<string | null> {
    return this.#prompts.line(question, reasonProblem);
  }

  /** @param fields What the entry says that is not said of others. */
  async #write(
    shared: SharedDecision,
    items: readonly ReviewItem[],
    fields: { readonly use?: string | null } = {},
  ): Promise<void> {
    const { kind, reason, end } = shared;
    const { context, today } = this.#session;
    const decisions = items.map(({ package: subject, learned: details }): Decision => {
      const content = { reason, by: this.#by, date: today, ...end, ...fields };
      const isApproval = kind === 'approved';
      return {
        kind,
        package: subject,
        content: isApproval ? { ...content, ...details.content } : content,
        overrides: false,
      };
    });
    const { edited, lines, notice } = await writeDecisions(this.#session, decisions);
    for (const line of lines) context.stdout.write(`${escapeControls(line, 2000)}\n`);
    if (notice !== null) context.stderr.write(`${notice}\n`);
    if (edited.length > 0) this.#written.push({ items, edited, shared });
  }

  /** A package that people still have to take out somewhere is left undecided. */
  async #replace(
    { package: replaced, uses }: ReviewCard,
    item: ReviewItem,
    target: ReplacementTarget,
  ): Promise<Outcome> {
    const { context, project } = this.#session;
    const exchange = { replaced, target };
    const planned = await Promise.all(uses.map(({ use }) => replacementInFile(use.file, exchange, project)));
    for (const replacement of planned) context.stdout.write(replacementText(replacement));
    this.#noteUnused(planned);
    const outcome = await this.#applyAll(
      planned.flatMap(({ edited }) => edited ?? []),
      item,
    );
    const isWhole = planned.every(({ manual }) => manual.length === 0);
    return outcome === 'settled' && !isWhole ? 'left' : outcome;
  }

  /** @returns `settled` where every change was made; `left` where the person, or another edit, was against one. */
  async #applyAll(changes: readonly TextChange[], item: ReviewItem): Promise<Outcome> {
    if (changes.length === 0) return 'settled';
    const sure = await this.#prompts.confirm(
      'Make these edits? Uses in the code and versions are not changed.',
      'yes',
    );
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    const edited: EditedPath[] = [];
    for (const change of changes) for (const file of await this.#apply(change)) edited.push(file);
    if (edited.length > 0) this.#written.push({ items: [item], edited, shared: null });
    return edited.length === changes.length ? 'settled' : 'left';
  }

  /** Files in which only what is staged uses the package: they are to be staged again. */
  #noteUnused(planned: readonly FileReplacement[]): void {
    for (const { file, edited, manual } of planned)
      if (edited === null && manual.length === 0) this.#unedited.add(file);
  }

  /** @returns The file, if it was written: one that was edited since it was read is left alone. */
  async #apply({ file, before: oldText, after: newText }: TextChange): Promise<readonly EditedPath[]> {
    const { location, context } = this.#session;
    const edited: EditedPath[] = [];
    const wasWritten = await editFile(this.#session.edited(file), async (text) => {
      if (text !== oldText) {
        context.stdout.write(
          `${escapeControls(file, 400)} was edited in the meantime; it was not changed.\n`,
        );
        return null;
      }
      const state = await stageabilityOf(location, file, text);
      edited.push({ path: file, state, before: oldText, after: newText });
      return newText;
    });
    return wasWritten ? edited : [];
  }
}
