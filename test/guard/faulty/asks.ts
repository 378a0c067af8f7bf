import { connect } from 'node:net';
import { expect, test } from 'vitest';

test('asks for another machine by its name', async () => {
  await expect(fetch('http://another-machine/')).rejects.toThrow('fetch failed');
});

test('asks for another machine by its address', async () => {
  // Nobody has this address: https://datatracker.ietf.org/doc/html/rfc5737
  const socket = connect({ host: '192.0.2.1', port: 80 });
  const error = await new Promise((resolve) => socket.on('error', resolve));
  expect(error).toMatchObject({ code: 'ENETUNREACH' });
});

test('innocent: asks for a name that leads nowhere by its definition', async () => {
  await expect(fetch('http://registry.example/')).rejects.toThrow('fetch failed');
});
