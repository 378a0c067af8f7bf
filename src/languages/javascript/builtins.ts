/**
 * Modules that Node.js serves under their bare name: the union of `module.builtinModules` of the versions
 * 20 to 26. Modules that need the `node:` prefix (`node:test`, `node:sqlite`, `node:sea`, `node:quic`,
 * `node:ffi`) are not here: their bare names belong to the registry.
 * Source: https://nodejs.org/api/modules.html#built-in-modules and `lib/internal/bootstrap/realm.js`.
 */
const BARE_NODE_MODULES: ReadonlySet<string> = new Set(
  `_http_agent _http_client _http_common _http_incoming _http_outgoing _http_server
  _stream_duplex _stream_passthrough _stream_readable _stream_transform _stream_wrap _stream_writable
  _tls_common _tls_wrap
  assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram
  diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https
  inspector inspector/promises module net os path path/posix path/win32 perf_hooks process punycode
  querystring readline readline/promises repl
  stream stream/consumers stream/iter stream/promises stream/web string_decoder sys
  timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads
  zlib zlib/iter`.split(/\s+/),
);

/**
 * Does the program's host serve this module itself?
 *
 * Bun serves `bun` and everything under `bun:` (https://bun.sh/docs/runtime/bun-apis). Node.js, Bun and
 * Deno serve everything under `node:` (https://docs.deno.com/runtime/fundamentals/node/); no registry can
 * hold a name with a colon, so names of later versions are builtin as well. A trailing slash asks for a
 * package on purpose: `punycode/` is none of Node's.
 *
 * @returns The host (`node`, `bun`), or undefined for everything else.
 */
export function isBuiltin(specifier: string): 'node' | 'bun' | undefined {
  if (specifier.startsWith('node:') || BARE_NODE_MODULES.has(specifier)) return 'node';
  if (specifier === 'bun' || specifier.startsWith('bun:')) return 'bun';
  return undefined;
}
