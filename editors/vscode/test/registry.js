/** A registry on the loopback address that speaks the dialects of PyPI and of npm, and counts what it is asked. */
import { createServer } from 'node:http';

/** @param {string[]} names The packages of PyPI's kind that it has, each published in 2019. */
export async function startRegistry(names) {
  const requests = [];
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    const name = /^\/simple\/([^/]+)\/$/.exec(url)?.[1];
    if (url === '/npm') answer(response, { name: 'npm', versions: { '1.0.0': {} } });
    else if (name === 'pip') answer(response, { name, files: [] }, 'application/vnd.pypi.simple.v1+json');
    else if (names.includes(name)) answer(response, project(name), 'application/vnd.pypi.simple.v1+json');
    else if (url.endsWith('.metadata')) {
      const module = /^\/files\/(\w+)-/.exec(url)?.[1] ?? '';
      response.end(`Metadata-Version: 2.5\nName: ${module.replaceAll('_', '-')}\nImport-Name: ${module}\n\n`);
    } else {
      response.statusCode = 404;
      answer(response, { error: 'Not found' });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    requests,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function project(name) {
  const versions = ['0.1', '0.2', '0.3', '1.0', '1.1', '1.2', '2.0'];
  const files = versions.map((version) => ({
    filename: `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`,
    url: `/files/${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`,
    hashes: {},
    'core-metadata': true,
    'upload-time': '2019-03-11T21:00:16.288647Z',
  }));
  return { meta: { 'api-version': '1.1' }, name, versions, files };
}

function answer(response, value, type = 'application/json') {
  response.setHeader('content-type', type);
  response.end(JSON.stringify(value));
}
