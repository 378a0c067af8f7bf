/** The base of a URL that starts from the program's own folder. Bundlers know it by this spelling alone. */
export const OWN_URL = 'import.meta.url';

/**
 * What runs a module whose URL it is given: workers (https://html.spec.whatwg.org/multipage/workers.html,
 * https://nodejs.org/api/worker_threads.html), worklets (https://html.spec.whatwg.org/multipage/worklets.html) and service
 * workers (https://w3c.github.io/ServiceWorker/#navigator-service-worker-register); 2026-11-30.
 */
export const URL_TAKERS: readonly string[] = ['Worker', 'SharedWorker', 'addModule', 'register'];

/**
 * @param url What stands in a URL whose base is the program's own.
 * @returns The module's path from the program's folder, which begins with a dot; undefined for a folder, for what has a scheme
 *   or starts from the root of a server, and for what a bundler may take for a package or an alias
 *   (https://webpack.js.org/configuration/resolve/#resolvepreferrelative).
 */
export function pathOfUrl(url: string): string | undefined {
  const path = url.replace(/[?#].*/s, '');
  if (/^\.{1,2}\//.test(path)) return /(?:^|\/)\.{0,2}$/.test(path) ? undefined : url;
  return /^[\w.-]+\.[cm]?[jt]sx?$/.test(path) ? `./${url}` : undefined;
}
