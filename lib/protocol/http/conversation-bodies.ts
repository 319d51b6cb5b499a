import * as z from "zod/mini";
import type { AccountId } from "../../base/ids.ts";
import { counter, id } from "../fields.ts";
import { LIMITS } from "../limits.ts";
import { box, profile, record } from "./conversations.ts";

/** What is sent about conversations: apart from the answers, because only the server reads it. */

/** A key epoch has four bytes. */
const LATEST_KEY_EPOCH = 0xffff_ffff;

const boxes = z
  .array(
    z.strictObject({
      account: id<AccountId>(),
      /** Absent for the record's own; earlier ones go to newcomers who may read all. */
      keyEpoch: z.optional(counter.check(z.lte(LATEST_KEY_EPOCH))),
      box,
    }),
  )
  .check(z.maxLength(LIMITS.boxesOfRecord));

/** The first record of a conversation, with the conversation key sealed to each member. A room has a profile. */
export const createConversationBody = z.strictObject({ record, boxes, profile: z.optional(profile) });

/** The next record, with the keys it deals out, and the profile sealed anew where the key changes. */
export const appendRecordBody = z.strictObject({ record, boxes, profile: z.optional(profile) });

/** Places of messages whose content goes: one's own, in a room that one moderates anybody's. */
export const erasuresBody = z.strictObject({
  messages: z.array(counter).check(z.minLength(1), z.maxLength(LIMITS.erasures)),
});

/** The profile after the one that is there: its revision is the next one. */
export const putProfileBody = z.strictObject({ revision: counter, profile });
