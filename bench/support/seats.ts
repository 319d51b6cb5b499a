import { WebSocket } from "ws";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { newPerson } from "../../lib/crypto/testing/people.ts";
import { decodeServerFrame, SOCKET_PATH } from "../../lib/protocol/frames.ts";
import { parseEnvelope } from "../../lib/protocol/layout/envelope.ts";
import { SESSION_COOKIE } from "../../server/http/session-cookie.ts";
import { loadSecrets } from "../../server/secrets.ts";
import { CLIENT, openRoomWorld } from "../../server/services/testing/room-world.ts";

/** How often a browser in a large room says how far it has received. */
const RECEIPT_MS = 2_000;
const CONNECT_AT_ONCE = 50;

/** Somebody with keys and a session, of whom there is a socket alone: what it opens, it would open elsewhere. */
export interface Seat {
  readonly account: AccountId;
  readonly cookie: string;
}

/** So many people in the data folder of a server that does not run yet, made by its own services. */
export async function makeSeats(dataFolder: string, origin: string, people: number): Promise<Seat[]> {
  const secrets = loadSecrets({ dataFolder, givenSecrets: {} });
  const { services, settleAll, close } = await openRoomWorld({ dataFolder, secrets, origin });
  try {
    const residents = await settleAll(await Promise.all(Array.from({ length: people }, () => newPerson())));
    const seats: Seat[] = [];
    for (const { account } of residents) {
      const sid = await services.sessions.start(account, CLIENT);
      const token = await services.tokens.sign({ accountId: account, sid });
      seats.push({ account, cookie: `${SESSION_COOKIE}=${token}` });
    }
    return seats;
  } finally {
    await close();
  }
}

/** Their sockets take what comes, and say how far they have received, as browsers do. @returns closes them */
export async function connectSeats(origin: string, seats: readonly Seat[]): Promise<() => void> {
  const sockets: WebSocket[] = [];
  for (let i = 0; i < seats.length; i += CONNECT_AT_ONCE)
    sockets.push(
      ...(await Promise.all(seats.slice(i, i + CONNECT_AT_ONCE).map((seat) => connect(origin, seat)))),
    );
  const [first] = sockets;
  let newest: { conversation: ConversationId; delivered: number } | null = null;
  let told = 0;
  first?.on("message", (data: Buffer, isBinary: boolean) => {
    const frame = isBinary ? decodeServerFrame(new Uint8Array(data)) : null;
    if (frame?.type === "message")
      newest = { conversation: parseEnvelope(frame.envelope).header.conversation, delivered: frame.seq };
  });
  const telling = setInterval(() => {
    if (!newest || newest.delivered === told) return;
    told = newest.delivered;
    const frame = JSON.stringify({ type: "receipt", ...newest });
    for (const socket of sockets) setTimeout(() => socket.send(frame), Math.random() * RECEIPT_MS);
  }, RECEIPT_MS);
  return () => {
    clearInterval(telling);
    for (const socket of sockets) socket.terminate();
  };
}

function connect(origin: string, { cookie }: Seat): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(new URL(SOCKET_PATH, origin.replace("http", "ws")), {
      headers: { origin, cookie },
      perMessageDeflate: false,
    });
    socket.once("message", () => resolve(socket));
    socket.once("error", reject);
    socket.once("close", (code) => reject(new Error(`closed: ${code}`)));
  });
}
