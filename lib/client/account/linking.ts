import type { z } from "zod/mini";
import { type Bytes, equalBytes } from "../../base/bytes.ts";
import type { LinkId } from "../../base/ids.ts";
import {
  isKeyOfCode,
  linkCommitment,
  linkSymbols,
  linkTranscript,
  newLinkNonce,
  parseLinkCode,
  sealToLink,
} from "../../crypto/device-link.ts";
import { AppError } from "../../protocol/errors.ts";
import { newcomerAnswer, newcomersAnswer } from "../../protocol/http/links.ts";
import { describeBrowser } from "../describe-browser.ts";
import { pollLink } from "../link-poll.ts";
import type { LinkingActions, Newcomer } from "../model-account.ts";
import type { AccountParts } from "./parts.ts";

type Published = z.infer<typeof newcomerAnswer>;

/** This browser has the vault, and hands its key to another one of the same person (docs/protocol.md §8). */
export function createLinkingActions({ api, platform, vault }: AccountParts): LinkingActions {
  const find = (link: LinkId): Promise<Published> => api.get(`/api/links/${link}`, newcomerAnswer);

  const cancel = (link: LinkId): Promise<void> => api.send("DELETE", `/api/links/${link}`, {});

  async function answer(link: LinkId, deviceKey: Bytes, psk: Bytes): Promise<void> {
    const { account, key, keyVersion: vaultKeyVersion } = vault;
    const box = await sealToLink(deviceKey, { account, link, vaultKeyVersion, psk }, key);
    await api.send("POST", `/api/links/${link}/answer`, { box });
  }

  function toNewcomer({ id, address, agent, secondsLeft }: Published): Newcomer {
    return { id, address, browser: describeBrowser(agent), expiresAt: platform.now() + secondsLeft * 1000 };
  }

  return {
    async read(text) {
      const code = parseLinkCode(text);
      if (!code) throw new AppError("bad-code", "no link code");
      const newcomer = await find(code.link);
      // Whoever waits there is not the browser whose screen was read.
      if (!(await isKeyOfCode(newcomer.deviceKey, code))) {
        await cancel(code.link);
        throw new AppError("link-mismatch", "another device key");
      }
      return {
        newcomer: toNewcomer(newcomer),
        confirm: () => answer(code.link, newcomer.deviceKey, code.secret),
      };
    },

    newcomers: async () => (await api.get("/api/links", newcomersAnswer)).newcomers.map(toNewcomer),

    async compare(id, signal) {
      const before = await find(id);
      const { commitment, deviceKey } = before;
      if (!commitment) throw new AppError("link-expired", "nothing to compare");
      const challenge = newLinkNonce();
      await api.send("POST", `/api/links/${id}/challenge`, { nonce: challenge });
      const nonce = await pollLink(async () => (await find(id)).reveal, signal);
      const share = { account: vault.account, link: id, deviceKey, nonce };
      if (!equalBytes(await linkCommitment(share), commitment)) {
        await cancel(id);
        throw new AppError("link-mismatch", "not what the newcomer had committed to");
      }
      const transcript = await linkTranscript(share, challenge, vault.identityKey);
      return { symbols: linkSymbols(transcript), confirm: () => answer(id, deviceKey, transcript) };
    },

    cancel,
  };
}
