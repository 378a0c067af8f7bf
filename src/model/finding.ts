import type { CommandsSetting } from './commands-setting.ts';
import type { Evidence, Suggestion } from './evidence.ts';
import type { EcosystemId, Package } from './package.ts';
import type { GradedChange, PolicyChange } from './policy.ts';
import type { MissingModule, Reference, Use } from './reference.ts';
import type { ShownModules } from './module-names.ts';
import type { ApprovalStatus, DeclarationPlace } from './status.ts';
import type { Substitute } from './substitute.ts';
import type { NonEmpty, Place } from './text.ts';

export type Severity = 'error' | 'warn';

/** The scopes of `check`, as reports name them. */
export type ScopeName = 'staged' | 'worktree' | 'since' | 'paths' | 'all' | 'stdin';

/** A dependency line that takes its package from elsewhere than the ecosystem's registry, or a line that changes where all of them come from. */
export interface ForeignSource {
  readonly file: string;
  readonly language: string;
  readonly ecosystem: EcosystemId;
  readonly package: Package | null;
  /**
   * The packages that come from there: approvals of all of them can name the source. Of an alias it is the name that
   * programs import, not its target. None where the line names none, or is about every package.
   */
  readonly named: readonly Package[];
  readonly specifier: string;
  readonly cause: SourceCause;
  /** What is foreign about it, to be read after "is taken from": `git`, `a URL`, `a path`, … */
  readonly what: string;
  readonly value: string;
  readonly place: Place;
  readonly excerpt: string | null;
}

/**
 * Why packages come from a foreign source: a `dependency` line says so; a line about a `registry`, which may have served
 * only what was bound to it before; an index that serves what is `bound` to it alone; or what a line of the base said was
 * `takenAway`, `before` being where they came from.
 */
export type SourceCause =
  | { readonly kind: 'dependency'; readonly isIndex: boolean }
  | { readonly kind: 'registry'; readonly wasBound: boolean }
  | { readonly kind: 'bound'; readonly bound: string }
  | { readonly kind: 'takenAway'; readonly before: string };

/** A foreign source that nobody settled, with the words of the commands that approve it, as every shell reads them. */
export interface OpenSource extends ForeignSource {
  readonly approvals: readonly string[];
}

/** What a rule judges. */
export type RuleInput =
  | {
      readonly kind: 'use';
      readonly use: Use;
      readonly status: ApprovalStatus;
      readonly outside: PackageEvidence;
      /** Why something that exists was not seen: not staged, not in this commit. One sentence each. */
      readonly hints: readonly Hint[];
      /** Another state that approves the package, or did, while the policy that judges does not; null where none does. */
      readonly elsewhere: Elsewhere | null;
      /** What the denial of a denied package names to be used instead. */
      readonly substitute: Substitute | null;
      /** null where a package could have the name. */
      readonly impossibleName: ImpossibleName | null;
    }
  | {
      readonly kind: 'unclear';
      readonly file: string;
      readonly language: string;
      readonly references: NonEmpty<Reference>;
    }
  | (MissingReference & { readonly kind: 'missing' })
  | {
      readonly kind: 'source';
      readonly source: OpenSource;
      /** What a state approves that does not judge; null where none does. */
      readonly elsewhere: Elsewhere | null;
    }
  | { readonly kind: 'policy'; readonly change: GradedChange };

/** The references of a file to a module of the project that is not there. */
export interface MissingReference {
  readonly file: string;
  readonly language: string;
  readonly module: MissingModule;
  readonly references: NonEmpty<Reference>;
  /** Why something that exists was not seen: not staged, not in this commit. */
  readonly hints: readonly Hint[];
}

/** What a program imports or a line asks for, and the title of the registry that can hold no package of this name. */
export interface ImpossibleName {
  readonly name: string;
  readonly registry: string;
  /** What helps without a change of the config, in whole sentences. */
  readonly correction: string;
  /** What helps, for whoever may change the config, in whole sentences. */
  readonly remedy: string;
}

/** A sentence about what the work tree has and the judged state has not, and the command that changes it. */
export interface Hint {
  readonly text: string;
  readonly command: string | null;
}

/** What another state of the project says of a package: sentences, and commands that help, if any does. */
export interface Elsewhere {
  readonly text: string;
  readonly next: readonly string[];
}

