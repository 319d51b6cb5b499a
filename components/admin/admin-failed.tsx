"use client";

import { type ReactElement, useEffect } from "react";
import { signInAndBackToAdmin } from "@/components/entrance/destinations";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { errorCode } from "@/lib/client/hooks/use-error-text";
import { NoSuchPage } from "./no-such-page";

/** What could not be loaded, and why: who is signed out signs in and comes back, who may not be here finds nothing here. */
export function AdminFailed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const code = errorCode(error);
  if (code === "signed-out") return <ToSignIn />;
  if (code === "not-found") return <NoSuchPage />;
  return <PanelFailed error={error} onRetry={onRetry} />;
}

function ToSignIn(): ReactElement {
  useEffect(() => location.replace(signInAndBackToAdmin(location.hash)), []);
  return <PanelSkeleton />;
}
