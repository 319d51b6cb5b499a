import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareBytes, concat, u8, u32, u64, utf8 } from "./bytes.ts";
import { fromBase64url, toBase64url, toHex } from "./encoding.ts";
import { ByteReader, encodeFields, LayoutError } from "./fields.ts";
import { type AccountId, idFromBytes, idToBytes, newId } from "./ids.ts";

const bytes = fc.uint8Array({ maxLength: 100 });

describe("base64url", () => {
  test("agrees with Node's, both ways", () => {
    fc.assert(
      fc.property(bytes, (value) => {
        const text = toBase64url(value);
        expect(text).toBe(Buffer.from(value).toString("base64url"));
        expect(fromBase64url(text)).toEqual(new Uint8Array(value));
      }),
    );
  });

  test.each([3_071, 3_072, 3_073, 10_000])("agrees also with %d bytes", (length) => {
    const value = Uint8Array.from({ length }, (_, i) => (i * 37) % 256);
    expect(toBase64url(value)).toBe(Buffer.from(value).toString("base64url"));
  });

  test.each(["A", "AAAAA", "A=", "AA==", "A A", "AB", "é", "AAA/", "A+AA"])("refuses %j", (text) => {
    expect(fromBase64url(text)).toBeNull();
  });

  test("hex", () => expect(toHex(Uint8Array.of(0, 15, 255))).toBe("000fff"));
});

describe("fields", () => {
  test("are injective and read back", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (fields) => {
        const reader = new ByteReader(encodeFields(...fields));
        for (const field of fields) expect(reader.field()).toEqual(new Uint8Array(field));
        reader.end();
      }),
    );
  });

  test("moving a byte between neighbours changes the encoding", () => {
    expect(encodeFields(utf8("ab"), utf8("c"))).not.toEqual(encodeFields(utf8("a"), utf8("bc")));
  });

  test("refuse what is missing, left over or too large", () => {
    expect(() => new ByteReader(u8(1)).u32()).toThrow(LayoutError);
    expect(() => new ByteReader(u32(5)).field()).toThrow(LayoutError);
    expect(() => new ByteReader(encodeFields(utf8("abc"))).field(2)).toThrow(LayoutError);
    expect(() => new ByteReader(u8(1)).end()).toThrow(LayoutError);
    expect(() => new ByteReader(new Uint8Array(8).fill(255)).u64()).toThrow(LayoutError);
  });
});

describe("integers", () => {
  test("go there and back", () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(Number.MAX_SAFE_INTEGER), (small, large) => {
        const reader = new ByteReader(concat(u32(small), u64(large)));
        expect([reader.u32(), reader.u64()]).toEqual([small, large]);
      }),
    );
  });

  test.each([-1, 1.5, 2 ** 32, Number.NaN])("refuse %d as u32", (value) => {
    expect(() => u32(value)).toThrow(RangeError);
  });
});

describe("ids", () => {
  test("are UUIDv7 in the order of their time", () => {
    const [early, late] = [newId(1_000), newId(2_000_000_000_000)];
    expect(compareBytes(idToBytes(early), idToBytes(late))).toBeLessThan(0);
    const value = idToBytes(late);
    expect((value[6] ?? 0) >> 4).toBe(7);
    expect((value[8] ?? 0) >> 6).toBe(2);
    expect(idFromBytes<AccountId>(value)).toBe(late);
  });

  test("need 16 bytes", () => {
    expect(() => idFromBytes(new Uint8Array(15))).toThrow(RangeError);
    expect(() => idToBytes("short" as AccountId)).toThrow(RangeError);
  });
});
