/** The picture of docs/performance.md. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly number[])[] }[];
}
export const colours: { readonly text: string; readonly lines: readonly string[] };
export function chart(xTitle: string, panels: readonly Panel[]): string;
