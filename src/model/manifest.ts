import type { ManifestEditor } from './manifest-editor.ts';
import type { EcosystemId } from './package.ts';
import type { Span } from './text.ts';

/**
 * Where a dependency line takes its package from. Only `registry` is served by the ecosystem's own
 * registry; every other source is `foreign`, with words to be read after "takes … from". `value` says from
 * where exactly, without versions, git refs, hashes and credentials: equal values are the same source.
 * `workspace` leads to another package of the same repository. `folders` are those that a path may lead to: from the
 * manifest's own folder, with `/` first from the repository's root.
 */
export type DependencySource =
  | { readonly kind: 'registry' }
  | { readonly kind: 'workspace' }
  | {
      readonly kind: 'foreign';
      readonly what: string;
      readonly value: string;
      readonly folders?: readonly string[];
      /** An index serves it: `value` is its address, or the name that another manifest gives to it. */
      readonly isIndex?: true;
      /** It holds in some environments alone, which these words tell: in others the package comes from where all do. */
      readonly within?: string;
    };

/** One dependency line. */
export interface Dependency {
  readonly ecosystem: EcosystemId;
  /**
   * Canonical name of the package that the registry is asked for (the target of an alias). null where a
   * foreign source stands without a name: a bare URL or path.
   */
  readonly name: string | null;
  /** The name as written, which npm programs also import. Without a name: the URL or path as written. */
  readonly specifier: string;
  readonly source: DependencySource;
  /**
   * The versions that the line takes, as written; left out where its source says it all, and where the format's packages
   * are not linked by their versions.
   */
  readonly range?: string;
  /** The one version that the line takes; left out where it takes several, or its format's reader does not tell. */
  readonly version?: string;
  /**
   * Files of the project, from the manifest's folder: where one of them exists, the line means that and asks nobody for a
   * package.
   */
  readonly files?: readonly string[];
  /** Where the specifier stands. */
  readonly span: Span;
  readonly optional: boolean;
  /** It is a package of conda, which comes from the manifest's channels. */
  readonly isConda?: true;
  /**
   * Nothing of the project itself uses the package: a program wrote the line because other packages need it. A new one is no
   * surprise where the manifest newly asks for something else.
   */
  readonly isIndirect?: true;
  /** An extra of the package that the line names asks for it: the line declares it, and what is said is said of that. */
  readonly isOfExtra?: true;
  /** What the manifest of its workspace has under the same key says which package it is, and where that comes from. */
  readonly isInherited?: true;
}

/**
 * Which packages are taken from a registry: `all` in the place of the ecosystem's own one, `more` where others are asked
 * too, `scope` those of a scope, `bound` those alone that lines bind to it by its address or its name.
 * `hiddenBy` is the name of a file that, where it stands beside the manifest, is read in place of these settings.
 */
export type RegistryUse =
  | { readonly kind: 'all' | 'more'; readonly hiddenBy?: string }
  | { readonly kind: 'scope'; readonly scope: string }
  | { readonly kind: 'bound'; readonly name: string | null };

/** A line that adds or replaces a registry, an index or a channel. */
export interface RegistryLine {
  readonly what: string;
  readonly value: string;
  readonly span: Span;
  /** Of a registry or an index: its address without credentials, and what it serves. */
  readonly registry?: { readonly address: string; readonly use: RegistryUse };
}

/** Why a program wrote a line: another package needs what it names, or a manifest asks for it. */
export type Requirer =
  | {
      readonly kind: 'package';
      /** Canonical; also that of the project itself. */
      readonly name: string;
    }
  | {
      readonly kind: 'manifest';
      /** As in `Generation`. */
      readonly path: string;
    };

/**
 * What a manifest says of the program that wrote it from other manifests. It is a claim: anybody can write such lines. Paths
 * are relative to the folder in which the program ran, which is the manifest's own or one above it.
 */
