import type { Evidence } from './evidence.ts';
import type { Package } from './package.ts';

/**
 * What is loosened. With its subject it tells one loosening from another, so that a merge can be compared with each of
 * its parents, whatever words and old values a sentence about it has.
 *
 * - `decision`: a package, or a scope, passes that did not, passes longer, or is no longer denied or over. The subject is
 *   the package or scope: `npm:@acme/*`.
 * - `adoption`: the same where the change brings the project's first whitelist, of a package that belongs to that: a line
 *   of its baseline, or the approval of this tool itself. The subject is the package.
 * - `source`: manifests may take an approved package from elsewhere: `npm:ui from ./vendor/ui`.
 * - `module`: imports of a module lead to a package that passes: `pypi:opencv-python as cv2`.
 * - `denied-module`: imports of a module no longer lead to a denied package; as above.
 * - `replacement`: a denial names what to use instead: `npm:request by npm:undici`.
 * - `whitelist`: the whitelist is gone: its path.
 * - `coverage`: the whitelist is no longer the authority for an ecosystem: its id.
 * - `setting`: a key of the config: `trust`, `rules.unclear-import`. Where the values of a key have no order, the value
 *   is a part of the subject: `localModules: app_pb2`.
 * - `start`: what starts this tool by itself: the file, and the line or the setting in it.
 * - `permission`: packages may do more while they are installed: `install scripts of sharp`.
 * - `ignore`: a comment says of a specifier that it is no package of a registry: `shop/a.py ignore[host_tools]`.
 * - `shadow`: a module of the project takes the name of a well-known package: `numpy.py as pypi:numpy`.
 * - `member`: a package is declared for the first time that a whole scope approves: its label.
 * - `generated`: a manifest counts as written by a program from others, or no longer: `requirements.txt from requirements.in`,
 *   `requirements.txt`.
 * - `pin`: such a manifest newly holds a package that nothing new in its sources leads to, or, as a registry says, not
 *   what the manifest names: its label.
 */
export type PolicyChangeKind =
  | 'decision'
  | 'adoption'
  | 'source'
  | 'module'
  | 'denied-module'
  | 'replacement'
  | 'whitelist'
  | 'coverage'
  | 'setting'
  | 'start'
  | 'permission'
  | 'ignore'
  | 'shadow'
  | 'member'
  | 'generated'
  | 'pin';

/** A module that an entry gives to a package. */
export interface ModuleClaim {
  readonly package: Package;
  readonly module: string;
}

/** A package in the version that a file pins; null where it pins none. */
export interface PinnedPackage {
  readonly package: Package;
  readonly version: string | null;
}

/** One way in which a change loosens policy: an approval, a removed denial, an edit of the config. */
export interface PolicyChange {
  readonly kind: PolicyChangeKind;
  /** What of this kind it is about. Nothing that only the state before has stands in it. */
  readonly subject: string;
  readonly file: string;
  readonly line: number;
  /** A sentence for people, without a full stop. */
  readonly what: string;
  /** The package that is newly approved; null where something else is loosened, or a whole scope. */
  readonly approves: Package | null;
  /** Of a `module`: what an entry says newly of a package, whether its registry confirms that or not. */
  readonly claim?: ModuleClaim;
  /** Of a `pin`: which packages need it, by what the file says. */
  readonly neededBy?: readonly PinnedPackage[];
  /** Of a `pin` that is listed because a registry says that the file is wrong: what it says. */
  readonly contradictedBy?: Evidence;
  readonly by: string | null;
  readonly reason: string | null;
}

/**
 * A loosened policy with what registries say of the package that it newly approves. Whoever writes an approval by hand
 * sees the evidence all the same; the verdict stays what the file says.
 */
export interface GradedChange extends PolicyChange {
  /** null where no package is approved. */
  readonly grade: string | null;
  readonly evidence: readonly Evidence[];
}

/** @returns What a report says of a `pin` where the registry contradicts the file; '' of everything else. */
export function contradiction({ evidence }: Pick<GradedChange, 'evidence'>): string {
  const isFalse = evidence.some(({ fact, state }) => fact === 'needed' && state === 'absent');
  return isFalse ? '. This is false: what the registry tells of them does not name it' : '';
}

/** A loosening as it is found against one state, before it is known which of them are told. */
export interface Loosening extends PolicyChange {
  /** The key of one that says as much: where that one is told, this one is not. */
  readonly impliedBy: string | null;
}

/** @returns What two loosenings have in common that are the same one. */
export function changeKey({ kind, subject }: Pick<PolicyChange, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`;
}
