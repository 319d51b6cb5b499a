"use client";

import { useEffect, useState } from "react";
import { LIMITS } from "@/lib/protocol/limits";

const LOOK_MS = 10_000;
/** As browser-platform.ts calls the lock that each tab holds; said again here, so that both stay in loads of their own. */
const TAB_LOCK = "sceau:tab:";

/**
 * Whether this tab is without a connection because more tabs of this browser are open than the server lets in at once: a socket that
 * is refused for that looks like any other that does not open. To be asked while there is none.
 */
export function useCrowded(): boolean {
  const [crowded, setCrowded] = useState(false);
  useEffect(() => {
    let over = false;
    const look = async () => {
      const isSo = (await countTabs()) > LIMITS.socketsPerSession && (await isServerThere());
      if (!over) setCrowded(isSo);
    };
    void look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      over = true;
      clearInterval(timer);
    };
  }, []);
  return crowded;
}

async function countTabs(): Promise<number> {
  const locks = await navigator.locks?.query();
  return locks?.held?.filter(({ name }) => name?.startsWith(TAB_LOCK)).length ?? 0;
}

const isServerThere = (): Promise<boolean> =>
  fetch("/api/health").then(
    ({ ok }) => ok,
    () => false,
  );
