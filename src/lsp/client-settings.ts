import {
  DidChangeConfigurationNotification,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver/node';
import { joinSettings, problemText, readSettings, type EditorSettings } from './settings.ts';
import { TOOL } from '../model/tool.ts';

/**
 * The settings of an editor: what it sends with `initialize`, and what it answers to `workspace/configuration` or, where
 * it is never asked, sends with `didChangeConfiguration`.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#workspace_configuration
 */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #apply: (settings: EditorSettings) => void;
  #canBeAsked = false;
  #registers = false;
  #initial = readSettings(undefined);
  /** How often the editor was asked: an answer that another one has overtaken is dropped. */
  #questions = 0;
  #lastTold = '';

  /** @param apply Is told what holds from now on. */
  constructor(connection: Connection, apply: (settings: EditorSettings) => void) {
    this.#connection = connection;
    this.#apply = apply;
  }

  /**
   * @returns What holds at first. Until an editor that can be asked has answered, no registry is: it may say that none
   *   ever is.
   */
  start({ initializationOptions, capabilities }: InitializeParams): EditorSettings {
    const { workspace } = capabilities;
    this.#canBeAsked = workspace?.configuration === true;
    this.#registers = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    this.#initial = readSettings(initializationOptions);
    const { settings } = this.#initial;
    return this.#canBeAsked ? { ...settings, offline: true } : settings;
  }

  /** Asks for the settings, and to be told when they change. */
  async listen(): Promise<void> {
    const { type } = DidChangeConfigurationNotification;
    if (this.#registers) await this.#connection.client.register(type, { section: TOOL });
    await this.change(undefined);
  }

  /** @param sent What the editor says that its settings are, those of all servers by name; an editor that can be asked is. */
  async change(sent: unknown): Promise<void> {
    this.#questions += 1;
    const question = this.#questions;
    const section = this.#canBeAsked ? await this.#ask() : sectionOf(sent);
    if (question !== this.#questions) return;
    const sources = [this.#initial, readSettings(section)];
    this.#apply(joinSettings(sources.map(({ settings }) => settings)));
    await this.#tell([...new Set(sources.flatMap(({ problems }) => problems))]);
  }

  /** @returns Nothing where the editor has no answer. */
  async #ask(): Promise<unknown> {
    try {
      const answer: unknown = await this.#connection.workspace.getConfiguration(TOOL);
      return answer;
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      this.#connection.console.info(`the editor does not tell its settings: ${error.message}`);
      return undefined;
    }
  }

  /** Each set of problems is told once, in one message. */
  async #tell(problems: readonly string[]): Promise<void> {
    const message = problems.length === 0 ? '' : problemText(problems);
    if (message === this.#lastTold) return;
    this.#lastTold = message;
    if (message === '') return;
    await this.#connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Warning,
      message,
    });
  }
}

/** What editors send that can't be asked holds the settings of other servers too. */
function sectionOf(sent: unknown): unknown {
  return typeof sent === 'object' && sent !== null && TOOL in sent ? sent[TOOL] : undefined;
}
