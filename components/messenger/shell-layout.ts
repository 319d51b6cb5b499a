/** Shared by the messenger and the skeleton before it, so that nothing moves when one replaces the other. */
export const SHELL_CLASS =
  "fixed inset-x-0 top-0 grid h-(--visual-height,100dvh) grid-cols-1 grid-rows-[auto_minmax(0,1fr)] overflow-hidden md:grid-cols-[20rem_minmax(0,1fr)]";
/** What stands beside an open conversation: a column where there is room for one, else in its place. */
export const BESIDE_CLASS =
  "absolute inset-0 z-10 flex min-h-0 flex-col bg-paper min-[1100px]:static min-[1100px]:w-92 min-[1100px]:shrink-0 min-[1100px]:border-line min-[1100px]:border-s";
/** The conversation while something stands in its place: not gone, so that it stays where it was scrolled to. */
export const BEHIND_CLASS = "max-[1100px]:invisible";
export const SIDE_CLASS = "row-start-2 flex min-h-0 flex-col border-line bg-shade md:border-e";
