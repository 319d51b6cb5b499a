"use client";

import type { ReactElement } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelSkeleton } from "@/components/settings/panel";
import { usePolicies } from "@/lib/client/hooks/admin/policies";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { type PolicyGroup as Group, POLICIES } from "@/lib/protocol/policies";
import { PolicyGroup } from "./policy-group";

/** Some groups of policies, as the server has them. */
export function PolicyGroups({ groups }: { groups: readonly Group[] }): ReactElement {
  const { read } = usePolicies();
  const { value, error, reload } = useGuarded(read);
  if (!value) return error === null ? <PanelSkeleton /> : <AdminFailed error={error} onRetry={reload} />;
  return (
    <>
      {groups.map((group) => (
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
