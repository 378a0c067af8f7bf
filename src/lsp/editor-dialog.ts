import {
  ApplyWorkspaceEditRequest,
  MessageType,
  ShowMessageNotification,
  type ClientCapabilities,
  type Connection,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import type { ActionCapabilities } from './actions.ts';
import type { CommandResult } from './decide.ts';
import type { ApplyEdit, EditCapabilities } from './workspace-edits.ts';

/** @returns How a client takes edits and shows actions. */
export function actionCapabilitiesOf({
  workspace,
  textDocument,
}: ClientCapabilities): ActionCapabilities & EditCapabilities {
  return {
    applies: workspace?.applyEdit === true,
    versions: workspace?.workspaceEdit?.documentChanges === true,
    disabled: textDocument?.codeAction?.disabledSupport === true,
    preferred: textDocument?.codeAction?.isPreferredSupport === true,
  };
}

/** What the server says to the person at the editor, and asks. */
export class EditorDialog {
  readonly #connection: Connection;
  readonly #createsProgress: boolean;

  constructor(connection: Connection, { window }: ClientCapabilities) {
    this.#connection = connection;
    this.#createsProgress = window?.workDoneProgress === true;
  }

  /** @returns Whether the person said yes. */
  async confirm(question: string, yes: string): Promise<boolean> {
    const { window } = this.#connection;
    const answer = await window.showWarningMessage(question, { title: yes }, { title: 'Cancel' });
    return answer?.title === yes;
  }

  /** A notification: the library would send a request without answers, which some editors make a question of. */
  async tell({ done, message }: CommandResult): Promise<void> {
    const type = done ? MessageType.Info : MessageType.Error;
    await this.#connection.sendNotification(ShowMessageNotification.type, { type, message });
  }

  readonly apply: ApplyEdit = (params) =>
    this.#connection.sendRequest(ApplyWorkspaceEditRequest.type, params);

  /**
   * Shows that something is going on, where the client can show that.
   *
   * @param progress What the client gave for its request.
   * @returns Ends it; nothing happens where it has ended.
   */
  async begin(title: string, progress: WorkDoneProgressReporter): Promise<() => void> {
    const reporter = this.#createsProgress
      ? await this.#connection.window.createWorkDoneProgress()
      : progress;
    reporter.begin(title);
    let isOver = false;
    return () => {
      if (!isOver) reporter.done();
      isOver = true;
    };
  }
}
