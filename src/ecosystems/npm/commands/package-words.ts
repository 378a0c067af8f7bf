import type { CommandWord } from '../../../model/command.ts';
import type { DependencySource } from '../../../model/manifest.ts';
import type { ReadingBuilder } from '../../shared/command-reading.ts';
import { certainLength, spanOfWord } from '../../../shell/word.ts';
import { npmTarget } from '../manifests/npm-source.ts';
import { npm } from '../names.ts';

/** What a tool is itself a package of, and whether it takes names with a protocol alone. */
export interface PackageForm {
  readonly ownPackages: readonly string[];
  readonly namesProtocol: boolean;
}

/** Adds what a word of an installer asks for. Local paths bring nothing from a registry. */
export function addPackageWord(builder: ReadingBuilder, word: CommandWord, form: PackageForm): void {
  const spec = specOf(word, form);
  if (spec === null) return;
  if (spec.kind === 'unclear') builder.addUnclear(word);
  else addSpec(builder, { ...spec, word }, form);
}

/** What a word asks for by its name; `bare` where nothing but a name stands there, which may be that of a program. */
export type PackageSpec =
  | { readonly kind: 'unclear' }
  | {
      readonly kind: 'spec';
      /** '' where an address stands alone. */
      readonly name: string;
      /** Where the name begins. */
      readonly start: number;
      readonly value: string;
    };

/** @returns The name in a word, and the value that a manifest would have for it; null where it asks for nothing. */
export function specOf(word: CommandWord, { namesProtocol }: PackageForm): PackageSpec | null {
  const { text, dynamic } = word;
  const protocol = namesProtocol ? /^(?:npm|jsr):\/?/.exec(text)?.[0] : '';
  if (protocol === undefined) return null;
  const start = protocol.length;
  if (/^(?:\.|\/|~\/|[A-Za-z]:\\|file:)/.test(text) || ARCHIVE.test(text)) return null;
  const name = NAME.exec(text.slice(start))?.[0] ?? '';
  const end = start + name.length;
  const isNamed = name !== '' && (end === text.length ? dynamic.length === 0 : certainLength(word) > end);
  if (!isNamed && dynamic.length > 0) return { kind: 'unclear' };
  if (protocol.startsWith('jsr')) return { kind: 'spec', name, start, value: text };
  const following = text.slice(end);
  if (
    isNamed &&
    (following === '' || following.startsWith('@') || (namesProtocol && following.startsWith('/')))
  )
    return {
      kind: 'spec',
      name,
      start,
      value: following.startsWith('@') ? versionIn(following.slice(1), namesProtocol) : '',
    };
  return { kind: 'spec', name: '', start, value: text.slice(start) };
}

/** Archives stand in the file system; at an address they are no names either. */
const ARCHIVE = /^[^@:]*\.(?:tgz|tar\.gz|tar)$/;

/** Behind a version, Deno has the path of a program: `npm:a@1/bin`. */
function versionIn(text: string, hasPath: boolean): string {
  const [version = ''] = text.split('/', 1);
  return hasPath ? version : text;
}

/** A name at the start of a specification; what stands behind it may say that it is none. */
const NAME = /^(?:@[A-Za-z0-9~-][A-Za-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*/;

function addSpec(
  builder: ReadingBuilder,
  { name, start, value, word }: Extract<PackageSpec, { kind: 'spec' }> & { readonly word: CommandWord },
  form: PackageForm,
): void {
  if (name === '') {
    const { source } = npmTarget('', value);
    if (source.kind === 'foreign' && source.folders === undefined && isLocation(value))
      addForeign(builder, word, { name: null, source });
    return;
  }
  const target = npmTarget(name, value);
  const isAlias = target.name !== name;
  const at = isAlias ? word.text.indexOf(target.name, start + name.length) : start;
  if (!npm.valid(target.name) || form.ownPackages.includes(target.name)) return;
  if (target.source.kind === 'workspace') return;
  const isJsr = value.startsWith('jsr:');
  const span = word.spanOf({ start: at, end: at + target.name.length });
  if (!isJsr) builder.addPackage(target.name, span);
  if (target.source.kind !== 'foreign' || isAlias) return;
  const isLocal = target.source.what === 'a path';
  if (!isLocal) addForeign(builder, word, { name: isJsr ? null : target.name, source: target.source });
}

/** Without a protocol or a slash it is neither an address nor a repository, and no package has such a name. */
function isLocation(value: string): boolean {
  return /[:/]/.test(value) && !/\s/.test(value);
}

function addForeign(
  builder: ReadingBuilder,
  word: CommandWord,
  { name, source }: { readonly name: string | null; readonly source: DependencySource },
): void {
  const dependency = {
    ecosystem: npm.id,
    name,
    specifier: name ?? word.text,
    source,
    span: spanOfWord(word),
    optional: false,
  };
  builder.addUnclear(word, { kind: 'dependency', dependency });
}

/**
 * @returns The package behind the name of a template: `vite` is `create-vite`, `@acme/app` is `@acme/create-app`, and
 *   `@acme` is `@acme/create` (https://docs.npmjs.com/cli/v11/commands/npm-init#description).
 */
export function templatePackage(name: string): string {
  const [, scope, following] = /^(@[^/]+)(?:\/(.*))?$/.exec(name) ?? [];
  if (scope === undefined) return name.startsWith('create-') ? name : `create-${name}`;
  if (following === undefined || following === '') return `${scope}/create`;
  return following.startsWith('create-') ? name : `${scope}/create-${following}`;
}
