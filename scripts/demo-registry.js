/**
 * The registries of the demonstration, on the loopback address: an index of Python with one project, as PyPI has served
 * it since 2019, and a registry of npm without any package. Prints its address, and ends with the process that started it.
 */
import { createServer } from 'node:http';

const versions = ['0.1', '0.1.2', '0.1.3', '0.1.4', '0.1.5', '0.1.5.1', '0.1.6'];
const files = versions.map((version) => ({
  filename: `numpy_utils-${version}-py3-none-any.whl`,
  url: `/files/numpy_utils-${version}-py3-none-any.whl`,
  hashes: {},
  'core-metadata': true,
  'upload-time': '2019-03-11T21:00:16.288647Z',
}));
const project = { meta: { 'api-version': '1.1' }, name: 'numpy-utils', versions, files };
const metadata = 'Metadata-Version: 2.5\nName: numpy-utils\nImport-Name: numpy_utils\n\n';

const server = createServer(({ url = '' }, response) => {
  if (url === '/simple/numpy-utils/') {
    response.setHeader('content-type', 'application/vnd.pypi.simple.v1+json');
    response.end(JSON.stringify(project));
    return;
  }
  if (url.endsWith('.metadata')) {
    response.end(metadata);
    return;
  }
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end('{"error":"Not found"}');
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
process.stdin.on('end', () => process.exit());
process.stdin.resume();
