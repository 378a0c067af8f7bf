/** Where GitHub looks for owners; the first file that exists counts. */
export const ownersFiles: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/**
 * Which paths nobody owns. The last line that matches decides, and one without owners takes them away
 * (https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners).
 *
 * @param text Of a CODEOWNERS file. @param paths Relative to the root, with `/`.
 */
export function unowned(text: string, paths: readonly string[]): string[] {
  const lines = text.split(/\r?\n/).flatMap(ruleOf).toReversed();
  return paths.filter((path) => !lines.find(({ matches }) => matches.test(path))?.owned);
}

interface OwnersRule {
  readonly matches: RegExp;
  readonly owned: boolean;
}

function ruleOf(line: string): OwnersRule[] {
  const [pattern, ...owners] = line
    .replace(/(?:^|\s)#.*/s, '')
    .trim()
    .split(/\s+/);
  if (!pattern) return [];
  return [{ matches: expressionOf(pattern), owned: owners.some((owner) => owner.includes('@')) }];
}

/** Patterns are those of gitignore, without negation and character ranges. */
function expressionOf(pattern: string): RegExp {
  const anchored = /^\/|\/(?=.)/.test(pattern);
  const bare = pattern.replace(/^\//, '');
  const body = bare.replace(/\/$/, '').replace(/\*\*\/|\/\*\*$|\*+|\?|[^*?/]+|\//g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '/**') return '/.*';
    if (part.startsWith('*')) return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  const end = bare.endsWith('/') ? '/.*' : bare.endsWith('/*') ? '' : '(?:/.*)?';
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${body}${end}$`);
}
