"use client";

import type { ReactElement } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelSkeleton } from "@/components/settings/panel";
import { PoliciesProvider, usePolicies } from "@/lib/client/hooks/admin/policies";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { POLICIES, POLICY_GROUPS } from "@/lib/protocol/policies";
import { PolicyGroup } from "./policy-group";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** What may be set while the server runs: what it does, its limits, and who set it last. */
export function PoliciesSection(): ReactElement {
  return (
    <PoliciesProvider loading={<PanelSkeleton />} failed={failed}>
      <Policies />
    </PoliciesProvider>
  );
}

function Policies(): ReactElement {
  const { read } = usePolicies();
  const { value, error, reload } = useGuarded(read);
  if (!value) return error === null ? <PanelSkeleton /> : failed(error, reload);
  return (
    <>
      {POLICY_GROUPS.map((group) => (
        <PolicyGroup
          key={group}
          group={group}
          policies={value.policies.filter(({ key }) => POLICIES[key].group === group)}
          longest={value.messageRetention}
          onSaved={reload}
        />
      ))}
    </>
  );
}
