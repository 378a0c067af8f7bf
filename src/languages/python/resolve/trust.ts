import type { Project } from '../../../model/language.ts';
import { codeOnly } from '../logical-lines.ts';
import { FileLookup } from './lookup.ts';
import { ancestors, folderOf, join } from './roots.ts';
import { SourceIndex } from './source-index.ts';

/** What each file that makes its folder a project holds where it is more than a name. */
const PROJECTS: readonly (readonly [name: string, isProject: (text: string) => boolean])[] = [
  ['pyproject.toml', (text) => /^[ \t]*\[[ \t]*(?:project|build-system|tool\.(?:poetry|flit)\b)/m.test(text)],
  ['setup.cfg', (text) => /^\[(?:metadata|options)/m.test(text)],
  ['setup.py', (text) => /\bsetup\s*\(/.test(codeOnly(text))],
  ['manage.py', (text) => text.includes('django')],
];

/** Files that build extension modules (https://cython.readthedocs.io/en/latest/src/quickstart/build.html). */
const BUILDS = ['setup.py', 'setup.cfg', 'pyproject.toml', 'meson.build', 'CMakeLists.txt'] as const;

/** What a file in the Protocol Buffers language begins with. */
const PROTO = /^[ \t]*(?:(?:syntax|edition)[ \t]*=|(?:message|service)[ \t]+\w)/m;

/**
 * The state that is judged, and those whose word counts: what only a change says of where Python looks for modules is
 * taken for true where the change shows that it is, and where nothing but a file's name says so, the file has to be
 * there before.
 */
export class States {
  readonly own: FileLookup;
  readonly trusted: readonly FileLookup[];
  readonly #roots = new Map<string, Promise<boolean>>();
  readonly #indexes = new Map<FileLookup, Promise<SourceIndex>>();

  constructor({ files, trusted }: Pick<Project, 'files' | 'trusted'>) {
    this.own = new FileLookup(files);
    this.trusted = trusted.map((base) => (base === files ? this.own : new FileLookup(base)));
  }

  /** @returns The modules of the state that is judged, by the list of every file. */
  index(): Promise<SourceIndex> {
    return this.#indexOf(this.own);
  }

  /** @returns Whether a root that no settings name was one before, or belongs to a project. */
  isRoot(folder: string): Promise<boolean> {
    const answer = this.#roots.get(folder) ?? this.#findRoot(folder);
    this.#roots.set(folder, answer);
    return answer;
  }

  async #findRoot(folder: string): Promise<boolean> {
    if (await this.#someIndex((index) => index.isRoot(folder))) return true;
    const markers = (await this.index()).markersOf(folder);
    const answers = await Promise.all(
      markers.map(async (file) => {
        const text = (await this.own.text(file)) ?? '';
        return PROJECTS.some(
          ([name, isProject]) => (file === name || file.endsWith(`/${name}`)) && isProject(text),
        );
      }),
    );
    return answers.includes(true);
  }

  /** @returns Whether Python finds the module of a file: source it finds, and what is made of other files where they are made. */
  async isFound(file: string): Promise<boolean> {
    if (!/\.(?:pyx|pyw|proto)$/.test(file)) return true;
    if (await this.#someHas(file)) return true;
    if (file.endsWith('.pyw')) return false;
    const text = (await this.own.text(file)) ?? '';
    if (file.endsWith('.proto')) return PROTO.test(text);
    return text.trim() !== '' && (await this.#isBuilt(file));
  }

  /** @returns Files from which a module of this name is generated, that were there before the change. */
  async generating(name: string): Promise<string | undefined> {
    for (const state of this.trusted) {
      const file = (await this.#indexOf(state)).named(name).find((path) => path.endsWith('.proto'));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** @returns Folders of modules of this top-level name, wherever they are, that were there before the change. */
  async foldersWith(name: string): Promise<readonly string[]> {
    const indexes = await Promise.all(this.trusted.map((state) => this.#indexOf(state)));
    return [...new Set(indexes.flatMap((index) => index.holding(name)))];
  }

  async #isBuilt(file: string): Promise<boolean> {
    const builds = ancestors(folderOf(file)).flatMap((folder) => BUILDS.map((name) => join(folder, name)));
    const present = await this.own.having(builds);
    const texts = await Promise.all([...present].map((path) => this.own.text(path)));
    return texts.some((text) => /cython|pyximport|\.pyx\b/i.test(text ?? ''));
  }

  async #someHas(file: string): Promise<boolean> {
    const answers = await Promise.all(this.trusted.map((state) => state.having([file])));
    return answers.some((present) => present.has(file));
  }

  async #someIndex(holds: (index: SourceIndex) => boolean): Promise<boolean> {
    return (await Promise.all(this.trusted.map((state) => this.#indexOf(state)))).some(holds);
  }

  #indexOf(state: FileLookup): Promise<SourceIndex> {
    const index = this.#indexes.get(state) ?? state.list().then((paths) => new SourceIndex(paths));
    this.#indexes.set(state, index);
    return index;
  }
}
