import type { Ask } from '../pipeline.ts';
export async function askOutside(uses: Parameters<Ask>[0], _o: unknown): ReturnType<Ask> {
  return {
    knowledge: uses.map(() => ({ grade: 'not-asked', evidence: [], suggestions: [] })),
    lookups: 'none',
  };
}