export interface Generation {
  /** The manifests that its command names; none where it names no manifest. */
  readonly sources: readonly string[];
  /** By the canonical name of a dependency. */
  readonly requirers: ReadonlyMap<string, readonly Requirer[]>;
}

/** What the members of a workspace take a line from that says no more than its key. */
export interface InheritedLine {
  /** Canonical. */
  readonly name: string;
  readonly source: DependencySource;
}

/** Tables of a manifest that give sources to what its lists name, and what they hold for beyond the manifest. */
export interface TableSources {
  /** By the canonical names of packages. */
  readonly sources: ReadonlyMap<string, DependencySource>;
  /** What the names of its indexes stand for. */
  readonly indexes: ReadonlyMap<string, DependencySource>;
  /** Globs of folders, as in `members`, for whose manifests they hold too; null where the manifest has no workspace. */
  readonly members: readonly string[] | null;
  /**
   * The folder of the workspace that the manifest says it is a member of, from its own folder; left out where the workspace is
   * that of the nearest folder above which has one.
   */
  readonly workspace?: string;
  /** What members inherit, by the key of the line; left out in formats where a member's line is whole by itself. */
  readonly inherited?: ReadonlyMap<string, InheritedLine>;
}

/** What decides whether a line takes a member of its workspace or asks the registry for the package of that name. */
export interface RangeLinking {
  /** The version of the package that the manifest describes; null where it has none. */
  readonly version: string | null;
  /** Does a range lead to a member that it admits? null where the manifest does not say. */
  readonly linksRanges: boolean | null;
}

/** A further file whose lines a manifest takes in. */
export interface Inclusion {
  /** As the manifest writes it: relative to its own folder. */
  readonly path: string;
  /** Where the path stands. */
  readonly span: Span;
  /**
   * A program names the file, and what it does with it nobody can tell: it counts where it is there, and holds nothing but
   * requirements.
   */
  readonly isPossible?: true;
}

/** A file that a manifest names and that is no list of requirements. */
export interface FurtherFile extends Pick<Inclusion, 'path' | 'span'> {
  /**
   * `settings` are read in the manifest's own format; the line that names them is told as such. An import map is no manifest:
   * what it says is told as that of any other settings which say where names lead.
   */
  readonly kind: 'settings' | 'importMap';
}

/** Why (a part of) a manifest can't be read, and where that begins. */
export interface ManifestFlaw {
  readonly message: string;
  readonly offset: number;
  /** What to do; left out where the syntax is to be fixed. */
  readonly next?: string;
  /** Nobody knows what the manifest says, so that each change of it may say anything. */
  readonly isUnread?: true;
}

/** What a manifest says. `broken` is set where (a part of) it can't be read; the rest still counts. */
export interface ManifestContents {
  /** Canonical name of the package that the manifest itself describes, if it says one. */
  readonly defines: string | null;
  /**
   * Globs of folders, relative to the manifest's own, whose packages are linked to each other instead of
   * being taken from a registry (`!` at the start takes folders out again).
   */
  readonly members: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** Left out in formats whose members are linked whatever their versions are. */
  readonly linking?: RangeLinking;
  /** null in formats that share no such tables between manifests. */
  readonly tables: TableSources | null;
  readonly registries: readonly RegistryLine[];
  /** What the lines serve that name the ecosystem's own registry, where packages come from anyway. */
  readonly usualRegistries: readonly RegistryUse[];
  /** Settings that have no index asked, but archives alone: one for each that says so. */
  readonly withoutIndex: readonly Pick<Extract<RegistryUse, { kind: 'all' | 'more' }>, 'hiddenBy'>[];
  /** The channels of conda, the one that is preferred first; each of those that everybody has is ''. */
  readonly channels: readonly string[];
  /** Further manifests that this one includes (`-r`). They are requirements files, whatever their names are. */
  readonly includes: readonly Inclusion[];
  /** Lists that constrain versions (`-c`): the indexes that they name are asked, too. */
  readonly constraints: readonly Inclusion[];
  /** Left out in formats that name none. */
  readonly further?: readonly FurtherFile[];
  /** null where people write the manifest. */
  readonly generation: Generation | null;
  readonly broken: readonly ManifestFlaw[];
}

