/**
 * The name of an option in pip's settings, as `_normalize_name` of its `configuration.py` makes it
 * (https://github.com/pypa/pip/blob/24.0/src/pip/_internal/configuration.py): `_` is taken for `-`, and the hyphens of the
 * command line may stand before it.
 */
export function pipOptionName(key: string): string {
  return key.toLowerCase().replaceAll('_', '-').replace(/^--/, '');
}
