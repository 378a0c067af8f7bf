import { posix } from 'node:path';
import type { Resolver } from '../model/language.ts';
import type { Origin } from '../model/reference.ts';
import { trimSuffix } from '../text/ends.ts';
import { mapWithin } from '../text/map-within.ts';
import { isPartOf, originsOf, question, QUESTIONS_AT_ONCE } from './mapping-questions.ts';
import type { MappingInspection, SettingsTexts } from './mapping-questions.ts';
import { wordsOf } from './settings-words.ts';

/** A package that is reached by its own name where something else may have been before. */
export interface ReleasedName {
  readonly specifier: string;
  readonly origin: Origin;
  readonly file: string;
}

/**
 * Finds names that the settings of a base mapped, and that lead to packages by their own names now.
 *
 * @param folders The folders in which the settings hold.
 */
export async function releasedNames(
  { before: oldTexts }: SettingsTexts,
  folders: readonly string[],
  inspection: MappingInspection,
): Promise<readonly ReleasedName[]> {
  const { head, language } = inspection;
  // Those of lines that stand, too: a comment around a line leaves it as it was.
  const names = new Set(wordsOf(oldTexts).map((word) => stemOf(word)));
  const requests = folders.flatMap((folder) =>
    [...names].map((specifier) => ({ specifier, file: posix.join(folder, 'any') })),
  );
  const answers = await mapWithin(QUESTIONS_AT_ONCE, requests, async (request) => {
    const origins = await originsOf(head.resolver(language), { ...question, ...request });
    const packageOrigins = origins.filter(
      (origin) => origin.kind === 'package' && isPartOf(request.specifier, origin.package),
    );
    if (packageOrigins.length === 0 || !(await isReleased(request, inspection))) return [];
    return packageOrigins.map((origin) => ({ ...request, origin }));
  });
  return answers.flat();
}

/** Did the settings of a base say something of a name, or of what begins with it, that they say no more? */
async function isReleased(
  { file, specifier }: { readonly file: string; readonly specifier: string },
  { head, bases, language }: MappingInspection,
): Promise<boolean> {
  for (const name of [specifier, `${specifier}/${question.specifier}`]) {
    const steps = await Promise.all(
      [head, ...bases].map((state) => settingsSteps(state.resolver(language), { file, specifier: name })),
    );
    const [headSteps = new Set(), ...baseSteps] = steps;
    if (baseSteps.some((each) => [...each].some((step) => !headSteps.has(step)))) return true;
  }
  return false;
}

/** What files of settings say of a specifier, each with its file. */
async function settingsSteps(
  resolver: Resolver,
  request: { readonly file: string; readonly specifier: string },
): Promise<ReadonlySet<string>> {
  const steps = new Set<string>();
  await resolver.resolve({ ...question, ...request }, ({ text, file }) => {
    if (file !== null) steps.add(`${file}\n${text}`);
  });
  return steps;
}

/** `@acme/*` and `lib/` stand for all that begins so. */
function stemOf(word: string): string {
  const [stem = ''] = word.split('*', 1);
  return trimSuffix(stem, '/');
}
