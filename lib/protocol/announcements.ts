import * as z from "zod/mini";
import type { AnnouncementId } from "../base/ids.ts";
import { id } from "./fields.ts";

/** What whoever runs the server says to everybody on it, for a time: plain text, in which web addresses are links. */

export const ANNOUNCEMENT_LEVELS = ["information", "warning"] as const;
export type AnnouncementLevel = (typeof ANNOUNCEMENT_LEVELS)[number];

export const announcement = z.object({
  id: id<AnnouncementId>(),
  level: z.enum(ANNOUNCEMENT_LEVELS),
  text: z.string(),
  /** In place of it for who reads French; empty where everybody reads the same. */
  french: z.string(),
});
export type Announcement = z.infer<typeof announcement>;
