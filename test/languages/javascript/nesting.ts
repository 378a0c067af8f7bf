/** A way to nest or to go on without an end: `inner` is what stands within all levels. */
export interface Form {
  readonly name: string;
  readonly before?: string;
  readonly opening: string;
  readonly inner?: string;
  readonly closing?: string;
  readonly after?: string;
}

/** @returns A program of so many levels. */
export function programOf(
  { before = '', opening, inner = '', closing = '', after = '' }: Form,
  levels: number,
): string {
  return `${before}${opening.repeat(levels)}${inner}${closing.repeat(levels)}${after};\n`;
}

/** Each form takes other paths through a parser; the dialect is TypeScript with JSX. */
export const FORMS: readonly Form[] = [
  { name: 'parentheses', opening: '(', inner: '1', closing: ')' },
  { name: 'arrays', opening: '[', closing: ']' },
  { name: 'objects', before: 'x=', opening: '{a:', inner: '1', closing: '}' },
  { name: 'blocks', opening: '{', closing: '}' },
  { name: 'arrow functions', opening: '(()=>', inner: '1', closing: ')' },
  { name: 'arrow functions in a row', opening: 'a=>', inner: 'a' },
  { name: 'default values', opening: '(a=', inner: '1', closing: ')=>1' },
  { name: 'functions', opening: 'function f(){', closing: '}' },
  { name: 'classes', opening: 'class A{m(){\n', closing: '}}' },
  { name: 'heritage', opening: 'class A extends ', inner: 'B', closing: '{}' },
  { name: 'calls within calls', opening: 'f(', closing: ')' },
  { name: 'calls in a row', before: 'a', opening: '()' },
  { name: 'steps', before: 'a', opening: '.step(1)' },
  { name: 'members', before: 'a', opening: '.a' },
  { name: 'optional members', before: 'a', opening: '?.a' },
  { name: 'indexes', before: 'a', opening: '[0]' },
  { name: 'assertions', before: 'a', opening: '!' },
  { name: 'casts', before: 'a', opening: ' as A' },
  { name: 'tags', before: 'a', opening: '``' },
  { name: 'templates', opening: '`${', inner: '1', closing: '}`' },
  { name: 'elements', opening: '<p>', closing: '</p>' },
  { name: 'attributes', opening: '<p a={', inner: '1', closing: '}/>' },
  { name: 'sums', before: 'a', opening: '+a' },
  { name: 'alternatives', before: 'a', opening: '||a' },
  { name: 'comparisons', before: 'a', opening: '>a' },
  { name: 'powers', opening: 'a**', inner: 'a' },
  { name: 'negations', opening: '!', inner: 'a' },
  { name: 'unary words', opening: 'typeof ', inner: 'a' },
  { name: 'constructions', opening: 'new ', inner: 'a' },
  { name: 'generators', before: 'function*f(){', opening: 'yield ', inner: 'a', after: '}' },
  { name: 'promises', before: 'async()=>{', opening: 'await ', inner: 'a', after: '}' },
  { name: 'assignments', opening: 'a=', inner: 'a' },
  { name: 'conditions', opening: 'a?b:', inner: 'c' },
  { name: 'conditions within conditions', opening: 'a?', inner: 'b', closing: ':c' },
  { name: 'else if', before: 'if(a){}', opening: 'else if(a){}' },
  { name: 'if', opening: 'if(a)', inner: 'b' },
  { name: 'else', opening: 'if(a);else ', inner: 'b' },
  { name: 'loops', opening: 'for(;;)' },
  { name: 'loops with a condition', opening: 'while(a)' },
  { name: 'loops with a condition behind', opening: 'do ', closing: ';while(a)' },
  { name: 'attempts', opening: 'try{', closing: '}catch{}' },
  { name: 'switches', opening: 'switch(a){default:\n', closing: '}' },
  { name: 'array patterns', before: 'let ', opening: '[', inner: 'a', closing: ']', after: '=1' },
  { name: 'object patterns', before: 'let ', opening: '{a:', inner: 'a', closing: '}', after: '=1' },
  { name: 'type arguments', before: 'let x:', opening: 'A<', inner: 'A', closing: '>' },
  { name: 'array types', before: 'let x:A', opening: '[]' },
  { name: 'indexed types', before: 'type A=B', opening: '["a"]' },
  { name: 'tuples', before: 'type A=', opening: '[', inner: 'B', closing: ']' },
  { name: 'object types', before: 'type A=', opening: '{a:', inner: 'B', closing: '}' },
  { name: 'mapped types', before: 'type A=', opening: '{[K in A]:', inner: 'B', closing: '}' },
  { name: 'types in parentheses', before: 'type A=', opening: '(', inner: 'B', closing: ')' },
  { name: 'function types', before: 'type A=', opening: '()=>', inner: 'B' },
  { name: 'conditional types', before: 'type A=', opening: 'A extends B?C:', inner: 'D' },
  { name: 'inferred types', before: 'type A=B extends ', opening: 'infer A extends ', inner: 'C?1:2' },
  { name: 'type operators', before: 'let x:', opening: 'keyof ', inner: 'A' },
  { name: 'template types', before: 'type A=', opening: '`${', inner: 'B', closing: '}`' },
  { name: 'qualified names', before: 'type A=a', opening: '.a' },
  { name: 'namespaces', before: 'namespace a', opening: '.a', after: '{}' },
  { name: 'decorators', before: '@', opening: '(', inner: 'a', closing: ')', after: ' class A{}' },
];
