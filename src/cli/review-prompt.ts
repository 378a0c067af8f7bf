import { packageLabel, type Package } from '../model/package.ts';
import { escapeControls } from '../text/escape.ts';
import { editFile } from '../app/edit-file.ts';
import { wantsColor } from './context.ts';
import { recordImports } from '../app/record-imports.ts';
import type { ReviewQueue } from '../app/review-queue.ts';
import { cardText } from './review-text.ts';
import type { Decision } from '../app/decision.ts';
import { endFor, endProblem, reasonProblem } from '../app/decision-arguments.ts';
import { nearEndOf } from '../app/expiry.ts';
import { choicesFor } from './review-choices.ts';
import { typedName } from './typed-name.ts';
import type { WhitelistSession } from '../app/whitelist-session.ts';
import { blockingGrades, confirmedGrades } from '../app/approval-details.ts';
import { openPrompts, type Prompts } from './prompts.ts';
import { replacementInFile, type FileReplacement, type TextChange } from '../app/replacement.ts';
import type { ReplacementTarget } from '../app/replacement-targets.ts';
import { reviewCard, type ReviewCard } from '../app/review-card.ts';
import { replacementText } from './replacement-text.ts';
import { stageabilityOf, type Stageability } from '../app/stageability.ts';
import type { CommandContext } from './context.ts';
import { offerStaging } from './offer-staging.ts';
import { writeDecisions } from '../app/write-decisions.ts';

/** What a person did with a item; `stopped` by Ctrl-C, after which nothing more is asked. */
type Outcome = 'settled' | 'left' | 'quit' | 'stopped';

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
      const card = await reviewCard(item, this.#session.project);
      this.#session.context.stdout.report(cardText(card, { at: index + 1, of: items.length, color }));
      const outcome = await this.#decide(card);
      if (outcome === 'settled') settled++;
      if (outcome === 'stopped') stage = false;
      if (outcome === 'quit' || outcome === 'stopped') break;
    }
    this.#tellUnstaged(unstaged);
    await this.#offerStaging(unstaged, stage);
    return items.length - settled;
  }

  async #decide(card: ReviewCard): Promise<Outcome> {
    const key = await this.#prompts.key(
      `What about ${packageLabel(card.package)}?`,
      choicesFor(card, {
        whitelistFile: this.#session.whitelist,
        isRenewal: nearEndOf(card.status, this.#session.context.now) !== null,
      }),
    );
    switch (key) {
      case 'a':
        return this.#approve(card);
      case 'd':
        return this.#deny(card);
      case 'r':
        return this.#request(card);
      case '1':
      case '2':
      case '3': {
        const target = card.targets[Number(key) - 1];
        return target ? this.#replace(card, target) : 'left';
      }
      case 's':
        return 'left';
      case 'q':
        return 'quit';
      case null:
        return 'stopped';
    }
  }

  async #approve(card: ReviewCard): Promise<Outcome> {
    const { package: subject, learned: details, provider } = card;
    if (provider !== null) return this.#record(provider.package);
    const sure = await this.#isSure(card);
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    const end = await this.#newEnd(card);
    if (end === null) return 'stopped';
    const reason = await this.#reason('Why is it approved?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#session.today, ...end, ...details.content };
    return this.#write({ kind: 'approved', package: subject, content, overrides: false });
  }

  async #record(subject: Package): Promise<Outcome> {
    const { lines, notes, state } = await recordImports([packageLabel(subject)], this.#session);
    const { context, whitelist } = this.#session;
    for (const line of lines) context.stdout.write(`${escapeControls(line, 2000)}\n`);
    for (const note of notes) context.stderr.write(`${escapeControls(note, 400)}\n`);
    if (state === null) return 'left';
    this.#note(whitelist, state);
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

  async #deny({ package: subject }: ReviewCard): Promise<Outcome> {
    const reason = await this.#reason('Why is it denied?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#session.today };
    await this.#write({ kind: 'denied', package: subject, content, overrides: false });
    return 'left';
  }

  async #request({ package: subject }: ReviewCard): Promise<Outcome> {
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
    const { edited, lines, notice } = await writeDecisions(this.#session, [decision]);
    for (const line of lines) this.#session.context.stdout.write(`${escapeControls(line, 2000)}\n`);
    if (notice !== null) this.#session.context.stderr.write(`${notice}\n`);
    for (const { path, state } of edited) this.#note(path, state);
    return 'settled';
  }

  /** The first edit of a file finds it as it was. */
  #note(file: string, state: Stageability): void {
    if (!this.#edited.has(file)) this.#edited.set(file, state);
  }

  /** A package that people still have to take out somewhere is left undecided. */
  async #replace({ package: replaced, uses }: ReviewCard, target: ReplacementTarget): Promise<Outcome> {
    const { context, project } = this.#session;
    const exchange = { replaced, target };
    const planned = await Promise.all(uses.map(({ use }) => replacementInFile(use.file, exchange, project)));
    for (const replacement of planned) context.stdout.write(replacementText(replacement));
    this.#noteUnused(planned);
    const outcome = await this.#applyAll(planned.flatMap(({ edited }) => edited ?? []));
    const isWhole = planned.every(({ manual }) => manual.length === 0);
    return outcome === 'settled' && !isWhole ? 'left' : outcome;
  }

  /** @returns `settled` where every change was made; `left` where the person, or another edit, was against one. */
  async #applyAll(changes: readonly TextChange[]): Promise<Outcome> {
    if (changes.length === 0) return 'settled';
    const sure = await this.#prompts.confirm(
      'Make these edits? Uses in the code and versions are not changed.',
      'yes',
    );
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    let isEdited = true;
    for (const change of changes) isEdited = (await this.#apply(change)) && isEdited;
    return isEdited ? 'settled' : 'left';
  }

  /** Files in which only what is staged uses the package: they are to be staged again. */
  #noteUnused(planned: readonly FileReplacement[]): void {
    for (const { file, edited, manual } of planned)
      if (edited === null && manual.length === 0) this.#note(file, { kind: 'mixed' });
  }

  /** @returns Whether the file was written: one that was edited since it was read is left alone. */
  async #apply({ file, before: oldText, after: newText }: TextChange): Promise<boolean> {
    const { location, context } = this.#session;
    return editFile(this.#session.edited(file), async (text) => {
      if (text !== oldText) {
        context.stdout.write(
          `${escapeControls(file, 400)} was edited in the meantime; it was not changed.\n`,
        );
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
