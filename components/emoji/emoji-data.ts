import type { EmojiGroup } from "./emoji-group";
import { LIVING } from "./emoji-living";
import { THINGS } from "./emoji-things";

/** What people of a team use, not all there are: anything else can be typed with the system's own keyboard. */
export const EMOJI_GROUPS: readonly EmojiGroup[] = [...LIVING, ...THINGS];
