/** What docs/performance.md is written with, as far as tests call it. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: number;
  readonly note?: string;
}
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly groups: readonly {
    readonly name: string;
    readonly rows: readonly Row[];
    readonly remarks?: readonly string[];
  }[];
  readonly intro?: string;
  readonly pictures?: readonly { readonly file: string; readonly alt: string; readonly svg: string }[];
  readonly showsAll?: boolean;
}
export interface Circumstances {
  readonly machine: Readonly<Record<'cores' | 'cpu' | 'memory' | 'os' | 'node' | 'git', string>>;
  readonly date: string;
}
export function block(result: Result, circumstances: Circumstances): string;
export function table(result: Result): string;
export function withBlock(page: string, id: string, text: string): string;
