/**
 * In place of parts of Next that nothing here can reach (next.config.mjs): the scheduler of prefetches and the links
 * that would ask for them, because no page has a link to another that the router would follow; Server Actions, which
 * are refused; and the styles of its own error page, which are inline, so that the Content-Security-Policy refuses them.
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

export const IDLE_LINK_STATUS = { pending: false };
export const PENDING_LINK_STATUS = { pending: true };
export const getLinkForCurrentNavigation = () => null;
export const setLinkForCurrentNavigation = nothing;
export const unmountLinkForCurrentNavigation = nothing;
export const pingVisibleLinks = nothing;

export const errorStyles = {};
export const errorThemeCss = "";
export const WarningIcon = () => null;

export function serverActionReducer() {
  throw new Error("Server Actions are not part of Sceau");
}
