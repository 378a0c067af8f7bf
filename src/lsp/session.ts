import type { CodeAction, Diagnostic, Hover, Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { defaults } from '../config/config.ts';
import type { Finding, Report } from '../../rules/index.ts';
import { escapeControls } from '../text/escape.ts';
import { actionsFor, commands } from './actions.ts';
import { argumentOf, decide, type CommandResult } from './decide.ts';
import { diagnosticsOf, rangeOf } from './diagnostics.ts';
import { hoverOf, referenceAt, type HoverFormat } from './hover.ts';
import { DocumentChecker, faulty, type InspectorOptions, type OpenDocument } from './document-checker.ts';
import { fileOfUri, uriOf, type DocumentLocation } from './locate.ts';
import { Places } from './places.ts';
import { latestIn, manifestEditFor } from '../ecosystems/declare.ts';
import { isPolicyFile } from './watch.ts';

export type SessionOptions = InspectorOptions;

/** The open texts, as the protocol's library keeps them. */
export interface OpenTexts {
  get(uri: string): TextDocument | undefined;
  all(): TextDocument[];
}

/** The report about one version of an open text. */
export interface Checked {
  readonly report: Report;
  readonly path: string;
  readonly version: number;
}

/** What the server knows between two messages: the workspace's folders, and the last report of each open text. */
export class Session {
  readonly #texts: OpenTexts;
  readonly #options: SessionOptions;
  readonly #inspector: DocumentChecker;
  readonly #last = new Map<string, Checked>();
  readonly #places: Places;
  #format: HoverFormat = 'plaintext';

  constructor(texts: OpenTexts, options: SessionOptions) {
    this.#texts = texts;
    this.#options = options;
    this.#inspector = new DocumentChecker(options);
    this.#places = new Places(options.context.env);
  }

  start({ folders, format }: { readonly folders: readonly string[]; readonly format: HoverFormat }): void {
    this.#places.setFolders(folders);
    this.#format = format;
  }

  changeFolders(change: Parameters<Places['changeFolders']>[0]): void {
    this.#places.changeFolders(change);
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
    this.#places.renew();
    const text = this.#texts.get(uri);
    const located = text && this.#places.of(text);
    if (!located) return null;
    const { version } = text;
    if (located.kind === 'fault') return { report: faulty(located.fault), path: '', version };
    const { path } = located;
    const report = await this.#inspector.check({ ...located, buffers: this.#buffersOf(located) }, outside);
    const checked = { report, path, version };
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
    this.#places.renew();
    const text = this.#texts.get(uri);
    const located = text && this.#places.of(text);
    return located?.kind === 'place' ? { ...located, buffers: this.#buffersOf(located) } : null;
  }

  #buffersOf({ location }: DocumentLocation): ReadonlyMap<string, string> {
    const buffers = new Map<string, string>();
    for (const text of this.#texts.all()) {
      const place = this.#places.of(text);
      if (place?.kind === 'place' && place.location.root === location.root)
        buffers.set(place.path, text.getText());
    }
    return buffers;
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
