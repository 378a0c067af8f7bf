import { MOST_STEPS } from './steps.ts';
import { Reader } from './wasm-reader.ts';

/** Ids of sections (https://webassembly.github.io/spec/core/binary/modules.html#sections). */
const ids = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 } as const;

/** Types (https://webassembly.github.io/spec/core/binary/types.html). */
const [i32, functionType] = [0x7f, 0x60];

/**
 * What gives memory and takes it back: how long it searches depends on what was read before, which must not count. It
 * does not trap either, so that a trap leaves the list of what is free in order.
 */
const allocators = ['malloc', 'calloc', 'realloc', 'free'];

/** Functions of C whose third argument is how many bytes they copy or fill. */
const copiers = ['memcpy', 'memset', 'memmove'];

/** Bytes of the stack that are kept for it, and for what a function uses without asking. */
const reserve = 4096;

/**
 * Adds a counter to a module of WebAssembly, so that it can be told how much work a text makes, on every machine the
 * same: it exports a global `steps`, from which every function that is entered, every round of a loop, and memory that
 * is copied take their part. Below zero it traps, wherever it is. A function that is entered with the stack nearly used
 * up traps too, where the module as built would write over its own data.
 *
 * @param module The binary. It imports `env.__stack_pointer`, and the lower end of its stack as
 *   `GOT.mem.__stack_low`, as emscripten builds a main module.
 * @returns The changed binary.
 * @throws Where the binary holds something that is not known here.
 */
export function metered(module: Uint8Array): Uint8Array {
  const sections = sectionsOf(module);
  const content = (id: number) => contentOf(sections, id);
  const imports = importsOf(content(ids.import));
  const globals = imports.flatMap(({ name, kind }) => (kind === 3 ? [name] : []));
  const first = imports.filter(({ kind }) => kind === 0).length;
  const bodies = vectorOf(content(ids.code)).map(bodyOf);
  const exported = exportedFunctions(content(ids.export));
  const copying = copiers.flatMap((name) => exported.get(name) ?? []);
  const meter = new Meter({
    counter: globals.length + new Reader(content(ids.global)).number(),
    pointer: globals.indexOf('env.__stack_pointer'),
    low: globals.indexOf('GOT.mem.__stack_low'),
    added: first + bodies.length,
    copying,
  });
  const free = allocating({ first, bodies }, exported);
  const counted = bodies.map((body, at) => (free.has(first + at) ? body.bytes : meter.body(body)));
  const types = new Reader(content(ids.function));
  const typeOf = Array.from({ length: types.number() }, () => types.number());
  const type = new Reader(content(ids.type)).number();
  const added = [type, type, ...copying.map((index) => typeOf[index - first] ?? type)];
  const changed = new Map<number, Uint8Array>([
    [ids.type, longer(content(ids.type), [functionType, 3, i32, i32, i32, 0])],
    [ids.function, added.reduce((section, each) => longer(section, leb(each)), content(ids.function))],
    [ids.global, longer(content(ids.global), [i32, 1, 0x41, ...leb(MOST_STEPS), 0x0b])],
    [ids.export, longer(content(ids.export), [...named('steps'), 3, ...leb(meter.counter)])],
    [ids.code, vector([...counted, ...meter.added()])],
  ]);
  const contents = sections.map((section) => changed.get(section.id) ?? section.content);
  return joined([
    module.subarray(0, 8),
    ...sections.flatMap(({ id }, at) => [[id, ...leb(contents[at]?.length ?? 0)], contents[at] ?? []]),
  ]);
}

interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/** A function's code, and the places in it that count. */
interface Body {
  readonly bytes: Uint8Array;
  /** Where its instructions begin. */
  readonly start: number;
  readonly places: readonly Place[];
  /** The functions that it calls. */
  readonly calls: readonly number[];
}

/** The inside of a loop, an instruction that copies or fills memory, or one that calls a function. */
interface Place {
  readonly kind: 'loop' | 'copy' | 'fill' | 'call';
  readonly at: number;
  readonly length: number;
  readonly called?: number;
}

/**
 * Indexes of a module: of the globals for the steps, the stack's pointer and its lower end; of the first function that
 * is added; of the functions that copy.
 */
interface Indexes {
  readonly counter: number;
  readonly pointer: number;
  readonly low: number;
  readonly added: number;
  readonly copying: readonly number[];
}

/** Writes instructions (https://webassembly.github.io/spec/core/binary/instructions.html). */
class Meter {
  readonly counter: number;
  readonly #added: number;
  readonly #copying: readonly number[];
  readonly #step: readonly number[];
  readonly #check: readonly number[];
  readonly #guard: readonly number[];

