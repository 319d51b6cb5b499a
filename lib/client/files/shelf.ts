import type { Bytes } from "../../base/bytes.ts";
import { AppError } from "../../protocol/errors.ts";

/** Where what is sealed waits for its upload, by name: one for each account, and nothing readable in it. */
export interface Shelf {
  /** Whether it outlives the page. */
  readonly lasting: boolean;
  /** All of it, or nothing. @throws AppError "no-room-here"; whatever `pieces` throws */
  write(name: string, pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>;
  /** Bytes `from` to `to`, `to` excluded, or to the end. @throws AppError "not-found" */
  read(name: string, from?: number, to?: number): Promise<Bytes>;
  /** Also where there is none. */
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** @param mostBytes of all that lies on it */
export function memoryShelf(mostBytes: number, lasting = false): Shelf {
  const kept = new Map<string, Bytes>();
  return {
    lasting,
    async write(name, pieces) {
      const parts: Uint8Array[] = [];
      let total = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
      for await (const piece of pieces) {
        total += piece.length;
        if (total > mostBytes) throw new AppError("no-room-here", "memory");
        parts.push(piece);
      }
      kept.set(name, new Uint8Array(await new Blob(parts as Bytes[]).arrayBuffer()));
    },
    async read(name, from, to) {
      const bytes = kept.get(name);
      if (!bytes) throw new AppError("not-found", "not on the shelf");
      return bytes.slice(from, to);
    },
    async remove(name) {
      kept.delete(name);
    },
    names: async () => [...kept.keys()],
  };
}
