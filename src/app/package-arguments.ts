import { ecosystems, findEcosystem, packageOf, type Ecosystem } from '../ecosystems/index.ts';
import { parsePurl, type Package } from '../model/package.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads a package as people write it: `npm:@acme/ui`, `pypi:pillow`, a package URL, or a bare name.
 *
 * @param inProject Ids of the ecosystems that the project uses: a bare name belongs to the only one.
 * @throws UsageError when the name is none, or could belong to several ecosystems.
 */
export function parsePackage(text: string, inProject: readonly string[]): Package {
  const [ecosystemId, name] = split(text) ?? [onlyOne(inProject, text, canDecideAbout), text];
  const ecosystem = findEcosystem(ecosystemId);
  if (!ecosystem)
    throw new UsageError(`there is no ecosystem called ${ecosystemId}`, `Write ${packageForms()}.`);
  if (isScopeOf(ecosystem, name)) return { ecosystem: ecosystemId, name };
  if (!ecosystem.valid(name))
    throw new UsageError(`${name} is not a valid ${ecosystem.words.kind}`, ecosystem.words.form);
  return packageOf(ecosystemId, name);
}

/** @returns Of some ecosystems, those in which a decision can be about a name: a package, or a scope with all in it. */
export function ecosystemsBearing(text: string, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => canDecideAbout(id, text));
}

function canDecideAbout(id: string, text: string): boolean {
  const ecosystem = findEcosystem(id);
  return ecosystem !== undefined && (ecosystem.valid(text) || isScopeOf(ecosystem, text));
}

function isScopeOf(ecosystem: Ecosystem, name: string): boolean {
  return name.endsWith('/*') && ecosystem.scopeOf(`${name.slice(0, -1)}x`) !== null;
}

/** @returns How a package of some ecosystems is written, of each by default: `npm:NAME or pypi:NAME`. */
export function packageForms(ids: readonly string[] = ecosystems.map(({ id }) => id)): string {
  return ids.map((id) => `${id}:NAME`).join(' or ');
}

/** @returns Whether a package is written without its ecosystem. */
export function isBare(text: string): boolean {
  return split(text) === null;
}

/** `pkg:npm/%40acme/ui@1.0` or `npm:@acme/ui`. */
function split(text: string): readonly [ecosystem: string, name: string] | null {
  const url = parsePurl(text);
  if (url !== null) return [url.ecosystem, url.name];
  const short = /^([a-z][a-z0-9.+-]*):(?![/:])(.+)$/.exec(text);
  return short?.[1] && short[2] ? [short[1], short[2]] : null;
}

/** Could something of an ecosystem be called so: a package, a scope, or a module in one? */
function isPossible(id: string, text: string): boolean {
  const ecosystem = findEcosystem(id);
  if (ecosystem === undefined) return false;
  const names = [text, ecosystem.packagePart(text), `${text.replace(/\*$/, '')}x`];
  return names.some((name) => ecosystem.valid(name)) || ecosystem.importableModule(text) !== undefined;
}

/**
 * @param isChoice Whether a text may be one of an ecosystem.
 * @returns The only ecosystem of a project.
 * @throws UsageError when there are several, or none.
 */
export function onlyOne(
  inProject: readonly string[],
  text: string,
  isChoice: (id: string, text: string) => boolean = isPossible,
): string {
  const [only, ...alternatives] = inProject;
  if (only !== undefined && alternatives.length === 0) return only;
  const ids = inProject.length > 0 ? inProject : ecosystems.map(({ id }) => id);
  const choices = ids.filter((id) => isChoice(id, text)).map((id) => `${id}:${text}`);
  if (choices.length === 0)
    throw new UsageError(`“${text}” is not the name of a package`, `Write ${packageForms(ids)}.`);
  throw new UsageError(`${text} could belong to several ecosystems`, `Write ${choices.join(' or ')}.`);
}
