"use client";

import { type ReactElement, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { PanelSkeleton } from "@/components/settings/panel";
import type { AccountId } from "@/lib/base/ids";
import { PeopleProvider, type PeopleQuestion } from "@/lib/client/hooks/admin/people";
import { PeopleList } from "./people-list";
import { PersonPage } from "./person-page";

const failed = (error: unknown, retry: () => void) => <AdminFailed error={error} onRetry={retry} />;

/** Everybody who has an account here: found, looked at, and kept out where they must be. */
export function PeopleSection({ detail }: { detail: string | null }): ReactElement {
  // Kept here, so that the way back from a person leads to the same list.
  const [question, setQuestion] = useState<PeopleQuestion>({
    search: "",
    group: "everybody",
    activity: "any",
    sort: "name",
    descending: false,
  });
  return (
    <PeopleProvider loading={<PanelSkeleton />} failed={failed}>
      {detail === null ? (
        <PeopleList question={question} onQuestion={setQuestion} />
      ) : (
        <PersonPage key={detail} id={detail as AccountId} />
      )}
    </PeopleProvider>
  );
}
