import type { CodeAction, Diagnostic, Hover, Position, Range } from 'vscode-languageserver';
import type { Finding } from '../../rules/index.ts';
import { escapeControls } from '../text/escape.ts';
import { actionsFor, commands } from './actions.ts';
import { CheckedDocuments, type ChangedFile, type Checked } from './checked-documents.ts';
import { argumentOf, decide, type CommandResult } from './decide.ts';
import { diagnosticsOf, rangeOf } from './diagnostics.ts';
import { changeOfText, Documents, type OpenTexts, type Subject } from './documents.ts';
import { hoverOf, referenceAt, type HoverFormat } from './hover.ts';
import { DocumentChecker, faulty, type InspectorOptions } from './document-checker.ts';
import { fileOfUri, uriOf } from './locate.ts';
import type { OpenDocument } from './open-projects.ts';
import { Places } from './places.ts';
import type { FileChange } from './read-record.ts';
import { latestIn, manifestEditFor } from '../ecosystems/declare.ts';

export type SessionOptions = InspectorOptions;

/** What the server knows between two messages: the workspace's folders, and the last report of each open text. */
export class Session {
  readonly #texts: OpenTexts;
  readonly #options: SessionOptions;
  readonly #inspector: DocumentChecker;
  readonly #places: Places;
  readonly #documents: Documents;
  readonly #checked = new CheckedDocuments();
  /** The texts that somebody edited or asked about, the last one last. */
  readonly #attention = new Set<string>();
  #format: HoverFormat = 'plaintext';

  constructor(texts: OpenTexts, options: SessionOptions) {
    this.#texts = texts;
    this.#options = options;
    this.#inspector = new DocumentChecker(options);
    this.#places = new Places(options.context.env);
    this.#documents = new Documents(texts, this.#places);
  }

  start({ folders, format }: { readonly folders: readonly string[]; readonly format: HoverFormat }): void {
    this.#places.setFolders(folders);
    this.#format = format;
  }

  changeFolders(change: Parameters<Places['changeFolders']>[0]): void {
    this.#places.changeFolders(change);
    this.#documents.renew();
  }

  /** @returns The other texts that a text concerns which was opened. */
  opened(uri: string): readonly string[] {
    return this.#textChanged(uri, (text) => changeOfText({ uri, text }, 'created'));
  }

  /** @returns The other texts that an edit concerns. */
  edited(uri: string): readonly string[] {
    return this.#textChanged(uri, () => 'changed');
  }

  /** @param text Its last one. @returns The other texts that a text concerns which was closed. */
  closed(uri: string, text: string): readonly string[] {
    this.#documents.forget(uri);
    this.#checked.delete(uri);
    this.#attention.delete(uri);
    const change = changeOfText({ uri, text }, 'deleted');
    return change === null ? [] : this.#checked.dependents([{ uri, change }]);
  }

  /** @returns The texts that changes of files on disk concern: where a text is open, that one counts. */
  changedOnDisk(changes: readonly ChangedFile[]): readonly string[] {
    this.#documents.renew();
    const openFiles = this.#documents.files();
    return this.#checked.dependents(changes.filter(({ uri }) => !openFiles.has(fileOfUri(uri))));
  }

  /** @returns The texts whose files or HEAD are others than when they were checked. */
  outdated(): readonly string[] {
    const outdated = this.#checked.outdated();
    if (outdated.length > 0) this.#documents.renew();
    return outdated;
  }

