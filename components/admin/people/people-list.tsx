"use client";

import { type ReactElement, useDeferredValue, useState } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { Table } from "@/components/ui/table";
import type { Column } from "@/components/ui/table-model";
import { type PeopleQuestion, usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useAnswers } from "@/lib/client/hooks/admin/use-answers";
import { useI18n } from "@/lib/client/hooks/i18n";
import {
  PEOPLE_ACTIVITIES,
  PEOPLE_GROUPS,
  type PeopleSort,
  type PersonRow,
} from "@/lib/protocol/http/admin/people";
import { LIMITS } from "@/lib/protocol/limits";
import { PeopleActions } from "./people-actions";
import { usePersonWords } from "./words";

interface ListProps {
  question: PeopleQuestion;
  onQuestion: (question: PeopleQuestion) => void;
}

/** People a page at a time, or those whom a search finds. */
export function PeopleList({ question, onQuestion }: ListProps): ReactElement {
  const { t } = useI18n();
  const { may } = useAdmin();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  const { rows, more, error, reload, busy, older, newer } = useAnswers(
    usePeopleCalls().list,
    useDeferredValue(question),
  );
  const columns = usePeopleColumns(question.activity !== "any");
  const ask = (changed: Partial<PeopleQuestion>): void => {
    setSelected(new Set());
    setSaid("");
    onQuestion({ ...question, ...changed });
  };
  const searching = question.search.trim() !== "";
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_13rem_13rem]">
        <TextField
          type="search"
          label={t("people.search")}
          hint={t("people.searchHint")}
          autoComplete="off"
          maxLength={LIMITS.searchChars.max}
          value={question.search}
          onChange={(event) => ask({ search: event.target.value })}
        />
        <SelectField
          label={t("people.show")}
          value={question.group}
          choices={PEOPLE_GROUPS.map((value) => ({ value, label: t(`people.group.${value}`) }))}
          onChange={(group) => ask({ group })}
        />
        <SelectField
          label={t("people.active")}
          value={question.activity}
          choices={PEOPLE_ACTIVITIES.map((value) => ({ value, label: t(`people.activity.${value}`) }))}
          onChange={(activity) => ask(activity === "any" ? { activity } : { activity, sort: "active" })}
        />
      </div>
      <div role="status" className="empty:hidden">
        {said && <Notice icon="check">{said}</Notice>}
      </div>
      <Table
        label={t("people.list")}
        rows={rows}
        failed={error !== null && rows === null && <AdminFailed error={error} onRetry={reload} />}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ displayName }) => displayName}
        href={({ id }) => adminHref("people", id)}
        empty={t("people.none")}
        busy={busy}
        {...(!searching && {
          older,
          newer,
          sort: { column: question.sort, descending: question.descending },
          onSort: ({ column, descending }) => ask({ sort: column as PeopleSort, descending }),
        })}
        {...(may("restrain-people") && {
          selection: {
            selected,
            onChange: setSelected,
            actions: (
              <PeopleActions
                people={(rows ?? []).filter(({ id }) => selected.has(id))}
                onDone={(sentence) => {
                  setSaid(sentence);
                  setSelected(new Set());
                  reload();
                }}
              />
            ),
          },
        })}
      />
      {more && <Notice icon="info">{t("people.more")}</Notice>}
    </>
  );
}

/** @param byActivity of those it chooses, there is one order */
function usePeopleColumns(byActivity: boolean): [Column<PersonRow>, ...Column<PersonRow>[]] {
  const { t } = useI18n();
  const words = usePersonWords();
  return [
    {
      id: "name",
      title: t("people.name"),
      sortable: !byActivity,
      cell: ({ name, displayName }) => (
        <>
          <bdi>{displayName}</bdi> <span className="font-normal text-soft">@{name}</span>
        </>
      ),
    },
    { id: "role", title: t("people.role"), cell: ({ role }) => t(`people.role.${role}`) },
    { id: "state", title: t("people.state"), cell: words.state },
    {
      id: "created",
      title: t("people.created"),
      sortable: !byActivity,
      numeric: true,
      cell: ({ createdAt }) => words.date(createdAt),
    },
    {
      id: "active",
      title: t("people.active"),
      sortable: true,
      numeric: true,
      cell: ({ lastActiveDay }) => words.day(lastActiveDay),
    },
  ];
}
