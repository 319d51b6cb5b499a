import { createHash, timingSafeEqual } from "node:crypto";
import { compareBytes } from "../../lib/base/bytes.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import type { Registry } from "../metrics.ts";
import { parseAddressRange } from "./address-range.ts";
import type { Client } from "./client.ts";

export interface MetricsAccess {
  /** What a scraper says to be let in; none lets nobody in by it. */
  readonly token?: string | undefined;
  /** Ranges from which it need not say anything. */
  readonly allow: readonly string[];
}

/** The figures for a scraper: there for those who may, and not there for others. */
export function createMetricsPage(registry: Pick<Registry, "text">, { token, allow }: MetricsAccess) {
  const ranges = allow.map(parseAddressRange);
  const digest = (text: string) => createHash("sha256").update(text).digest();

  function mayRead({ address }: Client, given: string | null): boolean {
    if (token && given !== null && timingSafeEqual(digest(token), digest(given))) return true;
    if (ranges.length === 0 || address === "") return false;
    const { first: at } = parseAddressRange(address);
    return ranges.some(({ first, last }) => compareBytes(first, at) <= 0 && compareBytes(at, last) <= 0);
  }

  return {
    /** @throws AppError "not-found" */
    read(client: Client, given: string | null): string {
      if (!mayRead(client, given)) throw new AppError("not-found", "no metrics for this one");
      return registry.text();
    },
  };
}
