import { posix } from 'node:path';
import type { Files, Language, Resolver } from '../model/language.ts';
import { packageLabel, type Package } from '../model/package.ts';
import type { PolicyChange } from '../model/policy.ts';
import type { Origin, Reference } from '../model/reference.ts';
import { LineIndex } from '../text/lines.ts';
import { mapWithin } from '../text/map-within.ts';
import { isPartOf, originsOf, question, QUESTIONS_AT_ONCE } from './mapping-questions.ts';
import type { MappingInspection, SettingsState, SettingsTexts } from './mapping-questions.ts';
import { releasedNames, type ReleasedName } from './released-names.ts';
import { folderWords, wordsOf } from './settings-words.ts';

/** What the settings of a change newly do to specifiers. */
export interface MappedNames {
  /** Packages that they newly put in the place of others: each is used where the settings say so. */
  readonly references: readonly (Reference & { readonly language: string; readonly file: string })[];
  /** Well-known packages whose names lead to files of the project now. */
  readonly shadows: readonly PolicyChange[];
  /** What they no longer say: whoever imports these names may reach packages now. */
  readonly released: readonly ReleasedName[];
}

const nothing: MappedNames = { references: [], shadows: [], released: [] };

/** So many folders are asked from at most, since each may have settings of its own. */
const MOST_FOLDERS = 64;

/**
 * Compares where specifiers lead before and after an edit of settings. Which files are settings is told by what the
 * resolver reads, so that it can't differ from what imports are judged by; which specifiers are asked, by what their
 * texts hold and by the names of known packages.
 */
export async function mappedNames(inspection: MappingInspection): Promise<MappedNames> {
  const folders = await foldersToAskFrom(inspection);
  if (folders.length === 0) return nothing;
  const texts = await settingsTexts(inspection);
  const all = [...texts.now, ...texts.before];
  const scopes = [...folders, ...scopesIn(all, folders)];
  const words = new Set([...wordsOf(all), ...inspection.knownNames]);
  const questions = scopes.flatMap((folder) =>
    [...words].map((specifier) => ({ file: posix.join(folder, 'any'), specifier })),
  );
  const answers = await mapWithin(QUESTIONS_AT_ONCE, questions, (question) => compare(question, inspection));
  const mappings = await collected(
    answers.filter((answer) => answer !== null),
    texts.files,
    inspection,
  );
  return { ...mappings, released: await releasedNames(texts, folders, inspection) };
}

async function settingsTexts({ edited, head, bases }: MappingInspection): Promise<SettingsTexts> {
  const isRead = (path: string) => [head, ...bases].some(({ read }) => read.has(path));
  const isAdded = (path: string) => bases.every(({ read }) => !read.has(path));
  const files = new Set([...edited.filter(isRead), ...[...head.read].filter(isAdded)]);
  const textsOf = async (state: SettingsState) =>
    (await Promise.all([...files].map((path) => state.files.text(path)))).filter(
      (text) => text !== undefined,
    );
  return { files, now: await textsOf(head), before: (await Promise.all(bases.map(textsOf))).flat() };
}

/** Folders below a file of settings that it tells apart. */
function scopesIn(texts: readonly string[], folders: readonly string[]): readonly string[] {
  const named = texts.flatMap(folderWords);
  const scopes = folders.flatMap((folder) => named.flatMap((name) => posix.join(folder, name)));
  return [...new Set(scopes)]
    .filter((scope) => !folders.includes(scope) && !scope.startsWith('..'))
    .slice(0, MOST_FOLDERS);
}

/**
 * The folders in which the edited settings may hold: their own, the next one above, and the root. What no resolution from
 * there reads is looked for from the folders of all projects, one of which may extend it.
 */
async function foldersToAskFrom({
  edited,
  head,
  bases,
  language,
}: MappingInspection): Promise<readonly string[]> {
  const states = [head, ...bases];
  const nearFolders = new Set([
    '.',
    ...edited.flatMap((path) => [posix.dirname(path), posix.dirname(posix.dirname(path))]),
  ]);
  const probe = (folder: string) =>
    Promise.all(
      states.map((state) =>
        state.resolver(language).resolve({ ...question, file: posix.join(folder, 'any') }),
      ),
    );
  const isRead = (path: string) => states.some(({ read }) => read.has(path));
  const nearest = [...nearFolders].slice(0, MOST_FOLDERS);
  await Promise.all(nearest.map(probe));
  if (edited.every(isRead)) return nearest;
  const folders = await projectFolders(head.files, language);
  await Promise.all(folders.map(probe));
  return edited.some(isRead) ? [...new Set([...nearest, ...folders])] : [];
}

async function projectFolders(files: Files, language: Language): Promise<readonly string[]> {
  const settings = (await files.list()).filter((path) => language.mapsNames(path));
  return [...new Set(settings.map((path) => posix.dirname(path)))].slice(0, MOST_FOLDERS);
}

/** Where a specifier leads, and which line of which file says so. */
interface Lead {
  readonly origins: readonly Origin[];
  readonly file: string | null;
  readonly line: number | null;
}

/** Where a specifier leads now and did not before. */
interface Difference {
  readonly specifier: string;
  readonly now: Lead;
  /** Packages that no base leads to. */
  readonly packages: readonly Package[];
  /** Packages that every base leads to, and that are out of reach now. */
  readonly left: readonly Package[];
}