  constructor({ counter, pointer, low, added, copying }: Indexes) {
    if (pointer < 0 || low < 0) throw new Error('the module does not import its stack');
    this.counter = counter;
    this.#added = added;
    this.#copying = copying;
    // global.get counter; i32.const 1; i32.sub; global.set counter
    this.#step = [0x23, ...leb(counter), 0x41, 1, 0x6b, 0x24, ...leb(counter)];
    // global.get counter; i32.const 0; i32.lt_s; if; unreachable; end
    this.#check = [0x23, ...leb(counter), 0x41, 0, 0x48, 0x04, 0x40, 0, 0x0b];
    // global.get pointer; global.get low; i32.const reserve; i32.add; i32.lt_u; if; unreachable; end
    this.#guard = [
      0x23,
      ...leb(pointer),
      0x23,
      ...leb(low),
      0x41,
      ...leb(reserve),
      0x6a,
      0x49,
      0x04,
      0x40,
      0,
      0x0b,
    ];
  }

  /** @returns A function with its steps. */
  body({ bytes, start, places }: Body): Uint8Array {
    const pieces = [bytes.subarray(0, start), this.#guard, this.#step, this.#check];
    let copyStart = start;
    for (const place of places) {
      const { at, length } = place;
      pieces.push(bytes.subarray(copyStart, at), this.#insteadOf(place) ?? bytes.subarray(at, at + length));
      copyStart = at + length;
    }
    return joined([...pieces, bytes.subarray(copyStart)]);
  }

  /** Functions that do what others do to any amount of memory, and count 64 bytes of it as a step. */
  added(): readonly Uint8Array[] {
    const instructions = [
      [0xfc, 0x0a, 0, 0],
      [0xfc, 0x0b, 0],
      ...this.#copying.map((index) => [0x10, ...leb(index)]),
    ];
    return instructions.map((instruction) =>
      joined([
        [0],
        this.#step,
        // global.get counter; local.get 2; i32.const 6; i32.shr_u; i32.sub; global.set counter
        [0x23, ...leb(this.counter), 0x20, 2, 0x41, 6, 0x76, 0x6b, 0x24, ...leb(this.counter)],
        this.#check,
        [0x20, 0, 0x20, 1, 0x20, 2, ...instruction, 0x0b],
      ]),
    );
  }

  #insteadOf({ kind, called = -1 }: Place): readonly number[] | undefined {
    if (kind === 'loop') return [...this.#step, ...this.#check];
    const at = kind === 'call' ? this.#copying.indexOf(called) + 2 : kind === 'copy' ? 0 : 1;
    return kind === 'call' && at === 1 ? undefined : [0x10, ...leb(this.#added + at)];
  }
}

function sectionsOf(module: Uint8Array): readonly Section[] {
  const reader = new Reader(module);
  reader.take(8);
  const sections: Section[] = [];
  while (!reader.ended) sections.push({ id: reader.byte(), content: reader.take(reader.number()) });
  return sections;
}

function contentOf(sections: readonly Section[], id: number): Uint8Array {
  const section = sections.find((candidate) => candidate.id === id);
  if (section === undefined) throw new Error(`the module has no section ${id}`);
  return section.content;
}

/** @returns The elements of a vector that are bytes behind their length. */
function vectorOf(content: Uint8Array): readonly Uint8Array[] {
  const reader = new Reader(content);
  return Array.from({ length: reader.number() }, () => reader.take(reader.number()));
}

function importsOf(content: Uint8Array): readonly { readonly name: string; readonly kind: number }[] {
  const reader = new Reader(content);
  return Array.from({ length: reader.number() }, () => {
    const name = `${reader.name()}.${reader.name()}`;
    const kind = reader.byte();
    if (kind === 0) reader.number();
    else if (kind === 3) reader.take(2);
    else {
      // A table has the type of its elements before its limits, which are one number or two.
      if (kind === 1) reader.byte();
      for (let left = reader.byte() & 1; left >= 0; left -= 1) reader.number();
    }
    return { name, kind };
  });
}

function exportedFunctions(content: Uint8Array): ReadonlyMap<string, number> {
  const reader = new Reader(content);
  const exported = Array.from({ length: reader.number() }, () => {
    return { name: reader.name(), kind: reader.byte(), index: reader.number() };
  });
  return new Map(exported.flatMap(({ name, kind, index }) => (kind === 0 ? [[name, index] as const] : [])));
}

function bodyOf(bytes: Uint8Array): Body {
  const reader = new Reader(bytes);
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.number();
    reader.byte();
  }
  const start = reader.at;
  const [places, calls]: [Place[], number[]] = [[], []];
  while (!reader.ended) {
    const at = reader.at;
    const { opcode, called, copies } = reader.instruction();
    if (called !== undefined) {
      calls.push(called);
      places.push({ kind: 'call', at, length: reader.at - at, called });
    }
    if (copies !== undefined) places.push({ kind: copies, at, length: reader.at - at });
    if (opcode === 0x03) places.push({ kind: 'loop', at: reader.at, length: 0 });
  }
  return { bytes, start, places, calls };
}

/** @returns The functions that manage memory, and those that they call. */
function allocating(
  { first, bodies }: { readonly first: number; readonly bodies: readonly Body[] },
  exported: ReadonlyMap<string, number>,
): ReadonlySet<number> {
  const functions = new Set(allocators.map((name) => exported.get(name) ?? -1));
  // A set hands out what is added to it while it is walked.
  for (const index of functions)
    for (const called of bodies[index - first]?.calls ?? []) functions.add(called);
  return functions;
}

/** @returns A vector with one element more. */
function longer(content: Uint8Array, element: readonly number[]): Uint8Array {
  const reader = new Reader(content);
  const count = reader.number();
  return joined([leb(count + 1), content.subarray(reader.at), element]);
}

function vector(elements: readonly Uint8Array[]): Uint8Array {
  return joined([leb(elements.length), ...elements.flatMap((element) => [leb(element.length), element])]);
}

function named(name: string): readonly number[] {
  return [name.length, ...new TextEncoder().encode(name)];
}

/** LEB128. A constant is signed: its highest bit stays clear, which an unsigned number may do as well. */
function leb(value: number): readonly number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x40; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return [...bytes, left];
}

function joined(pieces: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
