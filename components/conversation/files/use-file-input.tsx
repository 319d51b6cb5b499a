"use client";

import { type ReactElement, useRef } from "react";
import { useAttach } from "./use-attach";

/** The system's way to choose files: `choose` opens it, `input` stands somewhere unseen. @param done after something was chosen */
export function useFileInput(done: () => void): { choose: () => void; input: ReactElement } {
  const field = useRef<HTMLInputElement>(null);
  const attach = useAttach();
  const input = (
    <input
      ref={field}
      type="file"
      multiple
      hidden
      tabIndex={-1}
      onChange={(event) => {
        attach([...(event.target.files ?? [])]);
        // The same file can be chosen again.
        event.target.value = "";
        done();
      }}
    />
  );
  return { choose: () => field.current?.click(), input };
}
