import { LayoutError } from "../../base/fields.ts";

/** A closed set of names and the byte that stands for each on the wire. */
export interface CodeTable<Name extends string> {
  readonly names: readonly Name[];
  encode(name: Name): number;
  /** @throws LayoutError for a byte that stands for nothing. */
  decode(code: number): Name;
}

export function codeTable<Name extends string>(codes: Readonly<Record<Name, number>>): CodeTable<Name> {
  const names = Object.keys(codes) as Name[];
  const byCode = new Map(names.map((name) => [codes[name], name]));
  return {
    names,
    encode: (name) => codes[name],
    decode(code) {
      const name = byCode.get(code);
      if (name === undefined) throw new LayoutError(`unknown code ${code}`);
      return name;
    },
  };
}
