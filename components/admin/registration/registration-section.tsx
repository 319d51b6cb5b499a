"use client";

import type { ReactElement } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PolicyGroups } from "@/components/admin/policies/policy-groups";
import { PanelSkeleton } from "@/components/settings/panel";
import type { ServerInvitationId } from "@/lib/base/ids";
import { RegistrationProvider } from "@/lib/client/hooks/admin/invitations";
import { PeopleProvider } from "@/lib/client/hooks/admin/people";
import { PoliciesProvider } from "@/lib/client/hooks/admin/policies";
import { ImportPeople } from "./import-people";
import { InvitationPage } from "./invitation-page";
import { InvitationsGroup } from "./invitations-group";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;
/** What stands in the fragment in place of an invitation. */
const IMPORT = "import";

/** Who may make an account here: everybody, whoever was invited, or nobody. */
export function RegistrationSection({ detail }: { detail: string | null }): ReactElement {
  const waiting = { loading: <PanelSkeleton />, failed };
  return (
    <PeopleProvider {...waiting}>
      <PoliciesProvider {...waiting}>
        <RegistrationProvider {...waiting}>
          {detail === null ? (
            <>
              <PolicyGroups groups={["registration"]} />
              <InvitationsGroup />
            </>
          ) : detail === IMPORT ? (
            <ImportPeople />
          ) : (
            <InvitationPage key={detail} id={detail as ServerInvitationId} />
          )}
        </RegistrationProvider>
      </PoliciesProvider>
    </PeopleProvider>
  );
}
