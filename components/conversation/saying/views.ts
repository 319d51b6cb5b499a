/** What is said about messages; one file to fetch (use-saying.ts). */

export { Around } from "./around";
export { ComposerExtras } from "./composer-extras";
export { DeletedBy } from "./deleted-by";
export { EditedMark } from "./edited-mark";
export { Layer } from "./layer";
export { drawWords } from "./mention";
export { Said } from "./said";
