/** @returns An environment marker as it is compared: one blank between its words, and one kind of quotes. */
export function comparableMarker(marker: string): string {
  const words = marker.match(/"[^"]*"|'[^']*'|[=!<>~]+|[()]|[\w.]+/g) ?? [];
  return words.map((word) => word.replaceAll('"', "'")).join(' ');
}

/**
 * @param requirement A requirement with its marker, if it has one.
 * @param marker A marker in the form in which it is compared.
 * @returns Whether the requirement's marker asks for as much as the other one, so that it holds only where that one does.
 */
export function holdsWithin(requirement: string, marker: string): boolean {
  const semicolon = requirement.indexOf(';');
  if (semicolon < 0) return false;
  const condition = comparableMarker(requirement.slice(semicolon + 1));
  return (
    condition === marker || (!/[()]|\bor\b/.test(condition) && condition.split(' and ').includes(marker))
  );
}
