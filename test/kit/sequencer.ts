import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The order of the test files: those that start the command or install it come first, because one of them takes up to
 * half a minute; those of parts, most of which take less than a second, come last, so that all workers end together.
 * Among the files of a project the long ones come first, as far as Vitest knows.
 */
export class WholeFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isOfParts = ({ project }: TestSpecification) => project.name === 'parts';
    return [...sorted.filter((file) => !isOfParts(file)), ...sorted.filter(isOfParts)];
  }
}
