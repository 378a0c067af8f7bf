import { languages, StatusBarAlignment, ThemeColor, window, workspace, type Disposable } from 'vscode';
import { statusItem, type Status } from './status.ts';

/** The origin of our diagnostics, as the server writes it. */
const SOURCE = 'check-imports';

/** The item of the status bar: how many findings there are, and whether anybody looks for them. */
export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('check-imports.status', StatusBarAlignment.Left);
  readonly #listener = languages.onDidChangeDiagnostics(() => {
    this.#show();
  });
  #server: Pick<Status, 'state' | 'origin' | 'version'> = {
    state: 'starting',
    origin: null,
    version: undefined,
  };

  constructor() {
    this.#item.name = 'vetted-imports';
    this.#show();
    this.#item.show();
  }

  /** @param server How the server is now. */
  tell(server: Pick<Status, 'state' | 'origin' | 'version'>): void {
    this.#server = server;
    this.#show();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const findings = languages
      .getDiagnostics()
      .flatMap(([, diagnostics]) => diagnostics)
      .filter(({ source }) => source === SOURCE).length;
    const { text, tooltip, command, isWarning } = statusItem({
      ...this.#server,
      findings,
      isTrusted: workspace.isTrusted,
    });
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.command = command;
    this.#item.backgroundColor = isWarning ? new ThemeColor('statusBarItem.warningBackground') : undefined;
  }
}
