import * as z from "zod/mini";

/** What a person lets others see of them; the account's, the same in all its browsers. */

/** "automatic": as the person's browsers say; "invisible": nobody can tell it from being away. */
export const availability = z.enum(["automatic", "busy", "invisible"]);
export type Availability = z.infer<typeof availability>;

/** "away": there, but for some minutes at nothing in here. */
export const presence = z.enum(["online", "away", "busy", "offline"]);
export type Presence = z.infer<typeof presence>;

export const visibility = z.object({
  availability,
  /** Whether others are shown what this person has read. Who does not show it is shown nobody's. */
  readStates: z.boolean(),
  /** Whether others see that this person is writing. Who does not show it is shown nobody. */
  typing: z.boolean(),
});
export type Visibility = z.infer<typeof visibility>;
