import * as z from "zod/mini";
import { type Bytes, fromUtf8 } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { PIN_SHARDS, pinShard, pinsEntryId } from "../crypto/vault.ts";
import { bytes, counter, id } from "../protocol/fields.ts";
import type { VaultEntryId } from "../protocol/layout/vault-entry.ts";
import type { Vault } from "./vault.ts";
import { encodeVaultJson } from "./vault-root.ts";

/** What this account holds to be a person's identity. Times in milliseconds since 1970. */
export interface Pin {
  /** Identity keys that were accepted, newest last: the first one seen, and those accepted after a reset. */
  readonly keys: readonly { readonly key: Bytes; readonly since: number }[];
  /** When the safety number of the newest one was compared; null while it was not. */
  readonly verifiedAt: number | null;
}

type Shard = ReadonlyMap<AccountId, Pin>;
type Change = (pin: Pin | null) => Pin | null;

const schema = z.object({
  version: z.literal(1),
  people: z.array(
    z.tuple([
      id<AccountId>(),
      z.object({
        keys: z.array(z.object({ key: bytes(32), since: counter })).check(z.minLength(1)),
        verifiedAt: z.nullable(counter),
      }),
    ]),
  ),
});

/** Whom the account has met, in vault entries of their own (docs/protocol.md §6). */
export function createPins(vault: Pick<Vault, "read" | "update">) {
  /** Changes that leave with the next write of their entry, so that meeting many people is a few writes. */
  const waiting = new Map<number, { changes: [AccountId, Change][]; written: Promise<void> }>();

  async function read(shard: number): Promise<Shard> {
    return decode(vault.read(await pinsEntryId(shard)));
  }

  async function write(shard: number, changes: readonly [AccountId, Change][]): Promise<void> {
    const entry: VaultEntryId = await pinsEntryId(shard);
    await vault.update(entry, (before) => {
      // From here on, what is to change goes into another write.
      waiting.delete(shard);
      const pins = new Map(decode(before));
      for (const [account, change] of changes) {
        const pin = change(pins.get(account) ?? null);
        if (pin) pins.set(account, pin);
      }
      return encodeVaultJson({ version: 1, people: [...pins] });
    });
  }

  return {
    async find(account: AccountId): Promise<Pin | null> {
      return (await read(pinShard(account))).get(account) ?? null;
    },

    /** @param change sees what is there by then, another device's writes too; null leaves it. May run more than once */
    change(account: AccountId, change: Change): Promise<void> {
      const shard = pinShard(account);
      const batch = waiting.get(shard);
      if (batch) {
        batch.changes.push([account, change]);
        return batch.written;
      }
      const changes: [AccountId, Change][] = [[account, change]];
      const written = write(shard, changes);
      waiting.set(shard, { changes, written });
      // Where the write ended before it began, as offline.
      const forget = () => waiting.get(shard)?.changes === changes && waiting.delete(shard);
      written.then(forget, forget);
      return written;
    },

    /** The people whose safety number was compared. */
    async verified(): Promise<ReadonlySet<AccountId>> {
      const shards = await Promise.all(Array.from({ length: PIN_SHARDS }, (_, shard) => read(shard)));
      return new Set(
        shards.flatMap((pins) =>
          [...pins].flatMap(([account, { verifiedAt }]) => (verifiedAt ? [account] : [])),
        ),
      );
    },
  };
}

/** @throws CryptoError "malformed" */
function decode(plaintext: Bytes | null): Shard {
  if (!plaintext) return new Map();
  try {
    return new Map(schema.parse(JSON.parse(fromUtf8(plaintext))).people);
  } catch {
    throw new CryptoError("malformed", "pins");
  }
}
