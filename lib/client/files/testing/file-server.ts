import { type Bytes, concat } from "../../../base/bytes.ts";
import { AppError, type ErrorCode } from "../../../protocol/errors.ts";
import type { Api } from "../../api.ts";

/** What a server does with sealed files, in memory; one that can be away, refuse and lie. */
export function createFileServer() {
  const kept = new Map<string, { readonly size: number; bytes: Bytes }>();
  const server = {
    kept,
    away: false,
    refusal: null as ErrorCode | null,
    /** Takes the next bytes and then loses the answer. */
    losesAnswer: false,
    /** Changes what it hands out. */
    lie: (bytes: Bytes): Bytes => bytes,
    puts: [] as number[],
    gets: 0,
  };

  function pass(): void {
    if (server.away) throw new AppError("offline");
    if (server.refusal) throw new AppError(server.refusal);
  }

  function require(path: string) {
    const id = /files\/([\w-]{22})/.exec(path)?.[1] ?? "";
    const file = kept.get(id);
    if (!file) throw new AppError("not-found");
    return { id, file };
  }

  const api = {
    async get(path: string) {
      pass();
      const { file } = require(path);
      return { received: file.bytes.length, size: file.size };
    },
    async getBytes(path: string, [from, to]: readonly [number, number] = [0, Number.POSITIVE_INFINITY]) {
      server.gets += 1;
      pass();
      return server.lie(require(path).file.bytes.slice(from, to));
    },
    async post(_: string, body: unknown) {
      pass();
      const { file, size } = body as { file: string; size: number };
      const known = kept.get(file) ?? { size, bytes: new Uint8Array(0) };
      kept.set(file, known);
      return { received: known.bytes.length };
    },
    async put(path: string, bytes: Bytes) {
      pass();
      const { file } = require(path);
      const offset = Number(/offset=(\d+)/.exec(path)?.[1]);
      server.puts.push(offset);
      if (offset !== file.bytes.length) throw new AppError("upload-offset");
      file.bytes = concat(file.bytes, bytes);
      if (server.losesAnswer) {
        server.losesAnswer = false;
        throw new AppError("offline");
      }
      return { received: file.bytes.length };
    },
    async send(method: string, path: string) {
      pass();
      if (method === "DELETE") kept.delete(require(path).id);
    },
  };
  return { server, api: api as unknown as Api };
}
