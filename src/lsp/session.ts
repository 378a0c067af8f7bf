import type { CodeAction, Diagnostic, Hover, Position, Range } from 'vscode-languageserver';
import { packageLabel } from '../model/package.ts';
import { gradesOf } from '../../rules/grades.ts';
import type { Place } from '../model/text.ts';
import type { Finding } from '../../rules/index.ts';
import { actionsFor, decisionSubject, type ActionCapabilities } from './actions.ts';
import { CheckedDocuments, type ChangedFile, type Checked } from './checked-documents.ts';
import { invalidParams, type DecisionCommand } from './commands.ts';
import { decide, type CommandResult, type DecisionCircumstances } from './decide.ts';
import { defaultReason } from './default-reason.ts';
import { placedDiagnostics, rangeOf } from './diagnostics.ts';
import { changeOfText, Documents, type Subject } from './documents.ts';
import { hoverOf, referenceAt, type HoverFormat } from './hover.ts';
import { DocumentChecker, faulty, type InspectorOptions } from './document-checker.ts';
import { fileOfUri, uriOf } from './locate.ts';
import { plainFeatures, type ClientFeatures } from './client-features.ts';
import type { OpenDocument } from './open-projects.ts';
import type { OpenTexts } from './open-texts.ts';
import { Places } from './places.ts';
import type { FileChange } from './read-record.ts';
import { defaultSettings, type EditorSettings } from './settings.ts';
import { latestIn, manifestEditFor } from '../ecosystems/declare.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { viewsOf, type View } from './views.ts';
import { editorTextOf, type ApplyEdit, type EditCapabilities } from './workspace-edits.ts';

export type SessionOptions = InspectorOptions;

/** Where actions are asked for, and the diagnostics that the editor shows there. */
export interface ActionPlace {
  readonly range: Range;
  readonly diagnostics: readonly Diagnostic[];
}

/** What the client does for a decision. */
export interface DecisionClient extends Pick<DecisionCircumstances, 'confirm'> {
  readonly capabilities: EditCapabilities;
  readonly apply: ApplyEdit;
}

/** What an editor says of itself when it starts the server. */
export interface SessionStart {
  /** The folders of the workspace, absolute. */
  readonly folders: readonly string[];
  readonly format: HoverFormat;
  readonly features: ClientFeatures;
}

/** What the server knows between two messages: the workspace's folders, and the last report of each open text. */
export class Session {
  readonly #texts: OpenTexts;
  readonly #startOptions: SessionOptions;
  #options: SessionOptions;
  readonly #inspector: DocumentChecker;
  readonly #places: Places;
  readonly #documents: Documents;
  readonly #checked = new CheckedDocuments();
  /** The texts that somebody edited or asked about, the last one last. */
  readonly #attention = new Set<string>();
  #format: HoverFormat = 'plaintext';
  #features: ClientFeatures = plainFeatures;
  #settings: EditorSettings = defaultSettings;

  constructor(texts: OpenTexts, options: SessionOptions) {
    this.#texts = texts;
    this.#startOptions = options;
    this.#options = options;
    this.#inspector = new DocumentChecker(options);
    this.#places = new Places(options.context.env);
    this.#documents = new Documents(texts, this.#places);
  }

  start({ folders, format, features }: SessionStart): void {
    this.#places.setFolders(folders);
    this.#format = format;
    this.#features = features;
  }

  changeFolders(change: Parameters<Places['changeFolders']>[0]): void {
    this.#places.changeFolders(change);
    this.#documents.renew();
  }

