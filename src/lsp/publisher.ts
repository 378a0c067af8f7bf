import type { Connection } from 'vscode-languageserver';
import type { View } from './views.ts';

/** Tells the editor of diagnostics. What it knows of a cell already it is not told again: notebooks have many. */
export class Publisher {
  readonly #connection: Pick<Connection, 'sendDiagnostics'>;
  /** What was said of each cell. */
  readonly #cells = new Map<string, string>();

  constructor(connection: Pick<Connection, 'sendDiagnostics'>) {
    this.#connection = connection;
  }

  /** @param uri Of a text; that of a view is another one where it is a cell of it. */
  async publish(uri: string, views: readonly View[]): Promise<void> {
    const news = views.filter((view) => view.uri === uri || this.#isNews(view));
    await Promise.all(news.map((view) => this.#connection.sendDiagnostics(view)));
  }

  #isNews({ uri, version, diagnostics }: View): boolean {
    const said = JSON.stringify([version, diagnostics]);
    if (this.#cells.get(uri) === said) return false;
    this.#cells.set(uri, said);
    return true;
  }

  /** @param uris Under which nothing is shown from now on. */
  async clear(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.#cells.delete(uri);
    await Promise.all(uris.map((uri) => this.#connection.sendDiagnostics({ uri, diagnostics: [] })));
  }
}
