/** What is said about messages; one file to fetch (use-saying.ts). */

export { IdentityChanged } from "@/components/trust/identity-changed";
export { Uploads } from "../files/uploads";
export { HeaderActions } from "../header-actions";
export { IncomingAnnouncer } from "../incoming-announcer";
export { JumpButton } from "../jump-button";
export { LaterButton } from "../scheduled/later-button";
export { ScheduledBar } from "../scheduled/scheduled-bar";
export { TimelineEnd } from "../timeline-end";
export { Around } from "./around";
export { ComposerExtras } from "./composer-extras";
export { DeletedBy } from "./deleted-by";
export { EditedMark } from "./edited-mark";
export { FailedActions } from "./failed-actions";
export { Layer } from "./layer";
export { LineWords } from "./line-words";
export { drawWords } from "./mention";
export { PinBar } from "./pin-bar";
export { PinnedMark } from "./pinned-mark";
export { Said } from "./said";
export { ThreadNews } from "./thread-news";
