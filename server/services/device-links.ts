import type { Bytes } from "../../lib/base/bytes.ts";
import type { LinkId } from "../../lib/base/ids.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { DeviceLink, DeviceLinks } from "../database/device-links.ts";
import { SERVER_LIMITS } from "../limits.ts";
import type { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import type { KeyService } from "./keys.ts";
import type { Session } from "./sessions.ts";

export interface DeviceLinkDeps {
  links: DeviceLinks;
  keys: Pick<KeyService, "isLinkBox">;
  journal: Journal;
  clock: () => number;
}

interface NewLink {
  link: LinkId;
  deviceKey: Bytes;
  commitment?: Bytes | undefined;
}

/**
 * Carries what two browsers of one account tell each other while one is linked (docs/protocol.md §8). It orders the
 * steps and lets each happen once; that the two see the same is theirs to check. What is unknown, over, used or
 * somebody else's is "link-expired" alike.
 */
export function createDeviceLinkService({ links, keys, journal, clock }: DeviceLinkDeps) {
  const secondsLeft = ({ expiresAt }: DeviceLink) => Math.max(0, Math.ceil((expiresAt - clock()) / 1000));

  /** The newcomer's own. */
  async function requireOwn(session: Session, id: LinkId): Promise<DeviceLink> {
    const link = await links.find(id, clock());
    if (link?.sessionId !== session.id) throw new AppError("link-expired", "not this session's");
    return link;
  }

  /** That of another browser of the same account. */
  async function requireNewcomer(session: Session, id: LinkId): Promise<DeviceLink> {
    const link = await links.find(id, clock());
    if (link?.accountId !== session.accountId || link.sessionId === session.id)
      throw new AppError("link-expired", "no newcomer of this account");
    return link;
  }

  const toNewcomer = (link: DeviceLink) => {
    const { id, address, agent, deviceKey, commitment, reveal } = link;
    return { id, address, agent, deviceKey, commitment, reveal, secondsLeft: secondsLeft(link) };
  };

  return {
    /** @throws AppError "conflict" when the id is taken. */
    async start(session: Session, { link, deviceKey, commitment }: NewLink, client: Client) {
      const expiresAt = clock() + SERVER_LIMITS.linkSeconds * 1000;
      const inserted = await links.insert({
        id: link,
        accountId: session.accountId,
        sessionId: session.id,
        deviceKey,
        commitment: commitment ?? null,
        address: client.address,
        agent: client.agent,
        expiresAt,
      });
      if (!inserted) throw new AppError("conflict", "the link exists");
      return { secondsLeft: SERVER_LIMITS.linkSeconds };
    },

    async progress(session: Session, id: LinkId) {
      const link = await requireOwn(session, id);
      return { secondsLeft: secondsLeft(link), challenge: link.challenge, answered: link.box !== null };
    },

    /** @throws AppError "link-expired", "conflict" */
    async reveal(session: Session, id: LinkId, nonce: Bytes): Promise<void> {
      await requireOwn(session, id);
      if (!(await links.setReveal(id, nonce, clock()))) throw new AppError("conflict", "not to be revealed");
    },

    /** The answer, once. @throws AppError "link-expired" */
    async collect(session: Session, id: LinkId): Promise<{ box: Bytes }> {
      await requireOwn(session, id);
      const box = await links.takeBox(id, clock());
      if (!box) throw new AppError("link-expired", "no answer, or taken");
      return { box };
    },

    /** Who waits for symbols to be compared. */
    async newcomers(session: Session) {
      const found = await links.comparing(session.accountId, clock());
      return { newcomers: found.filter(({ sessionId }) => sessionId !== session.id).map(toNewcomer) };
    },

    newcomer: async (session: Session, id: LinkId) => toNewcomer(await requireNewcomer(session, id)),

    /** @throws AppError "link-expired", "conflict" after the first */
    async challenge(session: Session, id: LinkId, nonce: Bytes): Promise<void> {
      await requireNewcomer(session, id);
      if (!(await links.setChallenge(id, nonce, clock())))
        throw new AppError("conflict", "challenged already, or nothing to compare");
    },

    /** @throws AppError "link-expired", "bad-request", "conflict" after the first */
    async answer(session: Session, id: LinkId, box: Bytes, client: Client): Promise<void> {
      const { deviceKey, commitment } = await requireNewcomer(session, id);
      if (!(await keys.isLinkBox(box, deviceKey)))
        throw new AppError("bad-request", "not a box for this link");
      if (!(await links.setBox(id, box, clock())))
        throw new AppError("conflict", "answered already, or too early");
      const how = commitment ? "symbols compared" : "code read";
      await journal.record("link-answered", "ok", client, session.accountId, how);
    },

    /** From either side; it cannot be taken up again. */
    async cancel(session: Session, id: LinkId, client: Client): Promise<void> {
      const link = await links.find(id, clock());
      if (link?.accountId !== session.accountId || !(await links.remove(id))) return;
      await journal.record("link-cancelled", "failed", client, session.accountId);
    },

    deleteExpired: () => links.deleteExpired(clock()),
  };
}
