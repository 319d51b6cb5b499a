import * as z from "zod/mini";
import type { AccountId } from "../base/ids.ts";
import { id } from "./fields.ts";

/** What everybody who may sign in sees of a person. */
export const person = z.object({
  id: id<AccountId>(),
  name: z.string(),
  displayName: z.string(),
  status: z.string(),
  /** Names the picture's bytes; null without a picture. */
  picture: z.nullable(z.string()),
  /** The account is gone, and with it name and picture. */
  deleted: z.optional(z.literal(true)),
});
