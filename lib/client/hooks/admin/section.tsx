"use client";

import { createContext, type ReactElement, useContext, useMemo } from "react";
import type { Api } from "../../api.ts";
import { type LateTextLoaders, LateTexts, type LateTextsProps } from "../late-texts.tsx";
import { useAdmin } from "./use-admin.tsx";

/**
 * What a section of the administration stands on: what brings its words and its calls to the views below, and the hook by
 * which they have the calls.
 */
export function createSection<Calls>(
  texts: LateTextLoaders,
  createCalls: (api: Api) => Calls,
): readonly [Provider: (props: LateTextsProps) => ReactElement, use: () => Calls] {
  const CallsContext = createContext<Calls | null>(null);

  function Provider({ children, ...waiting }: LateTextsProps): ReactElement {
    const { api } = useAdmin();
    const calls = useMemo(() => createCalls(api), [api]);
    return (
      <LateTexts loaders={texts} {...waiting}>
        <CallsContext value={calls}>{children}</CallsContext>
      </LateTexts>
    );
  }

  function useCalls(): Calls {
    const calls = useContext(CallsContext);
    if (calls === null) throw new Error("a section's calls need its provider above them");
    return calls;
  }

  return [Provider, useCalls];
}
