/**
 * Finds the folders in which other projects lie that a project is tested with, and templates of projects: what is named
 * there is often invented. Tests that are a project themselves (`tests/e2e/package.json`) are none of them.
 *
 * @param paths The manifests of the project, and files that no parser accepts.
 * @returns Globs for `ignorePaths`, sorted.
 */
export function nestedProjects(paths: readonly string[]): readonly string[] {
  const collections = testFoldersWithProjects(paths);
  const folders = paths.flatMap((path) => {
    const parts = path.split('/').slice(0, -1);
    const end = parts.findIndex(
      (part, at) =>
        isSample(part) ||
        (isDataOfTests(part) && parts.slice(0, at).some(isOfTests)) ||
        collections.has(parts.slice(0, at + 1).join('/')),
    );
    return end === -1 ? [] : [parts.slice(0, end + 1).join('/')];
  });
  return [...new Set(folders)].toSorted().map((folder) => `${withoutMagic(folder)}/**`);
}

/** What test runners and Go call folders of samples, and the marks of cookiecutter and copier. */
function isSample(folder: string): boolean {
  return /^_{0,2}(?:fixtures?|test[-_]?data)_{0,2}$|\{\{|\{%/i.test(folder);
}

function isOfTests(folder: string): boolean {
  return /^tests?$/i.test(folder);
}

/** What a folder of tests is read as input, not run: `tests/_data`, `test/samples`. */
function isDataOfTests(folder: string): boolean {
  return /^_{0,2}(?:data|samples?)_{0,2}$/i.test(folder);
}

/** @returns Folders directly below those of tests that hold more than one project. */
function testFoldersWithProjects(paths: readonly string[]): ReadonlySet<string> {
  const projects = new Map<string, Set<string>>();
  for (const path of paths) {
    const [, collection, project] = /^((?:.*?\/)?tests?\/[^/]+)\/(.+)\/[^/]+$/.exec(path) ?? [];
    if (collection === undefined || project === undefined) continue;
    projects.set(collection, (projects.get(collection) ?? new Set()).add(project));
  }
  return new Set([...projects].flatMap(([collection, { size }]) => (size > 1 ? [collection] : [])));
}

/** A character that means something in a glob is any one character there. */
function withoutMagic(folder: string): string {
  return folder.replace(/[^\w./ -]/g, '?');
}