/** What changes the lines of a format, loaded when it is needed; or why people have to do that themselves, and how. */
export type FormatEditing =
  | { readonly kind: 'editor'; readonly load: () => Promise<ManifestEditor> }
  | { readonly kind: 'byHand'; readonly reason: string };

/** One manifest format. Adding one is a file in `src/ecosystems/<id>/manifests` and a line in the list. */
export interface ManifestFormat {
  /** Also what reports call the language of its lines: `package.json`. */
  readonly id: string;
  readonly ecosystem: EcosystemId;
  /** Does a path (relative, with `/`) name a manifest of this format? */
  matches(path: string): boolean;
  /** What other names may end with, in small letters and without the dot, than those that `fileNames` and `paths` tell. */
  readonly furtherEndings: readonly string[];
  /** Does such a file make its folder a package, which a path can name? */
  readonly makesPackage: boolean;
  /** Does such a file, which makes no package, count in the folders that one of this format has in its workspace? */
  readonly isOfMember: boolean;
  /** Does such a file set the registries of every manifest in its folder and below? */
  readonly isSettings: boolean;
  /** The format's usual file names, to try in a folder before anything is listed. */
  readonly fileNames: readonly string[];
  /** How the paths of further files end, whose names alone tell nothing; `*` stands for the name of a folder. */
  readonly paths: readonly string[];
  /** Few projects have such a file: it is not tried, and found once everything is listed, so that others need not wait. */
  readonly isRare: boolean;
  /**
   * Could a text be a further file of settings that one of this format names? A look that loads nothing; left out where no
   * file of the format names any.
   */
  readonly mayBeFurther?: (text: string) => boolean;
  /** Reads the manifest. Loads its grammar's library on the first call. */
  read(path: string, text: string): Promise<ManifestContents>;
  readonly editing: FormatEditing;
}

/** A format whose files are told by what they hold, whatever their names are. */
export interface ContentFormat {
  readonly format: ManifestFormat;
  /** Words of which each of its files holds one. */
  readonly words: readonly string[];
  /** May a file of this path be one of them? */
  readonly matches: (path: string) => boolean;
  /** A look that loads nothing. */
  readonly mayHold: (text: string) => boolean;
  /** Asked only where it may. */
  readonly holds: (path: string, text: string) => Promise<boolean>;
}

/** A file that another one has installed, which is no manifest, as a Dockerfile. */
export interface NamedList {
  /** From the root; it may lead nowhere. */
  readonly path: string;
  /**
   * `conda` writes its lists in ways of its own, and `constraints` say versions alone. What is `possible` stands near a
   * command that installs, which may do something else with it: it counts where it is plainly a list.
   */
  readonly kind: 'requirements' | 'conda' | 'possible' | 'constraints';
}

/** Lists that are manifests where another file names them, whatever their names are. */
export interface ListNaming {
  /** Is every line of a text one of such a list? It loads nothing. */
  isList(text: string): boolean;
  /** May an installer accept a file as a list, one that nobody can read among them? It loads nothing. */
  mayBeList(path: string, text: string): boolean;
  /** @returns The format of a file that another one has installed; undefined where its text is that of none. */
  formatOf(list: NamedList, text: string): Promise<ManifestFormat | undefined>;
  /** May a file of this path, which is no manifest, have lists installed? */
  mayName(path: string): boolean;
  /** Words of which such a file holds one where it names a list. */
  readonly words: readonly string[];
  /**
   * @param path Of a file that may name lists.
   * @returns What the file may name.
   */
  listsNamedIn(path: string, text: string): Promise<readonly NamedList[]>;
}
