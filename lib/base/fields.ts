import { type Bytes, concat, u32 } from "./bytes.ts";
import { ID_BYTES, type Id, idAt } from "./ids.ts";

/** `enc(a, b, …)` of docs/protocol.md §1: every field as `u32be length ‖ bytes`, in fixed order. Injective. */
export function encodeFields(...fields: readonly Uint8Array[]): Bytes {
  return concat(...fields.flatMap((field) => [u32(field.length), field]));
}

/** Raised for any layout that is not exactly what was expected: wrong length, trailing or missing bytes. */
export class LayoutError extends Error {
  override readonly name = "LayoutError";
}

/** Reads a binary layout front to back; `end()` refuses trailing bytes. Every method throws LayoutError. */
export class ByteReader {
  #offset = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  #advance(length: number): number {
    if (length > this.remaining) throw new LayoutError(`needs ${length} bytes, has ${this.remaining}`);
    const start = this.#offset;
    this.#offset += length;
    return start;
  }

  take(length: number): Bytes {
    const start = this.#advance(length);
    return this.#bytes.slice(start, start + length) as Bytes;
  }

  /** What is left, within the memory that was given: for who looks at it, or passes it on, while that is as it was. */
  restInPlace(): Bytes {
    return this.#bytes.subarray(this.#advance(this.remaining)) as Bytes;
  }

  id<T extends Id>(): T {
    return idAt<T>(this.#bytes, this.#advance(ID_BYTES));
  }

  #byte(at: number): number {
    return this.#bytes[at] as number;
  }

  u8(): number {
    return this.#byte(this.#advance(1));
  }

  u32(): number {
    const at = this.#advance(4);
    const low = (this.#byte(at + 1) << 16) | (this.#byte(at + 2) << 8) | this.#byte(at + 3);
    return this.#byte(at) * 2 ** 24 + low;
  }

  u64(): number {
    const value = this.u32() * 2 ** 32 + this.u32();
    if (value > Number.MAX_SAFE_INTEGER) throw new LayoutError("integer above 2^53");
    return value;
  }

  /** One `u32be length ‖ bytes` field; with `exact`, any other length is refused. */
  field(exact?: number): Bytes {
    const length = this.u32();
    if (exact !== undefined && length !== exact)
      throw new LayoutError(`field of ${length} bytes, not ${exact}`);
    return this.take(length);
  }

  rest(): Bytes {
    return this.take(this.remaining);
  }

  end(): void {
    if (this.remaining !== 0) throw new LayoutError(`${this.remaining} trailing bytes`);
  }
}
