"use client";

import type { ReactElement } from "react";
import { DeleteAccount } from "./delete-account";

/** What the person may take along, and how to leave. */
export function DataPanel(): ReactElement {
  return <DeleteAccount />;
}
