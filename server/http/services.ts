import type { Services } from "../services/services.ts";

/**
 * Next bundles route handlers apart from main.ts, so a module that both import exists twice. The services
 * exist once: main.ts registers them here, handlers read them here.
 */
const KEY = Symbol.for("sceau.services");
const shared = globalThis as typeof globalThis & { [KEY]?: Services };

export function registerServices(services: Services): void {
  shared[KEY] = services;
}

export function getServices(): Services {
  const services = shared[KEY];
  if (!services) throw new Error("the server is not composed yet");
  return services;
}
