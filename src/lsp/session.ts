import type { CodeAction, Diagnostic, Hover, Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { defaults } from '../config/config.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { escapeControls } from '../text/escape.ts';
import { actionsFor, commands } from './actions.ts';
import { argumentOf, decide, type CommandResult } from './decide.ts';
import { diagnosticsOf, rangeOf } from './diagnostics.ts';
import { hoverOf, referenceAt, type HoverFormat } from './hover.ts';
import { DocumentChecker, type InspectorOptions, type OpenDocument } from './document-checker.ts';
import { fileOfUri, locate, uriOf } from './locate.ts';
import { plainFeatures, type ClientFeatures } from './client-features.ts';
import { defaultSettings, type EditorSettings } from './settings.ts';
import { latestIn, manifestEditFor } from '../ecosystems/declare.ts';
import type { ProjectLocation } from '../snapshots/scope-request.ts';
import { isPolicyFile } from './watch.ts';

export type SessionOptions = InspectorOptions;

/** The open texts, as the protocol's library keeps them. */
export interface OpenTexts {
  get(uri: string): TextDocument | undefined;
  all(): TextDocument[];
}

/** What an editor says of itself when it starts the server. */
export interface SessionStart {
  /** The folders of the workspace, absolute. */
  readonly folders: readonly string[];
  readonly format: HoverFormat;
  readonly features: ClientFeatures;
}

/** The report about one version of an open text. */
export interface Checked {
  readonly report: Report;
  readonly location: ProjectLocation;
  readonly path: string;
  readonly version: number;
}

/** What the server knows between two messages: the workspace's folders, and the last report of each open text. */
export class Session {
  readonly #texts: OpenTexts;
  readonly #startOptions: SessionOptions;
  #options: SessionOptions;
  readonly #inspector: DocumentChecker;
  readonly #last = new Map<string, Checked>();
  #folders: readonly string[] = [];
  #format: HoverFormat = 'plaintext';
  #features: ClientFeatures = plainFeatures;
  #settings: EditorSettings = defaultSettings;

  constructor(texts: OpenTexts, options: SessionOptions) {
    this.#texts = texts;
    this.#startOptions = options;
    this.#options = options;
    this.#inspector = new DocumentChecker(options);
  }

  start({ folders, format, features }: SessionStart): void {
    this.#folders = folders;
    this.#format = format;
    this.#features = features;
  }

  changeFolders({
    added,
    removed,
  }: {
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }): void {
    this.#folders = [...this.#folders.filter((folder) => !removed.includes(folder)), ...added];
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

  /** @returns A report as the editor shows it. */
  diagnostics({ report, path, location }: Checked): Diagnostic[] {
    return diagnosticsOf(report, path, {
      severity: this.#settings.severity,
      features: this.#features,
      uriOf: (file) => this.#uriOf(location, file),
    });
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }

  /** Makes ready what the first import of an open text may need that nobody approved. */
  async prepare(uri: string): Promise<void> {
    const file = fileOfUri(uri);
    if (file !== null) await this.#inspector.prepare(file);
  }

  /** @returns Whether a text is open and was never checked. */
  isFresh(uri: string): boolean {
    return !this.#last.has(uri);
  }

  /** @returns Whether an open text is a whitelist, a config or a manifest. */
  decides(uri: string): boolean {
    const file = fileOfUri(uri);
    if (file === null) return false;
    const name = file.replaceAll('\\', '/').split('/').at(-1) ?? '';
    return isPolicyFile(this.#last.get(uri)?.path ?? name, [defaults.whitelist]);
  }

  /** @returns null for a text that is closed or has no place in any project. */
  async check(uri: string, outside: 'known' | 'ask'): Promise<Checked | null> {
    const version = this.#texts.get(uri)?.version;
    const subject = this.#subject(uri);
    if (!subject || version === undefined) return null;
    const { offline } = this.#options;
    const { onlyNewImports } = this.#settings;
    const report = await this.#inspector.check(subject, offline ? 'known' : outside, { onlyNewImports });
    const checked = { report, location: subject.location, path: subject.path, version };
    if (this.#texts.get(uri)) this.#last.set(uri, checked);
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
    const last = this.#last.get(uri);
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

  #subject(uri: string): OpenDocument | null {
    const text = this.#texts.get(uri);
    const located = text && locate(text, this.#near());
    if (!located) return null;
    const buffers = new Map<string, string>();
    for (const openText of this.#texts.all()) {
      const place = locate(openText, this.#near());
      if (place?.location.root === located.location.root) buffers.set(place.path, openText.getText());
    }
    return { ...located, buffers };
  }

  #near() {
    return { folders: this.#folders, env: this.#options.context.env };
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
    return { uri: this.#uriOf(subject.location, edit.path), edit };
  }

  /** An open text keeps the URI that the editor gave it. */
  #uriOf(location: ProjectLocation, path: string): string {
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
