import type { Package } from './package.ts';

/** One replacement of text by another, by UTF-16 offset. */
export interface TextInsertion {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What is to be declared: `latest` is the version that the registry showed, if it was asked. */
export interface NewDependency {
  readonly package: Package;
  readonly latest: string | null;
}

/** How the manifests of an ecosystem are edited that are to declare a package. */
export interface ManifestEdits {
  /** Names of the manifests that can be edited, the first choice first. */
  readonly fileNames: readonly string[];
  /** @returns The edits of a manifest; none where it can't be edited safely. */
  editsFor(fileName: string, text: string, dependency: NewDependency): Promise<readonly TextInsertion[]>;
}
