import * as z from "zod/mini";
import type { AnnouncementId } from "../../../base/ids.ts";
import { ANNOUNCEMENT_LEVELS, announcement } from "../../announcements.ts";
import { counter, id } from "../../fields.ts";
import { person } from "../../person.ts";

/** Announcements as the administration makes and shows them. */

export const ANNOUNCEMENT_CHARS = 300;
/** From the start to the end, in milliseconds. */
export const LONGEST_ANNOUNCEMENT_MS = 366 * 86_400_000;

/** Controls but for the end of a line, and what turns the order of letters around. */
const UNSAFE = /(?!\n)\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u;
const said = z.string().check(
  z.trim(),
  z.normalize("NFC"),
  z.maxLength(ANNOUNCEMENT_CHARS),
  z.refine((text) => !UNSAFE.test(text)),
);

export const announcementBody = z.strictObject({
  level: z.enum(ANNOUNCEMENT_LEVELS),
  text: said.check(z.minLength(1)),
  french: said,
  /** Null for at once. */
  startsAt: z.nullable(counter),
  endsAt: counter,
});
export type AnnouncementForm = z.infer<typeof announcementBody>;

export const announcementParams = z.object({ id: id<AnnouncementId>() });

export const announcementRow = z.object({
  ...announcement.shape,
  startsAt: counter,
  endsAt: counter,
  createdAt: counter,
  /** Null when that account is gone, or it was the command line. */
  createdBy: z.nullable(person),
});
export type AnnouncementRow = z.infer<typeof announcementRow>;

/** Newest first; the latest 100, and none that ended more than 90 days ago. */
export const announcementsAnswer = z.object({ announcements: z.array(announcementRow) });
