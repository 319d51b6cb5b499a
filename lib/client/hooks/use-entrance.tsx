"use client";

import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useState } from "react";
import type { Entrance } from "../model.ts";
import { useEarlyInput } from "./early-input.ts";
import { useTouched } from "./use-touched.ts";

type LoadEntrance = () => Promise<Entrance>;

const EntranceContext = createContext<LoadEntrance | null>(null);

/** One entrance for the page. Its code (cryptography above all) stays out of the page's first load. */
function loadOnce(): LoadEntrance {
  let loading: Promise<Entrance> | null = null;
  return () => {
    loading ??= import("../entrance.ts").then(
      (module) => module.createEntrance(),
      (error: unknown) => {
        // A chunk that failed to arrive is asked for again at the next use.
        loading = null;
        throw error;
      },
    );
    return loading;
  };
}

export function EntranceProvider(props: { load?: LoadEntrance; children: ReactNode }): ReactElement {
  const [load] = useState(() => props.load ?? loadOnce());
  const touched = useTouched();
  useEarlyInput();
  useEffect(() => {
    // Fetched while the person types; a failure shows at the first use.
    if (touched) load().catch(() => undefined);
  }, [load, touched]);
  return <EntranceContext value={load}>{props.children}</EntranceContext>;
}

/** Resolves to the entrance; call it where it is needed. */
export function useEntrance(): LoadEntrance {
  const load = useContext(EntranceContext);
  if (!load) throw new Error("useEntrance needs an EntranceProvider above it");
  return load;
}
