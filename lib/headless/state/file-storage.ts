import { randomBytes } from "node:crypto";
import type { ConversationId } from "../../base/ids.ts";
import type { DeviceKey, LocalDevice, SeenHead, Storage } from "../../client/platform.ts";
import { unwrapDeviceSeed, wrapDeviceSeed } from "../../crypto/device-key.ts";
import type { LocalKey } from "../../crypto/local-key.ts";
import { hkdfKey } from "../../crypto/webcrypto.ts";
import { type AccountState, type KeptDevice, type KeptKey, newAccountState } from "./account-state.ts";
import type { StateStore } from "./state-store.ts";

/**
 * What a browser keeps in IndexedDB, in the state file. There are no keys here that nobody can read: seeds lie in the
 * file, which is sealed as a whole, and are wrapped when they are handed out.
 */
export function createFileStorage({ read, update }: StateStore): Storage {
  const ofAccount = <T>(state: Readonly<AccountState>, account: string, value: T): T | null =>
    state.device === null || state.device.account === account ? value : null;

  return {
    async findDevice(account) {
      const { device } = read();
      return device?.account === account ? toLocalDevice(device) : null;
    },
    async saveDevice(device) {
      const kept = await toKeptDevice(device);
      await update((state) => {
        state.device = kept;
      });
    },
    persist: async () => {},

    nextSequence: (_, conversation) =>
      update(({ sequences }) => {
        const next = (sequences[conversation] ?? 0) + 1;
        sequences[conversation] = next;
        return next;
      }),

    outbox: async (account) => read().outbox.map((entry) => ({ ...entry, account })),
    putOutbox: ({ account: _, ...entry }, instead) =>
      update((state) => {
        const others = state.outbox.filter(({ message }) => message !== entry.message && message !== instead);
        state.outbox = [...others, entry];
      }),
    removeOutbox: (message) =>
      update((state) => {
        state.outbox = state.outbox.filter((entry) => entry.message !== message);
      }),

    seenCounters: async () => new Map(Object.entries(read().counters)),
    raiseCounters: (_, raised) =>
      update(({ counters }) => {
        for (const [entry, counter] of raised) counters[entry] = Math.max(counter, counters[entry] ?? 0);
      }),

    seenHeads: async () => new Map(Object.entries(read().heads) as [ConversationId, SeenHead][]),
    raiseHead: (_, conversation, head) =>
      update(({ heads }) => {
        if (head.number > (heads[conversation]?.number ?? 0)) heads[conversation] = head;
      }),

    async findLocalKey(account) {
      const state = read();
      const secret = ofAccount(state, account, state.localKey);
      return secret && ((await hkdfKey(secret)) as LocalKey);
    },
    /** The one that is offered cannot be written down: it gives way to one whose secret can. */
    async addLocalKey() {
      const made = new Uint8Array(randomBytes(32));
      const secret = await update((state) => {
        state.localKey ??= made;
        return state.localKey;
      });
      return (await hkdfKey(secret)) as LocalKey;
    },

    drafts: async () => Object.keys(read().drafts) as ConversationId[],
    findDraft: async (_, conversation) => read().drafts[conversation] ?? null,
    putDraft: (_, conversation, sealed) =>
      update(({ drafts }) => {
        if (sealed) drafts[conversation] = sealed;
        else delete drafts[conversation];
      }),

    async findPreparedKeys(account) {
      const { prepared } = read();
      if (prepared?.local.account !== account) return null;
      return { ...prepared, local: await toLocalDevice(prepared.local) };
    },
    async putPreparedKeys(_, keys) {
      const prepared = keys && { ...keys, local: await toKeptDevice(keys.local) };
      await update((state) => {
        state.prepared = prepared;
      });
    },

    erase: () =>
      update((state) => {
        Object.assign(state, { ...newAccountState(state, state.madeAt), cookies: state.cookies });
      }),
  };
}

async function toKeptDevice({ pending, ...local }: LocalDevice): Promise<KeptDevice> {
  const { account, device, identityKey } = local;
  const keep = async (key: DeviceKey): Promise<KeptKey> => ({
    seed: await unwrapDeviceSeed(account, device, key),
    vaultKeyVersion: key.vaultKeyVersion,
  });
  return {
    account,
    device,
    identityKey,
    ...(await keep(local)),
    pending: pending ? await keep(pending) : null,
  };
}

async function toLocalDevice(kept: KeptDevice): Promise<LocalDevice> {
  const { account, device, identityKey, pending } = kept;
  const wrap = async ({ seed, vaultKeyVersion }: KeptKey): Promise<DeviceKey> => ({
    ...(await wrapDeviceSeed(account, device, seed)),
    vaultKeyVersion,
  });
  return {
    account,
    device,
    identityKey,
    ...(await wrap(kept)),
    ...(pending && { pending: await wrap(pending) }),
  };
}
