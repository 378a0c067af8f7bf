/** What a specifier is by its spelling alone, before any file of the project is looked at. */
export type Form =
  | { readonly kind: 'empty' }
  /** A relative or absolute path, without query. */
  | { readonly kind: 'path'; readonly path: string }
  /** Code or a file that the specifier itself holds or names: `data:`, `blob:`, `file:`. */
  | { readonly kind: 'inline'; readonly path: string }
  | { readonly kind: 'web'; readonly url: string }
  | { readonly kind: 'npm'; readonly name: string }
  | { readonly kind: 'jsr'; readonly name: string }
  | { readonly kind: 'scheme'; readonly scheme: string; readonly name: string }
  /** Everything that configuration may map: packages, aliases, `#imports`. Without query. */
  | { readonly kind: 'bare'; readonly name: string };

/** Named pipelines of Parcel that stand before a specifier: https://parceljs.org/features/bundle-inlining/ */
const pipelines: ReadonlySet<string> = new Set(['url', 'bundle-text', 'data-url']);

/**
 * Takes apart what webpack writes before a resource: `!!raw-loader?x!./file` has the loader `raw-loader`.
 * https://webpack.js.org/concepts/loaders/#inline
 *
 * @returns The loaders, none for most specifiers, and the resource that they load.
 */
export function splitLoaders(specifier: string): {
  readonly loaders: readonly string[];
  readonly resource: string;
} {
  if (!specifier.includes('!') || /^[a-z]+:/i.test(specifier)) return { loaders: [], resource: specifier };
  const parts = specifier.replace(/^-?!{1,2}/, '').split('!');
  return { loaders: parts.slice(0, -1).filter((part) => part !== ''), resource: parts.at(-1) ?? '' };
}

/** @returns What a specifier, or the resource of one with loaders, is by its spelling. */
export function formOf(specifier: string): Form {
  if (specifier === '') return { kind: 'empty' };
  if (/^\/\/[^/]/.test(specifier)) return { kind: 'web', url: `https:${specifier}` };
  if (isPath(specifier)) return { kind: 'path', path: withoutQuery(specifier) };
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(specifier)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const name = withoutQuery(specifier);
    return /[\\/]node_modules[\\/]/i.test(name) ? { kind: 'path', path: name } : { kind: 'bare', name };
  }
  return schemeForm(scheme, specifier);
}

function schemeForm(scheme: string, specifier: string): Form {
  const path = specifier.slice(scheme.length + 1);
  switch (scheme) {
    case 'http':
    case 'https':
      return { kind: 'web', url: specifier };
    case 'data':
    case 'blob':
      return { kind: 'inline', path: '' };
    case 'file':
      return { kind: 'inline', path: withoutQuery(path) };
    case 'npm':
    case 'jsr':
      return { kind: scheme, name: withoutVersion(withoutQuery(path)) };
    default:
      if (pipelines.has(scheme)) return formOf(path);
      if (isPath(path) && !path.startsWith('/')) return { kind: 'path', path: withoutQuery(path) };
      return { kind: 'scheme', scheme, name: withoutQuery(specifier) };
  }
}

function isPath(specifier: string): boolean {
  return /^(?:\.{1,2}(?:[\\/?#]|$)|[\\/]|[a-z]:[\\/]|node_modules[\\/])/i.test(specifier);
}

/** A `#` at the start is an import of package.json's `imports`; later it begins a fragment. */
function withoutQuery(specifier: string): string {
  return specifier.replace(/(?<=.)[?#].*/s, '');
}

/** `name@1.2/sub` as `npm:` and `jsr:` write it (https://docs.deno.com/runtime/fundamentals/node/). */
export function withoutVersion(name: string): string {
  const [, scope = '', unscopedName = ''] = /^\/?(@[^/@]*\/)?(.*)$/s.exec(name) ?? [];
  const [part = '', ...subpath] = unscopedName.split('/');
  return [scope + part.replace(/@.*/s, ''), ...subpath].join('/');
}