async function compare(
  { file, specifier }: { readonly file: string; readonly specifier: string },
  { head, bases, language }: MappingInspection,
): Promise<Difference | null> {
  const request = { ...question, file, specifier };
  const leads = await Promise.all(
    [head, ...bases].map((state) => originsOf(state.resolver(language), request)),
  );
  const [origins = [], ...baseOrigins] = leads;
  const text = JSON.stringify(origins);
  if (baseOrigins.every((each) => JSON.stringify(each) === text)) return null;
  const labels = baseOrigins.map((each) => new Set(packagesIn(each).map(packageLabel)));
  const nowLabels = new Set(packagesIn(origins).map(packageLabel));
  return {
    specifier,
    now: await leadOf(head.resolver(language), request),
    packages: packagesIn(origins).filter((subject) => labels.every((set) => !set.has(packageLabel(subject)))),
    left: packagesIn(baseOrigins[0] ?? []).filter(
      (subject) =>
        !nowLabels.has(packageLabel(subject)) && labels.every((set) => set.has(packageLabel(subject))),
    ),
  };
}

async function leadOf(resolver: Resolver, request: Parameters<Resolver['resolve']>[0]): Promise<Lead> {
  let at: Pick<Lead, 'file' | 'line'> = { file: null, line: null };
  const resolutions = await resolver.resolve(request, ({ file, line }) => {
    if (file !== null) at = { file, line };
  });
  return { origins: resolutions.map(({ origin }) => origin), ...at };
}

function packagesIn(origins: readonly Origin[]): readonly Package[] {
  return origins.flatMap((origin) => (origin.kind === 'package' ? [origin.package] : []));
}

async function collected(
  differences: readonly Difference[],
  settings: ReadonlySet<string>,
  inspection: MappingInspection,
): Promise<Pick<MappedNames, 'references' | 'shadows'>> {
  const references = new Map<string, MappedNames['references'][number]>();
  const shadows = new Map<string, PolicyChange>();
  for (const difference of differences) {
    for (const subject of difference.packages) {
      if (isPartOf(difference.specifier, subject)) continue;
      const reference = await referenceTo(subject, difference, { settings, inspection });
      if (reference) references.set(`${reference.file}\n${packageLabel(subject)}`, reference);
    }
    const shadow = await shadowOf(difference, settings, inspection);
    if (shadow) shadows.set(shadow.subject, shadow);
  }
  return { references: [...references.values()], shadows: [...shadows.values()] };
}

/** @returns The package, used in the line that names it; null where none of the settings in the change says so. */
async function referenceTo(
  subject: Package,
  { now: { file, line, origins }, specifier }: Difference,
  { settings, inspection }: { settings: ReadonlySet<string>; inspection: MappingInspection },
): Promise<MappedNames['references'][number] | null> {
  const { head, language } = inspection;
  const origin = origins.find(
    (candidate) => candidate.kind === 'package' && packageLabel(candidate.package) === packageLabel(subject),
  );
  if (file === null || !settings.has(file) || origin === undefined) return null;
  if (await isOwnFolder(subject, file, { head, specifier, inspection })) return null;
  const text = (await head.files.text(file)) ?? '';
  const span = spanOf(subject.name, text, line);
  const lines = new LineIndex(text);
  const place = lines.place(span);
  return {
    file,
    language: language.id,
    kind: 'static',
    form: 'module',
    specifier: subject.name,
    names: [],
    optional: false,
    approximate: false,
    place,
    excerpt: lines.excerpt(place.line),
    origin,
  };
}

/** `"@": "src"` leads to a folder of the project for all that is below it, unless it takes a name that people know. */
async function isOwnFolder(
  subject: Package,
  file: string,
  {
    head,
    specifier,
    inspection: { isWellKnown, language },
  }: { head: SettingsState; specifier: string; inspection: MappingInspection },
): Promise<boolean> {
  for (const provider of await head.resolver(language).providers(specifier))
    if (await isWellKnown(provider, file)) return false;
  const home = posix.dirname(file);
  const folders = new Set(
    [home, posix.dirname(home), '.'].map((folder) => `${posix.join(folder, subject.name)}/`),
  );
  const paths = await head.files.list();
  return paths.some((path) => [...folders].some((folder) => path.startsWith(folder)));
}

/** Where the settings name the package: in the line of the alias, or below it, else anywhere. */
function spanOf(name: string, text: string, line: number | null): { start: number; end: number } {
  const start = line === null ? 0 : startOfLine(text, line);
  const next = text.indexOf(name, start);
  const at = next === -1 ? text.indexOf(name) : next;
  return at === -1 ? { start, end: start } : { start: at, end: at + name.length };
}

function startOfLine(text: string, line: number): number {
  const place = { line, column: 1, endLine: line, endColumn: 1, cell: null };
  return new LineIndex(text).spanOf(place).start;
}

/** A name that led to a well-known package everywhere, and leads to the project itself by settings of the change. */
async function shadowOf(
  { now: { file, line, origins }, left, specifier }: Difference,
  settings: ReadonlySet<string>,
  { isWellKnown }: MappingInspection,
): Promise<PolicyChange | null> {
  const local = origins.find((origin) => origin.kind === 'local');
  if (file === null || !settings.has(file) || local?.kind !== 'local' || isOfTests(file)) return null;
  // A package finds itself by its own name, which takes no other one's.
  if (local.file === file) return null;
  for (const subject of left) {
    if (!isPartOf(specifier, subject) || !(await isWellKnown(subject, file))) continue;
    const label = packageLabel(subject);
    const end = local.file ?? 'the project itself';
    const what = `${file} leads imports of ${specifier} to ${end} from now on, not to ${label}`;
    return {
      kind: 'shadow',
      subject: `${end} as ${label}`,
      file,
      line: line ?? 1,
      what,
      approves: null,
      by: null,
      reason: null,
    };
  }
  return null;
}

/** What test runners put in the place of packages is for tests alone. */
function isOfTests(file: string): boolean {
  return /(?:^|\/)(?:jest|vitest)[^/]*$|(?:^|\/)(?:tests?|__tests__)\//i.test(file);
}
