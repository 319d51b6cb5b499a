import * as z from "zod/mini";
import type { LinkId } from "../../base/ids.ts";
import { bytes, counter, id } from "../fields.ts";
import { X_WING_PUBLIC_KEY_BYTES } from "../layout/sizes.ts";

/** Linking a browser (docs/protocol.md §8): the newcomer asks, another browser of the account answers. */

const deviceKey = bytes(X_WING_PUBLIC_KEY_BYTES);
const nonce = bytes(32);

export const linkParams = z.object({ id: id<LinkId>() });

/** `commitment` where symbols will be compared instead of a code being read. */
export const startLinkBody = z.strictObject({
  link: id<LinkId>(),
  deviceKey,
  commitment: z.optional(bytes(32)),
});

export const startLinkAnswer = z.object({ secondsLeft: counter });

/** What the newcomer waits for. */
export const linkProgressAnswer = z.object({
  secondsLeft: counter,
  challenge: z.nullable(nonce),
  answered: z.boolean(),
});

export const linkNonceBody = z.strictObject({ nonce });

export const linkBoxBody = z.strictObject({ box: bytes(1, 2048) });
export const linkBoxAnswer = z.object({ box: bytes(1, 2048) });

/** A newcomer as the account's other browsers see it. */
const newcomer = z.object({
  id: id<LinkId>(),
  /** As the server saw it. */
  address: z.string(),
  agent: z.string(),
  deviceKey,
  commitment: z.nullable(bytes(32)),
  /** The newcomer's nonce, once it is revealed. */
  reveal: z.nullable(nonce),
  secondsLeft: counter,
});

export const newcomerAnswer = newcomer;
export const newcomersAnswer = z.object({ newcomers: z.array(newcomer) });
