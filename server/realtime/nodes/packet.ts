import { concat, fromUtf8, u8, u32, u64, utf8 } from "../../../lib/base/bytes.ts";
import { ByteReader, LayoutError } from "../../../lib/base/fields.ts";
import { type AccountId, idToBytes } from "../../../lib/base/ids.ts";
import { decodeStoredMessage, encodeStoredMessage } from "../../../lib/protocol/frames.ts";
import type { ServerEvent } from "../../services/publish.ts";
import type { Taken } from "../../services/shared-limits.ts";

/**
 * What nodes send each other (docs/architecture.md, "Several nodes"):
 *
 *     packet   u8 version ‖ 16 bytes node ‖ u64 number ‖ run of (u32 length ‖ item)
 *     item 1   a message   u32 count ‖ 16 bytes for each member ‖ stored message (lib/protocol/frames.ts)
 *     item 2   any other note, as JSON
 *
 * Numbers of one node's packets have no gap: where one is seen, something was lost.
 */
const VERSION = 1;
const KIND = { message: 1, note: 2 } as const;

/** What nodes say to each other beside what services publish. */
export type NodeNote =
  | { readonly type: "event"; readonly event: Exclude<ServerEvent, { type: "message" }> }
  /** Said every second: this node lives, and so much is connected to it. */
  | { readonly type: "beat"; readonly people: number; readonly sockets: number }
  /** To all: say who is with you. */
  | { readonly type: "hello" }
  /** What people have taken of limits that nodes share. */
  | { readonly type: "taken"; readonly taken: readonly Taken[] }
  /** This node stops. */
  | { readonly type: "gone" };

export type NodeItem = NodeNote | { readonly type: "event"; readonly event: ServerEvent };

export interface Packet {
  readonly node: string;
  readonly number: number;
  readonly items: readonly NodeItem[];
}

/** One item, with its length in front of it. */
export function encodeItem(item: NodeItem): Uint8Array {
  const bytes =
    item.type === "event" && item.event.type === "message"
      ? encodeMessageItem(item.event)
      : concat(u8(KIND.note), utf8(JSON.stringify(item)));
  return concat(u32(bytes.length), bytes);
}

/** @param items as `encodeItem` made them */
export function encodePacket(node: Uint8Array, number: number, items: readonly Uint8Array[]): Uint8Array {
  return concat(u8(VERSION), node, u64(number), ...items);
}

/** Of a packet of this version. @throws LayoutError */
export function nodeOf(bytes: Uint8Array): string {
  return readNode(new ByteReader(bytes));
}

/** @throws LayoutError, SyntaxError for what this version does not understand */
export function decodePacket(bytes: Uint8Array): Packet {
  const reader = new ByteReader(bytes);
  const node = readNode(reader);
  const number = reader.u64();
  const items: NodeItem[] = [];
  while (reader.remaining > 0) items.push(decodeItem(reader.field()));
  return { node, number, items };
}

function readNode(reader: ByteReader): string {
  if (reader.u8() !== VERSION) throw new LayoutError("another version");
  return reader.id();
}

/** Without its origin: the socket that sent it is at the node that it comes from. */
function encodeMessageItem({ members, message }: Extract<ServerEvent, { type: "message" }>): Uint8Array {
  return concat(
    u8(KIND.message),
    u32(members.length),
    ...members.map(idToBytes),
    encodeStoredMessage(message),
  );
}

function decodeItem(bytes: Uint8Array): NodeItem {
  const reader = new ByteReader(bytes);
  const kind = reader.u8();
  if (kind === KIND.note) return JSON.parse(fromUtf8(reader.rest()));
  if (kind !== KIND.message) throw new LayoutError("unknown item");
  const members: AccountId[] = [];
  for (let left = reader.u32(); left > 0; left--) members.push(reader.id());
  const message = decodeStoredMessage(reader.rest());
  return { type: "event", event: { type: "message", members, message, origin: NOWHERE } };
}

/** Of a message that was not sent by a socket of this node. */
export const NOWHERE = { connection: "", request: 0 } as const;
