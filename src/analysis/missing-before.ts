import type { Language, Scan, Segment } from '../model/language.ts';
import type { Change } from '../model/snapshot.ts';
import type { AnalysisContext, ScannedImport, Side } from './file-analysis.ts';
import { contentsOf, kindOf, programText } from './source-kinds.ts';

type Superset = Extract<Scan, { kind: 'superset' }>;

/** A text of a changed file, its language, and what a scan of it tells. */
interface ChangedText {
  readonly language: Language;
  readonly segment: Segment;
  readonly change: Change;
  readonly scan: Superset;
}

/** What is asked of an import that a version before may have. */
type Wanted = Pick<ScannedImport, 'specifier' | 'scannedNames'>;

/**
 * A project lives with imports that lead nowhere, or to what only a build makes: whoever edits their file waits for no parser
 * because of them. An import that only a comment or a string held before is new where code holds it.
 *
 * @param missing Imports of the text as a scan knows them, that lead to no file where they most likely do.
 * @returns Whether a version before had all of them, which led to no file there either: then none is new. False also where
 *   more than a scan has to tell.
 */
export async function wereMissing(
  missing: readonly ScannedImport[],
  { language, segment, change, scan }: ChangedText,
  inspection: AnalysisContext,
): Promise<boolean> {
  for (const [at, base] of inspection.bases.entries()) {
    for (const path of change.previous[at] ?? []) {
      if (inspection.ignores(path)) continue;
      const segments = await segmentsOf(path, { language, base }, inspection);
      const scans = await Promise.all(segments.map(async (each) => language.scan(each)));
      if (!holdsAll(missing, scans)) continue;
      const codeImports = importsInCode(missing, await language.scanCode(segment));
      const codeBefore = await Promise.all(segments.map((each) => language.scanCode(each)));
      if (codeImports === undefined || !holdsAll(codeImports, codeBefore)) continue;
      if (await areMissing(missing, scans, { language, base, path, scan })) return true;
    }
  }
  return false;
}

async function segmentsOf(
  path: string,
  { language, base }: { readonly language: Language; readonly base: Side },
  { kinds }: AnalysisContext,
): Promise<readonly Segment[]> {
  const kind = kindOf(path, kinds);
  const read = kind === undefined ? undefined : await base.snapshot.read(path);
  if (kind === undefined || read?.kind !== 'bytes') return [];
  const { segments } = await contentsOf(programText(read.bytes, kind, kinds), kind, kinds);
  return segments.filter((segment) => segment.language === language.id);
}

/** @returns Those of the imports that code holds, with the names that it takes; undefined where nobody can tell. */
function importsInCode(missing: readonly ScannedImport[], code: Scan): readonly Wanted[] | undefined {
  if (code.kind !== 'superset') return undefined;
  return missing
    .filter(({ specifier }) => code.specifiers.has(specifier))
    .map(({ specifier }) => ({ specifier, scannedNames: code.names?.get(specifier) }));
}

function holdsAll(imports: readonly Wanted[], scans: readonly Scan[]): boolean {
  return imports.every((each) => scans.some((scan) => scan.kind === 'superset' && isHeld(each, scan)));
}

async function areMissing(
  missing: readonly ScannedImport[],
  scans: readonly Scan[],
  {
    language,
    base,
    path,
    scan,
  }: Pick<ChangedText, 'language' | 'scan'> & { readonly base: Side; readonly path: string },
): Promise<boolean> {
  for (const { specifier, scannedNames } of missing) {
    const holders = scans.flatMap((earlier) =>
      earlier.kind === 'superset' && isHeld({ specifier, scannedNames }, earlier) ? [earlier] : [],
    );
    if (holders.length === 0) return false;
    const request = { file: path, specifier, scannedNames, names: null, kind: null };
    const resolved = await base.reader.resolver(language).resolve(request);
    if (!resolved.some(({ origin }) => origin.kind === 'missing')) return false;
    if (!(await isInSameBlocks(specifier, scan, holders))) return false;
  }
  return true;
}

function isHeld({ specifier, scannedNames = new Set() }: Wanted, { specifiers, names }: Superset): boolean {
  const earlierNames = names?.get(specifier) ?? new Set();
  return specifiers.has(specifier) && [...scannedNames].every((name) => earlierNames.has(name));
}

/** A block around an import may handle its absence: then one that stands elsewhere is new, as far as a scan tells. */
async function isInSameBlocks(
  specifier: string,
  { blocks }: Superset,
  earlierScans: readonly Superset[],
): Promise<boolean> {
  const places = [...((await blocks?.(specifier)) ?? [])];
  for (const earlier of earlierScans) {
    const earlierPlaces = (await earlier.blocks?.(specifier)) ?? new Set(places);
    if (places.every((place) => earlierPlaces.has(place))) return true;
  }
  return false;
}
