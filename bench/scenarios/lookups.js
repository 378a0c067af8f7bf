import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { bin, Repository } from '../repository.js';
import { interleaved, median, ratio } from '../timing.js';

const ROUNDS = 9;
const NAMES = 26;

/**
 * What it costs that a company's proxies open every connection: its index is reached over TLS, and its authority stands in
 * the user's settings behind all others, as Debian writes /etc/ssl/certs/ca-certificates.crt.
 */
export default {
  id: 'lookups',
  title: `A company's index: ${NAMES} unknown names, nothing in the cache, as a ratio to plain HTTP`,
  missing: () => (spawnSync('openssl', ['version']).error ? 'openssl makes the certificate' : null),
  async run() {
    const repository = new Repository();
    const servers = [];
    try {
      const certificate = makeCertificate(path.join(repository.root, '.git'));
      for (const files of [[], [certificate.key, certificate.file]]) servers.push(await startIndex(files));
      repository.commit();
      repository.write([
        ['app.py', Array.from({ length: NAMES }, (_, at) => `import thing${at}q\n`).join('')],
      ]);
      repository.stage();
      const [plain, tls] = interleaved(
        servers.map(({ url }, at) => runWith(repository, url, at === 0 ? '' : certificate.bundle)),
        ROUNDS,
      );
      const note = `${median(tls).toFixed(0)} ms against ${median(plain).toFixed(0)} ms`;
      return {
        rows: [{ name: 'with a certificate', value: ratio(tls, plain), unit: '×', budget: 1.3, note }],
      };
    } finally {
      for (const { child } of servers) child.kill();
      repository.dispose();
    }
  },
};

/**
 * @param {string} folder
 * @returns The key and the certificate of an index, and a file with the certificates of all authorities.
 */
function makeCertificate(folder) {
  const [key, file, bundle] = ['key.pem', 'certificate.pem', 'bundle.pem'].map((name) =>
    path.join(folder, name),
  );
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', file, ...subject];
  execFileSync('openssl', words, { stdio: 'ignore' });
  const own = execFileSync('openssl', ['x509', '-in', file], { encoding: 'utf8' });
  writeFileSync(bundle, [...rootCertificates, own].join('\n'));
  return { key, file, bundle };
}

/** @param {readonly string[]} files */
async function startIndex(files) {
  const script = path.resolve(import.meta.dirname, '../index-server.js');
  const child = spawn(process.execPath, [script, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = await once(child.stdout, 'data');
  return { child, url: String(url).trim() };
}

/**
 * @param {Repository} repository
 * @param {string} url
 * @param {string} bundle
 */
function runWith({ root }, url, bundle) {
  const home = path.join(root, '.git/home');
  mkdirSync(home, { recursive: true });
  return {
    program: process.execPath,
    args: [bin, '--staged'],
    cwd: root,
    env: { HOME: home, PIP_INDEX_URL: `${url}/simple`, PIP_CERT: bundle, XDG_CACHE_HOME: '' },
    ok: [1],
  };
}
