/**
 * In place of two parts of Next's router that nothing here can reach (next.config.mjs): the scheduler of prefetches,
 * because no page has a link to another that the router would follow, and Server Actions, which are refused.
 */

const nothing = () => {};

export const schedulePrefetchTask = nothing;
export const reschedulePrefetchTask = nothing;
export const cancelPrefetchTask = nothing;
export const pingPrefetchTask = nothing;
export const pingPrefetchScheduler = nothing;
export const startRevalidationCooldown = nothing;
export const isPrefetchTaskDirty = () => false;
export const needsSpeculativePrefetch = () => false;

export function serverActionReducer() {
  throw new Error("Server Actions are not part of Sceau");
}
