import fc from "fast-check";
import { toJSONSchema, type ZodMiniType } from "zod/mini";

/** As far as schemas here go: what `toJSONSchema` writes. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

const ID_CHARS = 22;
const ITEMS_AT_MOST = 4;

/** What no field expects: other types, sizes beyond any limit, names that objects have already. */
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53,
    -(2 ** 63),
    1e308,
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
  ),
  fc.constantFrom<unknown>(
    {},
    [],
    [[]],
    [null],
    { length: 3 },
    { toString: 1 },
    { constructor: { prototype: 1 } },
  ),
  fc.constantFrom<unknown>(
    "__proto__",
    "constructor",
    "../../x",
    "%00",
    "' OR 1=1 --",
    "A".repeat(22),
    "🧑‍🚀".repeat(40),
  ),
  fc.nat({ max: 20 }).map((power) => "A".repeat(2 ** Math.min(power, 17))),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
);

const bytesText = (most: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ maxLength: Math.min(most, 1_600) })
    .map((bytes) => Buffer.from(bytes).toString("base64url").slice(0, most));

/** Values as the schema wants them, at least on the face of it. @param ids of what there is, for fields that name something */
export function wellShaped(schema: ZodMiniType<unknown>, ids: readonly string[]): fc.Arbitrary<unknown> {
  return fromShape(toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape, ids);
}

function fromShape(shape: Shape, ids: readonly string[]): fc.Arbitrary<unknown> {
  if ("const" in shape) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const either = shape.anyOf ?? shape.oneOf;
  if (either) return fc.oneof(...either.map((one) => fromShape(one, ids)));
  switch (shape.type) {
    case "object": {
      const fields: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [name, field] of Object.entries(shape.properties ?? {}))
        fields[name] = fromShape(field, ids);
      return fc.record(fields, { requiredKeys: [...(shape.required ?? [])] });
    }
    case "array":
      return fc.array(fromShape(shape.items ?? {}, ids), {
        maxLength: Math.min(shape.maxItems ?? ITEMS_AT_MOST, ITEMS_AT_MOST),
      });
    case "string":
      return text(shape, ids);
    case "number":
    case "integer":
      return fc.oneof(fc.nat({ max: 5 }), fc.maxSafeNat());
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return strange;
  }
}

function text(
  { pattern, minLength = 0, maxLength = 100 }: Shape,
  ids: readonly string[],
): fc.Arbitrary<string> {
  if (minLength === ID_CHARS && maxLength === ID_CHARS)
    return fc.oneof(
      fc.constantFrom(...ids),
      fc.uint8Array({ minLength: 16, maxLength: 16 }).map((id) => Buffer.from(id).toString("base64url")),
    );
  if (pattern) return fc.oneof(fc.stringMatching(new RegExp(pattern), { maxLength: 300 }), fc.string());
  return fc.oneof(
    bytesText(maxLength),
    fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 200)) }),
  );
}

/** The value with one to three of its parts replaced, bent, left out or put where none belongs. */
export function bent(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.nat({ max: 5 }), strange, fc.nat());
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<unknown>((before, [place, how, other, at]) => {
      const count = countParts(before);
      return changePart(before, { left: place % count }, (part) => bend(part, how, other, at));
    }, value),
  );
}

function bend(part: unknown, how: number, other: unknown, at: number): unknown {
  if (typeof part === "string" && how < 4) return bendText(part, how, at);
  if (typeof part === "object" && part !== null && how < 4) return bendObject(part, how, other, at);
  if (typeof part === "number" && how < 2) return part + (at % 3) - 1;
  return other;
}

/** What is bytes stays bytes: a bit turned, some cut off, some added. */
function bendText(text: string, how: number, at: number): string {
  if (!/^[\w-]{8,}$/.test(text)) return text.slice(0, at % (text.length + 1)) + "\u0000\u202e~"[how % 3];
  const bytes = Buffer.from(text, "base64url");
  const place = at % bytes.length;
  if (how === 0) return bytes.subarray(0, place).toString("base64url");
  if (how === 1) return Buffer.concat([bytes, Buffer.alloc(1 + (at % 64))]).toString("base64url");
  bytes[place] = (bytes[place] ?? 0) ^ (1 << (at % 8));
  return bytes.toString("base64url");
}

function bendObject(part: object, how: number, other: unknown, at: number): unknown {
  if (Array.isArray(part)) return how === 0 ? part.slice(1) : [...part, ...(how === 1 ? part : [other])];
  const names = Object.keys(part);
  const name = names[at % Math.max(1, names.length)] ?? "x";
  if (how === 0) return Object.fromEntries(Object.entries(part).filter(([other]) => other !== name));
  return { ...part, [how === 1 ? name : `${name}${at}`]: other };
}

function countParts(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + countParts(part), 1);
}

function changePart(value: unknown, counter: { left: number }, change: (part: unknown) => unknown): unknown {
  counter.left -= 1;
  if (counter.left < 0) {
    counter.left = Number.POSITIVE_INFINITY;
    return change(value);
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => changePart(part, counter, change));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, changePart(part, counter, change)]),
  );
}

/** A body's bytes: mostly JSON of the value, now and then no JSON at all. */
export function asBytes(value: fc.Arbitrary<unknown>): fc.Arbitrary<Buffer> {
  const json = value.map((it) => Buffer.from(JSON.stringify(it) ?? ""));
  const broken = fc.tuple(json, fc.nat(), fc.nat({ max: 255 })).map(([bytes, at, byte]) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at % copy.length] = byte;
    return byte % 3 === 0 ? copy.subarray(0, at % (copy.length + 1)) : copy;
  });
  const nested = fc.nat({ max: 10_000 }).map((depth) => Buffer.from("[".repeat(depth) + "]".repeat(depth)));
  return fc.oneof(
    { weight: 12, arbitrary: json },
    { weight: 3, arbitrary: broken },
    { weight: 1, arbitrary: nested },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
  );
}
