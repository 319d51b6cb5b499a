"use client";

import type { ReactElement, ReactNode } from "react";
import { createPortal } from "react-dom";

/** What is printed while it is mounted, and nothing else of the page (app/globals.css). Not on the screen. */
export function PrintSheet({ children }: { children: ReactNode }): ReactElement {
  return createPortal(<div className="print-sheet">{children}</div>, document.body);
}