  /** @returns Open texts, those first that somebody edited or asked about last. */
  byAttention(uris: readonly string[]): readonly string[] {
    const order = new Map([...this.#attention].map((uri, at) => [uri, at]));
    return uris.toSorted((left, right) => (order.get(right) ?? -1) - (order.get(left) ?? -1));
  }

  #attend(uri: string): void {
    this.#attention.delete(uri);
    this.#attention.add(uri);
  }

  /** Makes ready what the first import of an open text may need that nobody approved. */
  async prepare(uri: string): Promise<void> {
    const file = fileOfUri(uri);
    if (file !== null) await this.#inspector.prepare(file);
  }

  /** @returns Whether a text is open and was never checked. */
  isFresh(uri: string): boolean {
    return this.#checked.get(uri) === undefined;
  }

  /** @returns Where config and whitelist of a text's project were looked for when it was checked. */
  policyNames(uri: string): readonly string[] {
    return this.#checked.get(uri)?.basis?.policyNames ?? [];
  }

  /** @returns null for a text that is closed or has no place in any project. */
  async check(uri: string, outside: 'known' | 'ask'): Promise<Checked | null> {
    const subject = this.#documents.subject(uri);
    if (!subject) return null;
    const { version } = subject;
    const checked = { ...(await this.#report(uri, subject, outside)), version };
    const last = this.#checked.get(uri);
    // Registries take their time: the text may have been checked again.
    if (this.#texts.get(uri) && (last === undefined || last.version <= version))
      this.#checked.set(uri, checked);
    return checked;
  }

  async hover(uri: string, position: Position): Promise<Hover | null> {
    const subject = this.#subject(uri);
    const reference = subject && referenceAt(await this.#inspector.references(subject), position);
    if (!reference) return null;
    const packageEvidence = reference.judged
      ? this.#inspector.knowledge(subject, reference.judged.package)
      : undefined;
    const substitute = reference.judged
      ? await this.#inspector.substituteOf(subject, reference.judged.status)
      : null;
    return hoverOf(reference, { packageEvidence, substitute }, this.#format);
  }

  /** @param diagnostics The diagnostics that the editor shows there. */
  async actions(uri: string, range: Range, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    const text = this.#texts.get(uri);
    const subject = this.#subject(uri);
    if (!text || !subject) return [];
    const last = this.#checked.get(uri);
    const checked = last?.version === text.version ? last : await this.check(uri, 'known');
    const findings = (checked?.report.findings ?? []).filter(({ places }) =>
      places.some((place) => place.cell === null && touches(rangeOf(place), range)),
    );
    const actions = findings.map(async (finding) =>
      actionsFor({
        uri,
        finding,
        diagnostics: belonging(finding, subject.path, diagnostics),
        replacements: await this.#inspector.replacements(subject, finding),
        manifest: await this.#manifest(subject, finding),
      }),
    );
    return (await Promise.all(actions)).flat();
  }

  /**
   * Carries out one of our commands.
   *
   * @param confirm Asks the person; nothing is approved without a yes.
   * @returns null where the person said no, or the command is none of ours.
   */
  async execute(
    command: string,
    values: readonly unknown[] | undefined,
    confirm: (question: string, yes: string) => Promise<boolean>,
  ): Promise<CommandResult | null> {
    const argument = argumentOf(values);
    const subject = argument && this.#subject(argument.uri);
    if (!subject || !Object.values<string>(commands).includes(command)) return null;
    const reason = argument.reason?.trim() ?? `used in ${subject.path}`;
    if (command === commands.approve) {
      const question = `Approve ${escapeControls(argument.package)} for the whole repository, with the reason “${escapeControls(reason)}”?`;
      if (!(await confirm(question, 'Approve'))) return null;
    }
    const { context, offline } = this.#options;
    const projectContext = { ...context, cwd: subject.location.root, now: new Date() };
    return decide(command, { package: argument.package, reason, offline }, projectContext);
  }

  async #report(uri: string, subject: Subject, outside: 'known' | 'ask'): Promise<Omit<Checked, 'version'>> {
    if (subject.kind === 'fault') return { report: faulty(subject.fault), basis: null, path: '' };
    const { document } = subject;
    const checkNow = () => this.#inspector.check(document, outside);
    return { ...(await this.#checked.during(uri, document.location, checkNow)), path: document.path };
  }

  /** What a person asks about is looked at as it is now. */
  #subject(uri: string): OpenDocument | null {
    this.#attend(uri);
    this.#documents.renewPlaces();
    const subject = this.#documents.subject(uri);
    return subject?.kind === 'document' ? subject.document : null;
  }

  #textChanged(uri: string, changeOf: (text: string) => FileChange | null): readonly string[] {
    this.#attend(uri);
    const text = this.#texts.get(uri)?.getText();
    const change = text === undefined ? null : changeOf(text);
    if (change === null) {
      this.#documents.noteSame(uri);
      return [];
    }
    this.#documents.noteEdit(uri);
    return this.#checked.dependents([{ uri, change }]).filter((dependent) => dependent !== uri);
  }

  /** How the nearest manifest would declare a package that exists. */
  async #manifest(subject: OpenDocument, finding: Finding) {
    if (finding.rule !== 'unapproved-package' || finding.package === null) return undefined;
    if (['malicious', 'nonexistent', 'withdrawn'].includes(finding.grade ?? '')) return undefined;
    const packageEvidence = this.#inspector.knowledge(subject, finding.package);
    const declared = { package: finding.package, latest: latestIn(packageEvidence?.evidence ?? []) };
    const files = await this.#inspector.files(subject);
    const edit = files && (await manifestEditFor(declared, subject.path, files));
    if (!edit || edit.path === subject.path) return undefined;
    return { uri: this.#uriOf(subject, edit.path), edit };
  }

  /** An open text keeps the URI that the editor gave it. */
  #uriOf({ location }: OpenDocument, path: string): string {
    const uri = uriOf(location, path);
    const open = this.#texts.all().find((text) => fileOfUri(text.uri) === fileOfUri(uri));
    return open?.uri ?? uri;
  }
}

function belonging(finding: Finding, path: string, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const report = { findings: [finding], faults: [] };
  const ours = diagnosticsOf(report, path).map((diagnostic) =>
    JSON.stringify([diagnostic.range, diagnostic.code]),
  );
  return diagnostics.filter(({ range, code }) => ours.includes(JSON.stringify([range, code])));
}

function touches(left: Range, right: Range): boolean {
  return !isBefore(left.end, right.start) && !isBefore(right.end, left.start);
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}
