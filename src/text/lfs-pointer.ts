/**
 * @returns Whether a text is what git holds in place of a file that Git LFS keeps: nothing but lines of keys in their order,
 *   `version` first (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer).
 */
export function isPointer(text: string): boolean {
  return text.length < 1024 && POINTER.test(text);
}

const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-\d-[\w.-]+ sha256:[0-9a-f]{64}\n)*oid sha256:[0-9a-f]{64}\nsize \d{1,19}\n?$/;
