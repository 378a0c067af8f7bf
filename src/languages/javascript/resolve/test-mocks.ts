import type { Omission, Origin } from '../../../model/reference.ts';
import { foldersAbove, inFolder } from '../../../text/paths.ts';
import type { Folders } from './folders.ts';
import { namesPackage, packagePart } from './names.ts';
import type { Question } from './question.ts';
import type { Reader } from './reader.ts';
import { isProgram } from './targets.ts';

/** Files that Jest runs by itself: https://jestjs.io/docs/configuration#testmatch-arraystring */
const TEST = /(?:^|\/)__(?:tests|mocks)__\/|\.(?:test|spec)\.[cm]?[jt]sx?$/;

/** Jest under its own name, or as a preset or transformer of others: `ts-jest`, `jest-expo`, `@jest/globals`. */
const JEST = /(?:^|[@/-])jest(?:[/-]|$)/;

/** Files that configure Jest: https://jestjs.io/docs/configuration */
const SETTINGS = [
  'jest.config.js',
  'jest.config.ts',
  'jest.config.mjs',
  'jest.config.cjs',
  'jest.config.json',
];

/**
 * Knows the modules that Jest replaces in tests: by a mock that the test makes, or by a file of a folder `__mocks__`,
 * which also stands for a package that nobody installed. https://jestjs.io/docs/manual-mocks#mocking-node-modules
 */
export class TestMocks {
  readonly #reader: Reader;
  readonly #folders: Folders;

  constructor(reader: Reader, folders: Folders) {
    this.#reader = reader;
    this.#folders = folders;
  }

  /**
   * @param question What a test imports under the name of a package.
   * @returns What Jest puts in the package's place; undefined where it loads the package, or may.
   */
  async originOf(
    { file, specifier }: Pick<Question, 'file' | 'specifier'>,
    omission: Omission | undefined,
  ): Promise<Origin | undefined> {
    if (!TEST.test(file) || !namesPackage(specifier)) return undefined;
    const mock = omission === 'mock' ? null : await this.#mockOf(file, specifier);
    if (mock === undefined || !(await this.#isRunByJest(file))) return undefined;
    if (await this.#isDeclared(file, specifier)) return undefined;
    return mock === null ? { kind: 'ambient', host: 'Jest' } : { kind: 'local', file: mock };
  }

  async #mockOf(file: string, specifier: string): Promise<string | undefined> {
    const paths = foldersAbove(file).map((folder) => inFolder(folder, `__mocks__/${specifier}`));
    const [mock] = await this.#reader.having(
      paths.flatMap((path) => this.#reader.candidates(path)).filter(isProgram),
    );
    return mock === file ? undefined : mock;
  }

  async #isDeclared(file: string, specifier: string): Promise<boolean> {
    const manifests = await this.#folders.packages(file);
    return manifests.some(({ dependencies }) => dependencies.has(packagePart(specifier)));
  }

  async #isRunByJest(file: string): Promise<boolean> {
    const manifests = await this.#folders.packages(file);
    if (manifests.some(({ dependencies }) => [...dependencies.keys()].some((name) => JEST.test(name))))
      return true;
    return (await this.#folders.above(file, SETTINGS)).length > 0;
  }
}
