import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type FileId, idToBytes } from "../../../lib/base/ids.ts";

/** Where the store keeps the bytes of a file. */
export function pathIn(folder: string, file: FileId): string {
  const name = Buffer.from(idToBytes(file)).toString("hex");
  return join(folder, name.slice(-2), name);
}

/** What there are bytes of. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("/"));
}

/** A request's body, as it comes. */
export async function* inParts(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts;
}
