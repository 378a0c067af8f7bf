import { clientPage } from './clients.ts';
import { startServer, json, reply } from './server.ts';
import type { Canned, Handler, TestServer } from './server.ts';
import { zip } from './zip.ts';

/** A project of the index, in the words of PEP 691, 700, 658 and 792. */
export interface Project {
  readonly status?: 'archived' | 'deprecated' | 'quarantined';
  readonly files: readonly ProjectFile[];
}

export interface ProjectFile {
  readonly filename: string;
  readonly uploaded?: string;
  readonly yanked?: boolean;
  /** What the wheel holds: paths to contents. */
  readonly contents?: Readonly<Record<string, string>>;
  /** How the wheel holds it; stored, if left out. */
  readonly packing?: 'stored' | 'deflated';
  /** Served beside the wheel (PEP 658). */
  readonly metadata?: string;
  /** Left out of the page, as old indexes do. */
  readonly hideSize?: boolean;
}

/** A wheel of pure Python with these files, uploaded at a time (ISO 8601). */
export function wheel(
  project: string,
  uploaded: string,
  paths: readonly string[],
  version = '1.0',
): ProjectFile {
  const contents = Object.fromEntries(paths.map((path) => [path, '']));
  return { filename: `${project.replaceAll('-', '_')}-${version}-py3-none-any.whl`, uploaded, contents };
}

/** How the index answers: in JSON, or in HTML only as before PEP 691. */
export type Dialect = 'json' | 'html';

export function pypiHandler(projects: ReadonlyMap<string, Project>, dialect: Dialect = 'json'): Handler {
  return (request, response) => {
    const path = decodeURIComponent(request.path);
    const name = /^\/simple\/([^/]+)\/$/.exec(path)?.[1];
    if (name !== undefined) {
      const project = projects.get(name);
      const absent = clientPage(path) ?? missing;
      reply(response, project === undefined ? absent : page(name, project, dialect));
      return;
    }
    const [, filename = '', isMetadata] = /^\/files\/(.+?\.whl)(\.metadata)?$/.exec(path) ?? [];
    const file = [...projects.values()]
      .flatMap(({ files }) => files)
      .find((one) => one.filename === filename);
    if (file === undefined) reply(response, missing);
    else if (isMetadata !== undefined) reply(response, { status: 200, body: file.metadata ?? '' });
    else reply(response, part(archive(file), request.headers.range));
  };
}

/** Starts an index; its projects are under `URL/simple`. */
export async function startPypi(
  projects: ReadonlyMap<string, Project>,
  dialect: Dialect = 'json',
): Promise<TestServer> {
  return startServer(pypiHandler(projects, dialect));
}

const missing: Canned = { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 Not Found' };

function page(name: string, project: Project, dialect: Dialect): Canned {
  if (dialect === 'html') {
    const links = project.files.map(({ filename }) => `<a href="/files/${filename}">${filename}</a>`);
    return {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: `<html>${links.join('<br/>')}</html>`,
    };
  }
  const body = {
    meta: { 'api-version': '1.4' },
    name,
    ...(project.status === undefined
      ? {}
      : { 'project-status': { status: project.status, reason: 'because' } }),
    versions: [...new Set(project.files.map(({ filename }) => filename.split('-')[1]))],
    files: project.files.map((file) => ({
      filename: file.filename,
      url: `/files/${file.filename}`,
      hashes: {},
      yanked: file.yanked ?? false,
      'core-metadata': file.metadata !== undefined,
      ...(file.uploaded === undefined ? {} : { 'upload-time': file.uploaded }),
      ...(file.hideSize === true ? {} : { size: archive(file).length }),
    })),
  };
  return { ...json(body), headers: { 'content-type': 'application/vnd.pypi.simple.v1+json', etag: '"1"' } };
}

function archive(file: ProjectFile): Buffer {
  return zip(new Map(Object.entries(file.contents ?? {})), file.packing);
}

/** Absolute ranges are served, suffix ranges are not: as PyPI's file host does. */
function part(bytes: Buffer, range: string | undefined): Canned {
  if (range === undefined) return { status: 200, body: bytes };
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  if (start === undefined || end === undefined) return { status: 501 };
  const last = Math.min(Number(end), bytes.length - 1);
  const headers = { 'content-range': `bytes ${start}-${last}/${bytes.length}` };
  return { status: 206, headers, body: bytes.subarray(Number(start), last + 1) };
}
