"use client";

import type { ReactElement } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelSkeleton } from "@/components/settings/panel";
import { PoliciesProvider } from "@/lib/client/hooks/admin/policies";
import { POLICY_GROUPS } from "@/lib/protocol/policies";
import { PolicyGroups } from "./policy-groups";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;
/** Who may make an account stands beside the invitations. */
const GROUPS = POLICY_GROUPS.filter((group) => group !== "registration");

/** What may be set while the server runs: what it does, its limits, and who set it last. */
export function PoliciesSection(): ReactElement {
  return (
    <PoliciesProvider loading={<PanelSkeleton />} failed={failed}>
      <PolicyGroups groups={GROUPS} />
    </PoliciesProvider>
  );
}
