import type { Project } from '../../../model/language.ts';
import { literalsIn } from '../literals.ts';
import { codeOnly } from '../logical-lines.ts';
import { isGeneratedName } from './generated.ts';
import { topmost } from './host-files.ts';
import { FileLookup } from './lookup.ts';
import { expressionAt } from './path-constants.ts';
import { ancestors, folderOf, join } from './roots.ts';
import { SourceIndex } from './source-index.ts';

/** What each file that makes its folder a project holds where it is more than a name. */
const PROJECTS: readonly (readonly [name: string, isProject: (text: string) => boolean])[] = [
  ['pyproject.toml', (text) => /^[ \t]*\[[ \t]*(?:project|build-system|tool\.(?:poetry|flit)\b)/m.test(text)],
  ['setup.cfg', (text) => /^\[(?:metadata|options)/m.test(text)],
  ['setup.py', (text) => /\bsetup\s*\(/.test(codeOnly(text))],
  ['manage.py', (text) => text.includes('django')],
];

/** The table of pyproject.toml that names what a build needs, up to the next table. */
const BUILD_SYSTEM = /^[ \t]*\[[ \t]*build-system[ \t]*\][^\n]*(?:\n(?![ \t]*\[)[^\n]*)*/m;

/**
 * Files that build extension modules, and what each of them holds where it builds them of Cython
 * (https://cython.readthedocs.io/en/latest/src/quickstart/build.html).
 */
const BUILDS: readonly (readonly [name: string, isBuilding: (text: string) => boolean])[] = [
  ['setup.py', isCythonScript],
  ['setup.cfg', (text) => /cython|\.pyx\b/i.test(withoutLineComments(text))],
  [
    'pyproject.toml',
    (text) => {
      const settings = withoutLineComments(text);
      const [build = ''] = BUILD_SYSTEM.exec(settings) ?? [];
      return /cython/i.test(build) || /["'][^"'\n]*\.pyx["']/.test(settings);
    },
  ],
  ['meson.build', (text) => /cython|\.pyx\b/i.test(withoutLineComments(text))],
  ['CMakeLists.txt', (text) => /cython|\.pyx\b/i.test(withoutLineComments(text))],
];

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
  #grpclib: Promise<boolean> | undefined;

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

  /**
   * @param module The module's name, or its path, of which the last part counts.
   * @returns Whether Python finds the module of a file: source it finds, and what is made of other files where they are made.
   */
  async isFound(file: string, module: string): Promise<boolean> {
    if (!/\.(?:pyx|pyw|proto)$/.test(file)) return true;
    if (await this.#someHas(file)) return true;
    if (file.endsWith('.pyw')) return false;
    const text = (await this.own.text(file)) ?? '';
    if (file.endsWith('.proto'))
      return PROTO.test(text) && (isGeneratedName(module) || (await this.#generatesGrpclib()));
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
    const builds = ancestors(folderOf(file)).flatMap((folder) =>
      BUILDS.map(([name, isBuilding]) => ({ path: join(folder, name), isBuilding })),
    );
    const present = await this.own.having(builds.map(({ path }) => path));
    const answers = builds
      .filter(({ path }) => present.has(path))
      .map(async ({ path, isBuilding }) => isBuilding((await this.own.text(path)) ?? ''));
    return (await Promise.all(answers)).includes(true);
  }

  /** What is named `order_grpc` anybody may name so: grpclib alone makes it, where a state before the change declares it. */
  #generatesGrpclib(): Promise<boolean> {
    this.#grpclib ??= Promise.all(this.trusted.map(declaresGrpclib)).then((answers) =>
      answers.includes(true),
    );
    return this.#grpclib;
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

/** Files in which Python projects declare what they need. */
const DECLARATIONS =
  /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|environment[\w.-]*\.ya?ml|[\w.-]*requirements[\w.-]*\.(?:txt|in))$/;

async function declaresGrpclib(state: FileLookup): Promise<boolean> {
  const files = topmost(await state.list(), DECLARATIONS);
  const texts = await Promise.all(files.map((path) => state.text(path)));
  return texts.some((text) => /\bgrpclib\b/.test(withoutLineComments(text ?? '')));
}

/** @returns Whether a setup.py builds Cython: it calls `cythonize`, or an extension has a source that only Cython compiles. */
function isCythonScript(text: string): boolean {
  const code = codeOnly(text);
  if (/\bcythonize\s*\(|\bpyximport\s*\.\s*install\s*\(/.test(code)) return true;
  return [...code.matchAll(/\b\w*Extension(?=\()/g)].some(({ index, 0: { length } }) =>
    literalsIn(text, code, expressionAt(code, index + length)).some((literal) => literal.endsWith('.pyx')),
  );
}

/** The formats of build files begin a comment with a number sign; one within a string costs the rest of its line. */
function withoutLineComments(text: string): string {
  return text.replaceAll(/#.*/g, '');
}
