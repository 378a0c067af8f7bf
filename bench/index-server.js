/**
 * A package index for one measurement, in a process of its own: `node index-server.js [KEY CERTIFICATE]`. It listens on a free
 * port of the loopback address, over TLS where it has a certificate, and writes its address to standard output. Each name
 * exists there, but has no wheel to look into.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

const [key, certificate] = process.argv.slice(2).map((path) => readFileSync(path));
const server = key ? createTlsServer({ key, cert: certificate }, answer) : createServer(answer);
server.listen(0, '127.0.0.1', () => {
  console.log(`${key ? 'https' : 'http'}://localhost:${server.address().port}`);
});

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(request, response) {
  const name = /^\/simple\/([^/]+)\/$/.exec(request.url ?? '')?.[1];
  response.writeHead(name ? 200 : 404, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
  const file = {
    filename: `${name}-1.0.tar.gz`,
    url: 'x',
    'upload-time': '2020-01-01T00:00:00Z',
    yanked: false,
  };
  response.end(name ? JSON.stringify({ name, versions: ['1.0'], files: [file] }) : '');
}
