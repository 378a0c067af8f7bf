import { npmNameOfJsr } from '../../../ecosystems/npm/names.ts';
import { withoutVersion } from './specifier.ts';
import { namesPackage, packagePart } from './names.ts';

/** How a service that serves npm packages as modules writes their names into its paths. */
type Service = (segments: readonly string[]) => readonly string[] | undefined;

/**
 * Hosts whose paths are npm names: https://esm.sh, https://unpkg.com, https://www.jsdelivr.com/documentation,
 * https://docs.skypack.dev, https://jspm.org/docs/cdn. Everything else on these hosts (GitHub, combined
 * files) has no npm name.
 */
const services: ReadonlyMap<string, Service> = new Map([
  ['esm.sh', esm],
  ['cdn.esm.sh', esm],
  ['esm.run', (segments) => segments],
  ['unpkg.com', (segments) => segments],
  ['esm.unpkg.com', (segments) => segments],
  ['cdn.jsdelivr.net', (segments) => after(segments, 'npm')],
  ['fastly.jsdelivr.net', (segments) => after(segments, 'npm')],
  ['cdn.skypack.dev', skypack],
  ['jspm.dev', jspm],
  ['ga.jspm.io', jspm],
  ['dev.jspm.io', jspm],
  ['jsr.io', jsr],
]);

/**
 * @returns The names of the npm packages that an `http:` or `https:` URL serves: the one in its path, and
 *   those that esm.sh takes from `deps` and `alias`. None for a URL whose content no registry vouches for.
 */
export function packagesOfUrl(address: string): readonly string[] {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const service = url?.port === '' ? services.get(url.hostname) : undefined;
  if (!url || !service) return [];
  const segments = service(decoded(url.pathname).split('/').slice(1));
  const name = packagePart(withoutVersion((segments ?? []).join('/')));
  if (segments === undefined || !namesPackage(name)) return [];
  return service === esm ? [name, ...replacements(url)] : [name];
}

function esm(segments: readonly string[]): readonly string[] | undefined {
  const [first = '', ...remainingSegments] = segments;
  if (/^(?:v\d+|stable)$/.test(first) && remainingSegments.length > 0) return esm(remainingSegments);
  if (first === 'jsr') return jsr(remainingSegments);
  if (/^(?:gh|pr|run|node|tsx)$/.test(first) && remainingSegments.length > 0) return undefined;
  return [first.replace(/^\*/, ''), ...remainingSegments];
}

function skypack(segments: readonly string[]): readonly string[] | undefined {
  const [first = '', ...remainingSegments] = segments;
  if (first !== '-' && first !== 'pin') return segments;
  return remainingSegments;
}

function jspm(segments: readonly string[]): readonly string[] | undefined {
  const [first = '', ...remainingSegments] = segments;
  if (!first.includes(':')) return segments;
  return first.startsWith('npm:') ? [first.slice('npm:'.length), ...remainingSegments] : undefined;
}

function jsr(segments: readonly string[]): readonly string[] | undefined {
  const name = npmNameOfJsr(withoutVersion(segments.join('/')));
  return name === '' ? undefined : name.split('/');
}

function after(segments: readonly string[], first: string): readonly string[] | undefined {
  return segments[0] === first ? segments.slice(1) : undefined;
}

/** https://esm.sh/#docs: `?deps=react@18&alias=react:preact/compat` brings further packages in. */
function replacements(url: URL): readonly string[] {
  const listed = (key: string) => url.searchParams.getAll(key).flatMap((value) => value.split(','));
  const names = [...listed('deps'), ...listed('alias').map((pair) => pair.slice(pair.indexOf(':') + 1))].map(
    (name) => packagePart(withoutVersion(name)),
  );
  return names.filter(namesPackage);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
