import { createHmac } from "node:crypto";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import { AppError } from "../../lib/protocol/errors.ts";
import type { VersionedKey } from "../secrets.ts";
import type { Job } from "./worker.ts";

export const BCRYPT_COST = 12;
/** About ten seconds of waiting on two cores; beyond that "try again" is the kinder answer. */
const MAX_QUEUE = 100;
const RETRY_SECONDS = 5;

export interface PasswordHash {
  passwordHash: string;
  pepperVersion: number;
}

/**
 * bcrypt reads 72 bytes and stops at NUL, so what it hashes is base64(HMAC-SHA-384(pepper, password)): 64 ASCII
 * bytes. The HMAC is keyed because an unkeyed pre-hash would let hashes leaked elsewhere be tried here.
 */
export function createPasswordHasher(
  peppers: readonly [VersionedKey, ...VersionedKey[]],
  {
    cost = BCRYPT_COST,
    measure = () => {},
  }: { readonly cost?: number; readonly measure?: (seconds: number) => void } = {},
) {
  const fromSource = import.meta.filename.endsWith(".ts");
  const pool = new Piscina<Job, string | boolean>({
    filename: join(import.meta.dirname, fromSource ? "worker.ts" : "password-worker.mjs"),
    execArgv: fromSource ? ["--import", "tsx"] : [],
    minThreads: 1,
    maxThreads: availableParallelism(),
    maxQueue: MAX_QUEUE,
    idleTimeout: 60_000,
  });

  const pepper = (password: string, { key }: VersionedKey) =>
    createHmac("sha384", key).update(password.normalize("NFC")).digest("base64");

  async function run(job: Job): Promise<string | boolean> {
    if (pool.queueSize >= MAX_QUEUE)
      throw new AppError("overloaded", "password queue is full", RETRY_SECONDS);
    const startedAt = performance.now();
    const result = await pool.run(job);
    measure((performance.now() - startedAt) / 1000);
    return result;
  }

  const [current] = peppers;
  const hash = async (password: string): Promise<PasswordHash> => ({
    passwordHash: String(await run({ work: "hash", input: pepper(password, current), cost })),
    pepperVersion: current.version,
  });
  let closed = false;
  // Compared with when the name does not exist, so that both answers take one bcrypt.
  let dummy: Promise<PasswordHash> | null = null;
  function requireDummy(): Promise<PasswordHash> {
    dummy ??= hash("no account has this password").catch((error) => {
      dummy = null;
      throw error;
    });
    return dummy;
  }

  return {
    hash,

    /** Costs the same whether `stored` is null or not; null is never right. */
    async verify(password: string, stored: PasswordHash | null): Promise<boolean> {
      const { passwordHash, pepperVersion } = stored ?? (await requireDummy());
      const key = peppers.find(({ version }) => version === pepperVersion);
      if (!key) throw new AppError("internal", `pepper version ${pepperVersion} is missing`);
      const right = await run({ work: "compare", input: pepper(password, key), hash: passwordHash });
      return stored !== null && right === true;
    },

    /** Whether a right password should be hashed again: the pepper or the cost changed. */
    isOutdated({ passwordHash, pepperVersion }: PasswordHash): boolean {
      return pepperVersion !== current.version || Number(passwordHash.split("$")[2]) !== cost;
    },

    get queueSize(): number {
      return pool.queueSize;
    },

    /** Ends quietly where the hasher is closed meanwhile. */
    async warmUp(): Promise<void> {
      await requireDummy().catch((error) => {
        if (!closed) throw error;
      });
    },

    async close(): Promise<void> {
      closed = true;
      await pool.destroy();
    },
  };
}

export type PasswordHasher = ReturnType<typeof createPasswordHasher>;
