/**
 * In place of parts of packages that nothing here can reach (next.config.mjs). Of Next: the scheduler of prefetches, the
 * links that would ask for them and the routes it would guess, because no page has a link to another that the router would
 * follow; Server Actions, which are refused; the styles of its own error page, which are inline, so that the
 * Content-Security-Policy refuses them; and constants of its server. Of the HPKE library: curves of NIST.
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

export const discoverKnownRoute = nothing;
export const matchKnownRoute = () => null;
export const resetKnownRoutes = nothing;
export const createLinkPrefetchPartialError = () => null;
export const NEXT_NAV_DEPLOYMENT_ID_HEADER = "x-nextjs-deployment-id";

export const errorStyles = {};
export const errorThemeCss = "";
export const WarningIcon = () => null;

export function serverActionReducer() {
  throw new Error("Server Actions are not part of Sceau");
}

export class Ec {
  constructor() {
    throw new Error("X-Wing is the only KEM of Sceau");
  }
}
