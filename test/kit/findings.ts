/**
 * The findings of a report in the concise format, as tests compare them: place, rule without grade, package.
 * Notes are left out.
 * A line that fits no finding or fault stays as it is, so that no comparison passes over it.
 */
export function findingsIn(concise: string): string[] {
  const lines = concise.split('\n').filter((line) => line !== '' && !line.startsWith('note: '));
  return lines.map((line) => {
    const found = /^(.*?:\d+:\d+): (?:error|warn) ([a-z-]+)(?:\/[a-z-]+)? .*?(?: \[([^\]]+)\])?$/.exec(line);
    const fault = /^(.*?:\d+:\d+): fault ([a-z-]+) /.exec(line);
    if (found) return [found[1], found[2], found[3]].filter((part) => part !== undefined).join(' ');
    return fault ? `${fault[1] ?? ''} fault ${fault[2] ?? ''}` : line;
  });
}
