import type { ProjectLocation } from '../snapshots/scope-request.ts';
import type { Report } from '../../rules/index.ts';
import { stampOf, type Stamp } from './disk.ts';
import { fileOfUri, pathBelow, realPath } from './locate.ts';
import { headOf, type OpenDocument } from './open-projects.ts';
import type { FileChange, ReadRecord } from './read-record.ts';

/** A report, and what it rests on; null where the project could not be had. */
export interface DocumentReport {
  readonly report: Report;
  readonly basis: Basis | null;
}

/** The report about one version of an open text. */
export interface Checked extends DocumentReport {
  readonly path: string;
  readonly version: number;
}

/** What a report rests on besides the text itself. */
export interface Basis {
  readonly document: OpenDocument;
  readonly record: ReadRecord;
  readonly head: string;
  readonly ignores: (path: string) => boolean;
  /** Where config and whitelist of the project were looked for, with what extends them. */
  readonly policyNames: readonly string[];
}

/** A change of a file of any project. */
export interface ChangedFile {
  readonly uri: string;
  readonly change: FileChange;
}

/** The last report of each open text, and what would make it another one. */
export class CheckedDocuments {
  readonly #last = new Map<string, Checked>();
  /** The checks that run. */
  readonly #running = new Set<{ readonly uri: string; readonly root: string }>();

  /** Notes that a text is checked, so that changes meanwhile concern it: nobody knows yet what it asks for. */
  async during<T>(uri: string, { root }: ProjectLocation, check: () => Promise<T>): Promise<T> {
    const run = { uri, root };
    this.#running.add(run);
    try {
      return await check();
    } finally {
      this.#running.delete(run);
    }
  }

  get(uri: string): Checked | undefined {
    return this.#last.get(uri);
  }

  set(uri: string, checked: Checked): void {
    this.#last.set(uri, checked);
  }

  delete(uri: string): void {
    this.#last.delete(uri);
  }

  /** @returns The open texts whose reports changes of files may make others. */
  dependents(changes: readonly ChangedFile[]): string[] {
    const files = changes.flatMap(({ uri, change }) => {
      const file = fileOfUri(uri);
      return file === null ? [] : [{ file, change }];
    });
    const realRoots = new Map<string, string>();
    const pathIn = (root: string, file: string) => {
      const realRoot = realRoots.get(root) ?? realPath(root);
      realRoots.set(root, realRoot);
      return pathBelow(root, file) ?? pathBelow(realRoot, file);
    };
    const dependents = this.#those(({ basis }) => {
      if (basis === null) return files.length > 0;
      const { root } = basis.document.location;
      return files.some(({ file, change }) => {
        const path = pathIn(root, file);
        return path !== null && basis.record.dependsOn(path, change, basis.ignores);
      });
    });
    const running = [...this.#running].filter(({ root }) =>
      files.some(({ file }) => pathIn(root, file) !== null),
    );
    return [...new Set([...dependents, ...running.map(({ uri }) => uri)])];
  }

  /** @returns The open texts whose projects are others by now than when they were checked, as far as files tell. */
  outdated(): string[] {
    const heads = new Map<string, string>();
    const stamps = new Map<string, Stamp>();
    return this.#those(({ basis }) => {
      if (basis === null) return true;
      const { location, buffers } = basis.document;
      const { root } = location;
      const head = heads.get(root) ?? headOf(location);
      heads.set(root, head);
      const stamp = (path: string) => {
        if (buffers.has(path)) return null;
        const key = `${root}\0${path}`;
        const current = stamps.get(key) ?? stampOf(root, path);
        stamps.set(key, current);
        return current;
      };
      return head !== basis.head || basis.record.isOutdated(stamp);
    });
  }

  #those(isMeant: (checked: Checked) => boolean): string[] {
    return [...this.#last].flatMap(([uri, checked]) => (isMeant(checked) ? [uri] : []));
  }
}
