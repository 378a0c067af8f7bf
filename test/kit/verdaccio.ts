import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { object, parse, string } from 'valibot';
import { runServer } from 'verdaccio';

/** A real npm registry on the loopback address. */
export interface Verdaccio {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  /** Of an account that may see and publish everything. */
  readonly token: string;
  /** Publishes a version with these members in its package.json. @param archive Its `.tgz`; else it has none that unpacks. */
  publish(
    name: string,
    version: string,
    manifest?: Readonly<Record<string, unknown>>,
    archive?: Buffer,
  ): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts verdaccio with an empty storage and no uplinks. Packages of `@private` are for accounts only,
 * everything else is for everybody.
 */
export async function startVerdaccio(): Promise<Verdaccio> {
  const storage = await mkdtemp(join(tmpdir(), 'check-imports-verdaccio-'));
  const server: unknown = await runServer({
    configPath: join(storage, 'config.yaml'),
    self_path: storage,
    storage: join(storage, 'packages'),
    auth: { htpasswd: { file: join(storage, 'htpasswd'), max_users: 10 } },
    uplinks: {},
    packages: {
      '@private/*': { access: '$authenticated', publish: '$authenticated' },
      '**': { access: '$all', publish: '$authenticated' },
    },
    // The largest package that the tests publish is TypeScript.
    max_body_size: '50mb',
    log: { type: 'stdout', level: 'fatal' },
    web: { enable: false },
  });
  if (!(server instanceof Server)) throw new Error('verdaccio gave no server');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const token = await signUp(url);
  return {
    url,
    token,
    publish: (name, version, manifest = {}, archive = Buffer.from('no archive')) =>
      publish({ url, token }, { ...manifest, name, version }, archive),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(storage, { recursive: true, force: true });
    },
  };
}

async function signUp(url: string): Promise<string> {
  const account = { name: 'ada', password: 'correct horse battery staple' };
  const response = await fetch(`${url}/-/user/org.couchdb.user:ada`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  return parse(object({ token: string() }), await response.json()).token;
}

/** What `npm publish` sends (https://github.com/npm/libnpmpublish): the manifest and its archive in one document. */
async function publish(
  to: { readonly url: string; readonly token: string },
  manifest: Readonly<Record<string, unknown>> & { readonly name: string; readonly version: string },
  data: Buffer,
): Promise<void> {
  const { name, version } = manifest;
  const archive = `${name}-${version}.tgz`;
  const tarball = `${to.url}/${name}/-/${archive}`;
  const shasum = createHash('sha1').update(data).digest('hex');
  const response = await fetch(`${to.url}/${name.replace('/', '%2F')}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${to.token}` },
    body: JSON.stringify({
      _id: name,
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist: { tarball, shasum } } },
      _attachments: {
        [archive]: {
          content_type: 'application/octet-stream',
          data: data.toString('base64'),
          length: data.length,
        },
      },
    }),
  });
  if (!response.ok) throw new Error(`publishing ${name} failed: ${response.status} ${await response.text()}`);
}
