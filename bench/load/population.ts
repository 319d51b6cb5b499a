import { concat } from "../../lib/base/bytes.ts";
import { idToBytes, newId } from "../../lib/base/ids.ts";
import { newPerson } from "../../lib/crypto/testing/people.ts";
import { encodeEnvelopeHeader } from "../../lib/protocol/layout/envelope.ts";
import { LIMITS } from "../../lib/protocol/limits.ts";
import type { Config } from "../../server/config.ts";
import { SESSION_COOKIE } from "../../server/http/session-cookie.ts";
import { loadSecrets } from "../../server/secrets.ts";
import {
  CLIENT,
  openRoomWorld,
  type Resident,
  type RoomWorld,
  type TestRoom,
} from "../../server/services/testing/room-world.ts";
import type { LoadClient } from "./load.ts";

/** A message as the issue of speed speaks of it: header, padded text, tag. */
const ENVELOPE_BYTES = 1024;

export interface Population {
  /** Each beside its partner: 0 and 1 write to each other, 2 and 3, and so on. */
  readonly pairs: readonly LoadClient[];
  /** The same people, as many of them as one room holds. */
  readonly room: readonly LoadClient[];
}

/**
 * People with keys, sessions and conversations in the data folder of a server that does not run yet. They are made
 * by the server's own services: what a registration costs is another figure.
 */
export async function populate(
  dataFolder: string,
  origin: string,
  people: number,
  givenSecrets: Config["givenSecrets"] = {},
): Promise<Population> {
  const secrets = loadSecrets({ dataFolder, givenSecrets });
  const world = await openRoomWorld({ dataFolder, secrets, origin });
  try {
    // Whoever writes as fast as it goes would be cut off for it.
    await world.database.policies.write([["framesPerSecond", "1000"]], null, world.now());
    const persons = await Promise.all(Array.from({ length: people }, () => newPerson()));
    const residents = await world.settleAll(persons);
    const cookies: string[] = [];
    for (const resident of residents) cookies.push(await signIn(world, resident));
    const pairs: LoadClient[] = [];
    for (let i = 0; i + 1 < people; i += 2) {
      const both = residents.slice(i, i + 2);
      const conversation = await world.createRoom(
        both.map((one) => [one, "owner"]),
        { type: "direct" },
      );
      pairs.push(...both.map((one, k) => clientOf(one, conversation, cookies[i + k] as string)));
    }
    const seated = residents.slice(0, LIMITS.roomMembers);
    const hall = await world.createRoom(seated.map((one, i) => [one, i === 0 ? "owner" : "member"]));
    const room = seated.map((one, i) => clientOf(one, hall, cookies[i] as string));
    return { pairs, room };
  } finally {
    await world.close();
  }
}

async function signIn({ services }: RoomWorld, { account }: Resident): Promise<string> {
  const sid = await services.sessions.start(account, CLIENT);
  return `${SESSION_COOKIE}=${await services.tokens.sign({ accountId: account, sid })}`;
}

/** The server cannot tell random bytes from sealed ones. */
function clientOf({ account }: Resident, { state }: TestRoom, cookie: string): LoadClient {
  const header = encodeEnvelopeHeader({
    kind: "message",
    conversation: state.conversation,
    sender: account,
    message: newId(),
    keyEpoch: state.keyEpoch,
    recordHash: state.head,
    salt: crypto.getRandomValues(new Uint8Array(32)),
  });
  const rest = crypto.getRandomValues(new Uint8Array(ENVELOPE_BYTES - header.length));
  return {
    cookie,
    account: Buffer.from(idToBytes(account)).toString("hex"),
    envelope: Buffer.from(concat(header, rest)).toString("base64"),
  };
}
