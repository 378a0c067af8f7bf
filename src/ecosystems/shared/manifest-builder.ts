import type { GrammarError } from '../../documents/document.ts';
import type {
  Dependency,
  FurtherFile,
  Inclusion,
  ManifestContents,
  RangeLinking,
  RegistryLine,
  RegistryUse,
} from '../../model/manifest.ts';

/** The contents of a manifest while a format reads it. */
export interface ManifestBuilder extends ManifestContents {
  defines: string | null;
  linking?: RangeLinking;
  readonly members: string[];
  readonly dependencies: Dependency[];
  readonly registries: RegistryLine[];
  readonly usualRegistries: RegistryUse[];
  readonly withoutIndex: ManifestContents['withoutIndex'][number][];
  readonly channels: string[];
  readonly includes: Inclusion[];
  readonly constraints: Inclusion[];
  further?: FurtherFile[];
  tables: ManifestContents['tables'];
  generation: ManifestContents['generation'];
  readonly broken: ManifestContents['broken'][number][];
}

/**
 * @param broken What was wrong with the text; only the first of it is told, as the rest mostly follows from it.
 * @returns Contents that declare nothing yet.
 */
export function newManifest(broken: readonly Mistake[] = []): ManifestBuilder {
  return {
    defines: null,
    members: [],
    dependencies: [],
    registries: [],
    usualRegistries: [],
    withoutIndex: [],
    channels: [],
    includes: [],
    constraints: [],
    tables: null,
    generation: null,
    broken: broken.slice(0, 1).map(inWords),
  };
}

/** Where a text can't be read; `grammar` is set where it is not of the format that it should have. */
type Mistake = ManifestContents['broken'][number] & Partial<Pick<GrammarError, 'grammar'>>;

function inWords({ grammar = null, message, offset }: Mistake): ManifestContents['broken'][number] {
  return { message: grammar === null ? message : `invalid ${grammar}: ${message}`, offset };
}

/**
 * @returns The contents in the order of the text. What a merge or an alias shows twice stands once. An empty
 *   key or target, which every syntax allows, is the name of no package in any ecosystem.
 */
export function normalise(draft: ManifestBuilder): ManifestContents {
  const { defines, members, dependencies, registries, usualRegistries, includes, constraints, broken } =
    draft;
  const { withoutIndex, channels, tables, generation, linking, further } = draft;
  const once = new Map<string, Dependency>();
  for (const dependency of dependencies) {
    const { name, specifier, source, span } = dependency;
    if (name === '' || specifier === '') continue;
    const origin = source.kind === 'foreign' ? [source.what, source.value] : [source.kind];
    once.set(JSON.stringify([span.start, name, ...origin]), dependency);
  }
  return {
    defines,
    members,
    ...(linking && { linking }),
    dependencies: [...once.values()].sort((left, right) => left.span.start - right.span.start),
    registries: registries.sort((left, right) => left.span.start - right.span.start),
    usualRegistries,
    withoutIndex,
    channels,
    includes: onceEach(includes),
    constraints: onceEach(constraints),
    ...(further && { further }),
    tables,
    generation,
    broken: broken.sort((left, right) => left.offset - right.offset),
  };
}

/** @returns The first inclusion of each path. */
function onceEach(inclusions: readonly Inclusion[]): readonly Inclusion[] {
  const once = new Map<string, Inclusion>();
  for (const inclusion of inclusions) if (!once.has(inclusion.path)) once.set(inclusion.path, inclusion);
  return [...once.values()];
}
