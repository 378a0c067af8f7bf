import { readFile } from 'node:fs/promises';
import { isFileError } from '../git/git.ts';
import { manifestFormats } from '../ecosystems/manifest-formats.ts';
import type { Suggestion } from '../model/evidence.ts';
import { display, type Package } from '../model/package.ts';
import { visible } from '../text/escape.ts';
import { editFile } from '../app/edit-file.ts';
import { wantsColor } from '../app/process.ts';
import type { Card, Hand } from '../app/review-queue.ts';
import { cardText } from './review-text.ts';
import type { Decision } from '../app/decision.ts';
import type { Desk } from '../app/whitelist-session.ts';
import { dangerous, grave } from '../app/approval-details.ts';
import { openPrompts, required, type Choice, type Prompts } from './prompts.ts';
import { diffLines, replaceIn, type Replacement } from '../app/replacement.ts';
import { offerStaging, stageabilityOf, type Stageability } from './offer-staging.ts';
import { writeDecisions } from '../app/write-decisions.ts';

/** What a person did with a card; `stopped` by Ctrl-C, after which nothing more is asked. */
type Outcome = 'settled' | 'left' | 'quit' | 'stopped';

type Key = 'a' | '1' | '2' | '3' | 'd' | 'r' | 's' | 'q';

/** Goes through cards with a person. */
export class Reviewer {
  readonly #desk: Desk;
  readonly #prompts: Prompts;
  readonly #stage: boolean | undefined;
  readonly #by: string;
  /** Edited files, and how each could be staged before. */
  readonly #edited = new Map<string, Stageability>();

  private constructor(
    desk: Desk,
    prompts: Prompts,
    { stage, by }: { stage: boolean | undefined; by: string },
  ) {
    this.#desk = desk;
    this.#prompts = prompts;
    this.#stage = stage;
    this.#by = by;
  }

  static async open(desk: Desk, stage: boolean | undefined): Promise<Reviewer> {
    return new Reviewer(desk, await openPrompts(desk.world), { stage, by: await desk.author() });
  }

