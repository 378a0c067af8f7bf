import { json, type Canned } from './server.ts';

/**
 * The package of a registry's own command, which each full registry has: where a 404 comes from a host that is not the
 * public registry, this page tells that the host is a registry.
 *
 * @param path That of a request.
 * @returns The page; undefined where something else is asked for.
 */
export function clientPage(path: string): Canned | undefined {
  if (path === '/npm') return json({ name: 'npm', versions: { '1.0.0': {} } });
  if (path.endsWith('/golang.org/x/mod/@v/list')) return { status: 200, body: 'v0.1.0\n' };
  if (path.endsWith('/ca/rg/cargo'))
    return { status: 200, body: `${JSON.stringify({ name: 'cargo', vers: '1.0.0' })}\n` };
  if (!path.endsWith('/pip/')) return undefined;
  const headers = { 'content-type': 'application/vnd.pypi.simple.v1+json' };
  return { ...json({ name: 'pip', files: [] }), headers };
}