  /**
   * Takes over what the editor sets. How the server was started counts as well: what is offline stays so.
   *
   * @returns Whether open texts may have to be shown otherwise.
   */
  configure(settings: EditorSettings): boolean {
    const shown = ({ onlyNewImports, severity }: EditorSettings) =>
      JSON.stringify([onlyNewImports, ...severity]);
    const isChanged = shown(this.#settings) !== shown(settings);
    this.#settings = settings;
    this.#options = { ...this.#startOptions, offline: this.#startOptions.offline || settings.offline };
    return isChanged;
  }

  /** Nobody outside is asked: as the server was started, or as the editor sets it. */
  get isOffline(): boolean {
    return this.#options.offline;
  }

  /** @returns A report as the editor shows it; nothing of a notebook whose cells are others by now. */
  views(uri: string, { report, path, basis, version }: Checked): readonly View[] {
    const text = this.#texts.get(uri);
    if (text?.cells !== undefined && text.version !== version) return [];
    const form = basis && {
      severity: this.#settings.severity,
      features: this.#features,
      uriOf: (file: string) => this.#uriOf(basis.document.location, file),
    };
    const placed = placedDiagnostics(report, path, form ?? undefined);
    return viewsOf({ uri, version, cells: text?.cells }, placed);
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
    // Registries take their time: the text may have been checked again, or closed and opened anew, where versions start anew.
    const isOfOpenText = version <= (this.#texts.get(uri)?.version ?? -Infinity);
    if (isOfOpenText && (last === undefined || last.version <= version)) this.#checked.set(uri, checked);
    return checked;
  }

  /** @param uri Of an open text or of a cell, in which the position counts. */
  async hover(uri: string, position: Position): Promise<Hover | null> {
    const { text, cell } = this.#texts.addressOf(uri);
    const subject = this.#subject(text);
    const reference = subject && referenceAt(await this.#inspector.references(subject), position, cell);
    if (!reference) return null;
    const packageEvidence = reference.judged
      ? this.#inspector.knowledge(subject, reference.judged.package)
      : undefined;
    const substitute = reference.judged
      ? await this.#inspector.substituteOf(subject, reference.judged.status)
      : null;
    return hoverOf(reference, { packageEvidence, substitute }, this.#format);
  }

  /** @param where Of an open text or of a cell, in which the range counts. */
  async actions(
    where: string,
    { range, diagnostics }: ActionPlace,
    capabilities: ActionCapabilities,
  ): Promise<CodeAction[]> {
    const { text: uri, cell } = this.#texts.addressOf(where);
    const text = this.#texts.get(uri);
    const subject = this.#subject(uri);
    if (!text || !subject) return [];
    const { version, cells } = text;
    const last = this.#checked.get(uri);
    const checked = last?.version === version ? last : await this.check(uri, 'known');
    const findings = (checked?.report.findings ?? []).filter(({ places }) =>
      places.some((place) => place.cell === cell && touches(rangeOf(place), range)),
    );
    const actions = findings.map(async (finding) => {
      const decided = decisionSubject(finding);
      const actionSubject = {
        uri,
        partAt: (place: Pick<Place, 'cell'>) =>
          place.cell === null ? { uri, version } : cells?.documents[place.cell - 1],
        finding,
        diagnostics: belonging(finding, { path: subject.path, cell }, diagnostics),
        replacements: await this.#inspector.replacements(subject, finding),
        decisions: decided === null ? [] : await this.#inspector.decisions(subject, finding, decided),
        manifest: await this.#manifest(subject, finding),
      };
      return actionsFor(actionSubject, capabilities);
    });
    return (await Promise.all(actions)).flat();
  }

  /**
   * Carries out one of our commands.
   *
   * @param client Asks the person, and edits what is open.
   * @returns null where the person said no.
   * @throws ResponseError for a text that is not open.
   */
  async execute(command: DecisionCommand, client: DecisionClient): Promise<CommandResult | null> {
    const { name } = command;
    const { text: uri } = this.#texts.addressOf(command.argument.uri);
    const argument = { ...command.argument, uri };
    const subject = this.#subject(uri);
    if (!subject) throw invalidParams(`${uri} is not open, or belongs to no project`);
    const { root } = subject.location;
    const { context, offline, config } = this.#options;
    const textOf = (file: string) => {
      const open = this.#documents.textOf(file);
      return open === undefined ? null : editorTextOf(open, client.capabilities, client.apply);
    };
    const reason = argument.reason ?? (await this.#reasonFor({ name, argument }, subject));
    return decide(
      { name, package: argument.package, reason },
      {
        context: { ...context, cwd: root, now: new Date() },
        offline,
        config,
        editorTexts: { buffers: subject.buffers, textOf },
        confirm: client.confirm,
      },
    );
  }

  /** What the open text itself tells of the package. */
  async #reasonFor({ name, argument }: DecisionCommand, subject: OpenDocument): Promise<string> {
    const isMeant = (candidate: Finding['package']) =>
      candidate !== null && packageLabel(candidate) === argument.package;
    const references = (await this.#inspector.references(subject)).filter((reference) =>
      isMeant(reference.judged?.package ?? null),
    );
    const findings = this.#checked.get(argument.uri)?.report.findings ?? [];
    const finding = findings.find((candidate) => isMeant(decisionSubject(candidate)));
    return defaultReason(name, subject.path, { references, finding });
  }

  async #report(uri: string, subject: Subject, outside: 'known' | 'ask'): Promise<Omit<Checked, 'version'>> {
    if (subject.kind === 'fault') return { report: faulty(subject.fault), basis: null, path: '' };
    const { document } = subject;
    const reach = this.isOffline ? 'known' : outside;
    const checkNow = () => this.#inspector.check(document, reach, this.#settings);
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

  /** How the nearest manifest would declare a package that its registry has, and that nothing speaks against. */
  async #manifest(subject: OpenDocument, finding: Finding) {
    if (finding.rule !== 'unapproved-package' || finding.package === null) return undefined;
    const packageEvidence = this.#inspector.knowledge(subject, finding.package);
    if (packageEvidence === undefined || !gradesOf('present').includes(packageEvidence.grade))
      return undefined;
    const declared = { package: finding.package, latest: latestIn(packageEvidence.evidence) };
    const files = await this.#inspector.files(subject);
    const edit = files && (await manifestEditFor(declared, subject.path, files));
    if (!edit || edit.path === subject.path) return undefined;
    const uri = this.#uriOf(subject.location, edit.path);
    return { uri, version: this.#texts.get(uri)?.version ?? null, edit };
  }

  /** An open text keeps the URI that the editor gave it. */
  #uriOf(location: ProjectLocation, path: string): string {
    const uri = uriOf(location, path);
    const open = this.#texts.all().find((text) => fileOfUri(text.uri) === fileOfUri(uri));
    return open?.uri ?? uri;
  }
}

function belonging(
  finding: Finding,
  { path, cell }: { readonly path: string; readonly cell: Place['cell'] },
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const report = { findings: [finding], faults: [] };
  const ours = placedDiagnostics(report, path)
    .filter((placed) => placed.cell === cell)
    .map(({ diagnostic: { range, code } }) => JSON.stringify([range, code]));
  return diagnostics.filter(({ range, code }) => ours.includes(JSON.stringify([range, code])));
}

function touches(left: Range, right: Range): boolean {
  return !isBefore(left.end, right.start) && !isBefore(right.end, left.start);
}

function isBefore(left: Position, right: Position): boolean {
  return left.line < right.line || (left.line === right.line && left.character < right.character);
}
