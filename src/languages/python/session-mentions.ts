/** @returns Whether a text may have nox install something in a session; most do not. It loads nothing. */
export function mentionsSession(text: string): boolean {
  return /\bnox\b/.test(text) && /\.\s*(?:(?:conda_)?install|run(?:_always|_install)?)\s*\(/.test(text);
}