/** What names and registries say of an unapproved package: it grades a finding and decides nothing. */
export interface PackageEvidence {
  readonly grade: string;
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
  /** What the version that the project has provides, else the newest, where that was looked at. */
  readonly shown?: ShownModules;
  /** Another package that provides what is imported; then this is what is known of that one. */
  readonly provider?: Provider;
  /** Packages that may provide what is imported, and of which nobody could tell. */
  readonly uninspected?: readonly Package[];
}

/** A package that the project decided about or declares, and that provides a module which no entry gives to it. */
export interface Provider {
  readonly package: Package;
  /**
   * `decided`: its entry lacks the module. `declared`: the base declares it. `proposed`: only the change declares it, and
   * nobody decided.
   */
  readonly record: 'decided' | 'declared' | 'proposed';
  /** Where the manifest or the entry stands. */
  readonly at: DeclarationPlace | null;
}

/** Circumstances that a rule may know besides its subject. */
export interface RuleContext {
  readonly scope: ScopeName;
  /** Path of the whitelist file, relative to the root. */
  readonly whitelistFile: string;
  /** Does the whitelist leave an ecosystem, or what commands install, to the manifests? Told by the word of `covers`. */
  readonly isUncovered: (word: string) => boolean;
  /** Where packages count that commands install. */
  readonly commands: CommandsSetting;
  /** The head has several parents. */
  readonly isMerge: boolean;
  /** The run happens in the environment of a coding assistant that may only ask. */
  readonly assistantAsks: boolean;
  /** Is a request for a package enough to go on working? */
  readonly requestWarns: (subject: Package) => boolean;
  /** With what whoever runs this has a package decided: a person decides, an assistant asks. */
  readonly decisionAdvice: (subject: Package) => DecisionAdvice;
  /** The command that shows a person what is to be decided; null where an assistant runs this. */
  readonly reviewCommand: string | null;
  /**
   * The command with which a person records the modules of a package; null where an assistant runs this, and where its
   * entry stands in another file.
   */
  readonly recordCommand: (provider: Provider) => string | null;
  /** What people wrote into the whitelist, as whoever reads the report may be shown it: an assistant as a quotation. */
  readonly written: (text: string) => string;
  /** How to start this tool here, as a shell command's first words: `npx --no -- vetted-imports`. */
  readonly command: string;
}

/** How a package gets its decision: commands, and what is to be said beside them. */
export interface DecisionAdvice {
  readonly commands: readonly string[];
  readonly text: string | null;
}

/** What a rule says when it objects. `severity` is its default in this case. */
export interface Violation {
  readonly severity: Severity;
  readonly grade: string | null;
  readonly message: string;
  readonly next: readonly string[];
  /** What a decision that makes it pass is about, where that is not its package; null where no decision does. */
  readonly decisionAbout?: Package | null;
  /** What it is at most, although the config makes the rule an error. */
  readonly atMost?: 'warn';
  /** No config lowers it, although the rule is not fixed. */
  readonly fixed?: true;
}

/**
 * One rule. `fixed` rules can't be configured down. `judge` is pure: it returns an objection, or
 * undefined where the subject is none of its business.
 */
export interface Rule<Id extends string = string> {
  readonly id: Id;
  /** Names that it had: a config may still use them, and nothing prints them. */
  readonly formerIds?: readonly string[];
  readonly summary: string;
  /** What it is unless a circumstance or the config says otherwise. */
  readonly severity: Severity;
  /** What it is where circumstances are gravest, if that is more: a config that names the rule lowers it there. */
  readonly gravest?: Severity;
  readonly fixed: boolean;
  judge(subject: RuleInput, context: RuleContext): Violation | undefined;
}

/** An objection with everything a report needs. `places[0]` is the position. */
export interface Finding<Id extends string = string> {
  readonly rule: Id;
  readonly grade: string | null;
  readonly severity: Severity;
  readonly file: string;
  readonly places: NonEmpty<Place>;
  /** The line of source text at the position. */
  readonly excerpt: string | null;
  readonly language: string | null;
  readonly specifier: string | null;
  readonly package: Package | null;
  /** The module of the project that is not there; left out where a finding is about something else. */
  readonly module?: MissingModule;
  readonly status: ApprovalStatus['kind'] | null;
  /** Where the denial stands, or the approval that has expired; left out where there is none in the state that judges. */
  readonly decisionAt?: DeclarationPlace;
  /** The loosened policy that it tells of. */
  readonly change: PolicyChange | null;
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly suggestions: readonly Suggestion[];
  readonly next: readonly string[];
  /** What a decision that makes it pass is about, where that is not its package; null where no decision does. */
  readonly decisionAbout?: Package | null;
}
