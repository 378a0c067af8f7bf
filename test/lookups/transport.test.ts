import { connect } from 'node:net';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { networkFetch } from '../../src/lookups/proxy-fetch.ts';
import { json, reply, startServer } from '../kit/server.ts';

const init = {
  method: 'GET',
  headers: {},
  body: null,
  redirect: 'manual' as const,
  signal: new AbortController().signal,
};

test('goes through the proxy, except where noProxy says otherwise', async () => {
  const target = await startServer((_, response) => {
    reply(response, json({}));
  });
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const out = connect(Number(new URL(target.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      out.pipe(socket);
      socket.pipe(out);
    });
    socket.on('error', () => out.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const settings = { httpProxy: url, httpsProxy: null, noProxy: null, authorities: [] };
  const through = await networkFetch(settings)('http://registry.example/x', init);
  expect(through.status).toBe(200);
  expect(asked).toEqual(['registry.example:80']);
  const direct = await networkFetch({ ...settings, noProxy: '127.0.0.1' })(`${target.url}/y`, init);
  expect(direct.status).toBe(200);
  expect(asked).toHaveLength(1);
  expect(target.requests.map(({ path }) => path)).toEqual(['/x', '/y']);
  proxy.closeAllConnections();
  proxy.close();
  await target.close();
});
