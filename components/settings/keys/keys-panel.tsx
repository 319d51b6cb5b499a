"use client";

import type { ReactElement } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { useAccount } from "@/lib/client/hooks/use-account";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { RecoveryGroup } from "./recovery-group";
import { RenewalGroup } from "./renewal-group";
import { SelfTestGroup } from "./self-test-group";

/** The recovery code, the renewal of the keys, and whether everything opens. */
export function KeysPanel(): ReactElement {
  const { keys } = useAccount();
  const { value: status, error, reload } = useLoaded(keys.status);
  if (!status) return error ? <PanelFailed error={error} onRetry={reload} /> : <PanelSkeleton />;
  return (
    <>
      <RecoveryGroup status={status} onChange={reload} />
      <RenewalGroup status={status} onChange={reload} />
      <SelfTestGroup />
    </>
  );
}
