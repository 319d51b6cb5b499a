/** Shared by the messenger and the skeleton before it, so that nothing moves when one replaces the other. */
export const SHELL_CLASS =
  "fixed inset-x-0 top-0 grid h-(--visual-height,100dvh) grid-cols-1 grid-rows-[auto_minmax(0,1fr)] overflow-hidden md:grid-cols-[20rem_minmax(0,1fr)]";
export const SIDE_CLASS = "row-start-2 flex min-h-0 flex-col border-line bg-shade md:border-e";