  /** @returns How many cards are left undecided. */
  async go({ cards, unstaged }: Hand): Promise<number> {
    let settled = 0;
    let stage = this.#stage;
    for (const [index, card] of cards.entries()) {
      const color = wantsColor(undefined, this.#desk.world);
      this.#desk.world.stdout.report(cardText(card, { at: index + 1, of: cards.length, color }));
      const outcome = await this.#decide(card);
      if (outcome === 'settled') settled++;
      if (outcome === 'stopped') stage = false;
      if (outcome === 'quit' || outcome === 'stopped') break;
    }
    this.#tellUnstaged(unstaged);
    await this.#offerStaging(unstaged, stage);
    return cards.length - settled;
  }

  async #decide(card: Card): Promise<Outcome> {
    const key = await this.#prompts.key(`What about ${display(card.package)}?`, choicesFor(card));
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
        const suggestion = replacementsFor(card)[Number(key) - 1];
        return suggestion ? this.#replace(card, suggestion) : 'left';
      }
      case 's':
        return 'left';
      case 'q':
        return 'quit';
      case null:
        return 'stopped';
    }
  }

  async #approve({ package: subject, learned }: Card): Promise<Outcome> {
    const sure = await this.#isSure(subject, learned.grade);
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    const reason = await this.#reason('Why is it approved?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#desk.today, ...learned.content };
    return this.#write({ section: 'approved', package: subject, content, overrides: false });
  }

  /** Nobody approves in spite of a grade by pressing Enter. null: stopped. */
  async #isSure({ name }: Package, grade: string): Promise<boolean | null> {
    if (!grave.includes(grade)) return true;
    const question = `It is ${grade}. Approve it in spite of that?`;
    if (!dangerous.includes(grade)) return this.#prompts.confirm(question, 'no');
    const refuse = (answer: string) =>
      answer === '' || answer === name ? undefined : `That is not ${visible(name)}.`;
    const answer = await this.#prompts.line(
      `${question} Then type its name, ${name}. Enter leaves it.`,
      refuse,
    );
    return answer === null ? null : answer === name;
  }

  async #deny({ package: subject }: Card): Promise<Outcome> {
    const reason = await this.#reason('Why is it denied?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#desk.today };
    await this.#write({ section: 'denied', package: subject, content, overrides: false });
    return 'left';
  }

  async #request({ package: subject }: Card): Promise<Outcome> {
    const reason = await this.#reason('What is it for?');
    if (reason === null) return 'stopped';
    const content = { reason, by: this.#by, date: this.#desk.today };
    await this.#write({ section: 'requested', package: subject, content, overrides: false });
    return 'left';
  }

  #reason(question: string): Promise<string | null> {
    return this.#prompts.line(question, required('A decision has a reason.'));
  }

  async #write(decision: Decision): Promise<Outcome> {
    const { changed, state, lines } = await writeDecisions(this.#desk, [decision]);
    for (const line of lines) this.#desk.world.stdout.write(`${visible(line, 2000)}\n`);
    if (changed) this.#note(this.#desk.whitelist, state);
    return 'settled';
  }

  /** The first edit of a file finds it as it was. */
  #note(file: string, state: Stageability): void {
    if (!this.#edited.has(file)) this.#edited.set(file, state);
  }

  async #replace(card: Card, suggestion: Suggestion): Promise<Outcome> {
    const { stdout } = this.#desk.world;
    const planned = await Promise.all(card.uses.map(({ use }) => this.#planned(use, suggestion)));
    const edits = planned.filter((one) => one.kind === 'edit');
    for (const one of planned) {
      const lines =
        one.kind === 'edit' ? diffLines(one) : [`${one.file}: to be changed by hand: ${one.reason}`];
      for (const line of lines) stdout.write(`  ${visible(line, 400)}\n`);
    }
    if (edits.length === 0) return 'left';
    const sure = await this.#prompts.confirm(
      'Edit like that? Uses in the code and versions stay as they are.',
      'yes',
    );
    if (sure !== true) return sure === null ? 'stopped' : 'left';
    for (const one of edits) await this.#apply(one);
    return edits.length === planned.length ? 'settled' : 'left';
  }

  async #planned(use: Card['uses'][number]['use'], suggestion: Suggestion): Promise<Replacement> {
    const text = await textOf(this.#desk.edited(use.file).file);
    if (text === null)
      return { kind: 'byHand', file: use.file, reason: 'it is not a readable file of UTF-8' };
    const format = manifestFormats.find((one) => one.id === use.language && one.claims(use.file)) ?? null;
    return replaceIn(use, suggestion, { text, format });
  }

  async #apply({ file, before, after }: Extract<Replacement, { kind: 'edit' }>): Promise<void> {
    const { ground, world } = this.#desk;
    await editFile(this.#desk.edited(file), async (text) => {
      if (text !== before) {
        world.stdout.write(`${visible(file, 400)} was edited meanwhile; it was left alone.\n`);
        return null;
      }
      this.#note(file, await stageabilityOf(ground, file, text));
      return after;
    });
  }

  #tellUnstaged(unstaged: readonly Package[]): void {
    for (const one of unstaged)
      this.#desk.world.stdout.write(
        `${visible(display(one))} is approved in the work tree, but not in what is staged.\n`,
      );
  }

  async #offerStaging(unstaged: readonly Package[], wanted: boolean | undefined): Promise<void> {
    const { whitelist } = this.#desk;
    if (unstaged.length > 0) this.#edited.set(whitelist, { kind: 'mixed' });
    const groups = new Map<string, { paths: string[]; state: Stageability }>();
    for (const [path, state] of this.#edited) {
      const key = state.kind === 'filtered' ? `filtered ${state.filter}` : state.kind;
      const group = groups.get(key) ?? { paths: [], state };
      groups.set(key, { paths: [...group.paths, path], state });
    }
    // Of several files, those that can be staged are; about the others nobody is refused.
    for (const group of groups.values())
      await offerStaging({ ...group, wanted: group.state.kind === 'clean' ? wanted : undefined }, this.#desk);
  }
}

function choicesFor(card: Card): Choice<Key>[] {
  const { standing } = card;
  const isDenied = standing.kind === 'denied';
  const isRequested = standing.kind === 'unapproved' && standing.requested !== null;
  const keys = ['1', '2', '3'] as const;
  const suggestions = replacementsFor(card).flatMap(({ specifier, why }, at): Choice<Key>[] => {
    const key = keys[at];
    return key ? [{ key, label: `use ${visible(specifier)} instead (${visible(why)})` }] : [];
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
function replacementsFor({ package: subject, standing, learned, uses }: Card): readonly Suggestion[] {
  if (uses.length === 0) return [];
  const { use } = standing.kind === 'denied' ? standing.entry : { use: null };
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
  const named = learned.suggestions.filter(({ package: other }) => other.ecosystem === subject.ecosystem);
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
