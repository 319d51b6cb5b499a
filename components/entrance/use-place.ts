"use client";

import { useEffect, useState } from "react";
import { useEntrance } from "@/lib/client/hooks/use-entrance";
import { pathOf } from "./destinations";
import type { Destination } from "./places";

/**
 * Sends a browser that belongs elsewhere on its way.
 * @param ready when to ask; the answer needs code that the page itself does without
 * @returns true once it is known to belong here
 */
export function usePlace(here: Destination, ready = true): boolean {
  const entrance = useEntrance();
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!ready) return;
    let left = false;
    entrance()
      .then((entrance) => entrance.whereTo())
      .then(
        (place) => {
          if (left) return;
          if (place === here) setSettled(true);
          else location.replace(pathOf(place, location.hash));
        },
        // Unreachable server: the page stays usable, and its own first step will say so.
        () => !left && setSettled(true),
      );
    return () => {
      left = true;
    };
  }, [entrance, here, ready]);
  return settled;
}
