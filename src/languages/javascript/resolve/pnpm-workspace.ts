/**
 * Reads the `packages` of a pnpm-workspace.yaml (https://pnpm.io/pnpm-workspace_yaml). The usual form, one
 * `- pattern` on a line, is read here; anything else by a YAML library, which takes long to load.
 *
 * @returns The patterns; none where there are none or the file is no YAML.
 */
export async function readPnpmPackages(source: string): Promise<readonly string[]> {
  return readPlain(source) ?? (await readYaml(source));
}

function readPlain(source: string): readonly string[] | undefined {
  const lines = source.split(/\r?\n/);
  const start = lines.findIndex((line) => /^packages:\s*(?:#.*)?$/.test(line));
  if (start === -1) return source.includes('packages') ? undefined : [];
  const patterns: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (/^[^\s-]/.test(line)) break;
    const item = /^ *- +(?:'([^'\\]*)'|"([^"\\]*)"|([\w@./*][^\s#'"&|>{}[\],:]*))(?:\s+#.*|\s*)$/.exec(line);
    const pattern = item?.[1] ?? item?.[2] ?? item?.[3];
    if (pattern === undefined) return undefined;
    patterns.push(pattern);
  }
  return patterns;
}

async function readYaml(source: string): Promise<readonly string[]> {
  const { select } = await import('../../../documents/document.ts');
  const { readDataFile } = await import('../../../documents/data-file.ts');
  const { root } = await readDataFile('yaml', source.replace(/^\uFEFF/, ''));
  return select(root, 'packages', '[]').flatMap((item) => (item.kind === 'text' ? [item.value] : []));
}
