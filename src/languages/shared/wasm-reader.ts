/** An instruction, as far as whoever counts steps needs to know it. */
export interface Instruction {
  readonly opcode: number;
  /** The index of the function that it calls. */
  readonly called?: number;
  /** It copies or fills any amount of memory. */
  readonly copies?: 'copy' | 'fill';
}

/** Reads the binary format of WebAssembly, one thing after another (https://webassembly.github.io/spec/core/binary/). */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The offset of what is read next. */
  get at(): number {
    return this.#at;
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error('the module ends too soon');
    this.#at += 1;
    return byte;
  }

  /** An unsigned number of at most 32 bits (LEB128). */
  number(): number {
    let [value, shift] = [0, 0];
    for (let byte = this.byte(); ; byte = this.byte()) {
      value |= (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) return value >>> 0;
    }
  }

  take(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  name(): string {
    return new TextDecoder().decode(this.take(this.number()));
  }

  /** @throws Where the instruction is none of those that are known here. */
  instruction(): Instruction {
    const opcode = this.byte();
    if (opcode === 0x10) return { opcode, called: this.number() };
    if (opcode === 0xfc) return this.#extended(opcode);
    for (let left = this.#immediates(opcode); left > 0; left -= 1) this.#skipNumber();
    return { opcode };
  }

  /** @returns How many numbers belong to an instruction, behind those that are passed over here. */
  #immediates(opcode: number): number {
    switch (opcode) {
      case 0x0e: // br_table: labels behind their count, and one more
        return this.number() + 1;
      case 0x43: // f32.const
        this.take(4);
        return 0;
      case 0x44: // f64.const
        this.take(8);
        return 0;
      case 0x11: // call_indirect
        return 2;
    }
    if (without.has(opcode) || (opcode >= 0x45 && opcode <= 0xc4)) return 0;
    // Loads and stores have an alignment and an offset.
    if (opcode >= 0x28 && opcode <= 0x3e) return 2;
    if (single.has(opcode)) return 1;
    throw new Error(`the module holds the unknown opcode 0x${opcode.toString(16)}`);
  }

  #extended(opcode: number): Instruction {
    const code = this.number();
    if (code <= 7) return { opcode };
    if (code !== 10 && code !== 11) throw new Error(`the module holds the unknown opcode 0xfc ${code}`);
    this.take(code === 10 ? 2 : 1);
    return { opcode, copies: code === 10 ? 'copy' : 'fill' };
  }

  /** Also a signed one, of at most 64 bits. */
  #skipNumber(): void {
    while (this.byte() >= 0x80);
  }
}

/** unreachable, nop, else, end, return, drop, select, ref.is_null */
const without: ReadonlySet<number> = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1]);

/** block, loop, if, br, br_if, those of locals and globals, memory.size and .grow, i32.const, i64.const, ref.null and .func */
const single: ReadonlySet<number> = new Set([
  ...[0x02, 0x03, 0x04, 0x0c, 0x0d, 0x20, 0x21, 0x22, 0x23, 0x24, 0x3f, 0x40, 0x41, 0x42, 0xd0, 0xd2],
]);
