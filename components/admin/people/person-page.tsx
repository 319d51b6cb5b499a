"use client";

import { type ReactElement, useCallback } from "react";
import { AdminFailed } from "@/components/admin/admin-failed";
import { BackLink } from "@/components/admin/back-link";
import { useAmounts } from "@/components/admin/overview/amounts";
import { PanelGroup, PanelSkeleton } from "@/components/settings/panel";
import { Avatar } from "@/components/ui/avatar";
import { FactList } from "@/components/ui/fact-list";
import { Notice } from "@/components/ui/notice";
import type { AccountId } from "@/lib/base/ids";
import { type PersonView, usePeopleCalls } from "@/lib/client/hooks/admin/people";
import { useAdmin } from "@/lib/client/hooks/admin/use-admin";
import { adminHref } from "@/lib/client/hooks/admin/use-admin-route";
import { useGuarded } from "@/lib/client/hooks/admin/use-guarded";
import { useI18n } from "@/lib/client/hooks/i18n";
import { DeletePerson } from "./delete-person";
import { PersonAppPasswords } from "./person-app-passwords";
import { PersonAuthenticator } from "./person-authenticator";
import { PersonBrowsers } from "./person-browsers";
import { PersonRestraint } from "./person-restraint";
import { PersonRole } from "./person-role";
import { usePersonWords } from "./words";

/** One person: who they are, where they are signed in, and what can be done. */
export function PersonPage({ id }: { id: AccountId }): ReactElement {
  const { t } = useI18n();
  const { read } = usePeopleCalls();
  const { value, error, reload } = useGuarded(useCallback(() => read(id), [read, id]));
  return (
    <>
      <BackLink href={adminHref("people")}>{t("people.back")}</BackLink>
      {value ? (
        <Person details={value} onChanged={reload} />
      ) : error === null ? (
        <PanelSkeleton />
      ) : (
        <AdminFailed error={error} onRetry={reload} />
      )}
    </>
  );
}

function Person({ details, onChanged }: { details: PersonView; onChanged: () => void }): ReactElement {
  const { t } = useI18n();
  const { me, may } = useAdmin();
  const { person } = details;
  const self = person.id === me.id;
  const within = !self && may(person.role === "member" ? "restrain-people" : "change-people");
  return (
    <>
      <div className="flex items-center gap-4">
        <Avatar person={person} className="size-14 text-xl" />
        <div className="min-w-0 wrap-anywhere">
          <h3 className="font-serif text-2xl">
            <bdi>{person.displayName}</bdi>
          </h3>
          <p className="text-soft">@{person.name}</p>
        </div>
      </div>
      <Facts details={details} />
      {self && <Notice icon="info">{t("people.self")}</Notice>}
      <PersonBrowsers details={details} within={within} onChanged={onChanged} />
      {(within || person.restraint) && (
        <PersonRestraint person={person} within={within} onChanged={onChanged} />
      )}
      {may("change-people") && <PersonRole person={person} onChanged={onChanged} />}
      {may("change-people") && <PersonAppPasswords details={details} onChanged={onChanged} />}
      {may("change-people") && !self && <PersonAuthenticator person={person} onChanged={onChanged} />}
      {may("change-people") && !self && <DeletePerson person={person} />}
    </>
  );
}

function Facts({ details }: { details: PersonView }): ReactElement {
  const { t } = useI18n();
  const words = usePersonWords();
  const { may } = useAdmin();
  const { number, bytes } = useAmounts();
  const { person, conversations, files } = details;
  const facts: [string, string][] = [
    [t("people.state"), words.state(person)],
    [t("people.role"), t(`people.role.${person.role}`)],
    [t("people.email"), person.email ?? "–"],
    [t("people.created"), words.moment(person.createdAt)],
    [t("people.active"), words.day(person.lastActiveDay)],
    [
      t("people.conversations"),
      [
        t("people.rooms", { count: conversations.rooms }),
        t("people.direct", { count: conversations.direct }),
      ].join(", "),
    ],
    [t("people.files"), files.count > 0 ? `${number(files.count)} (${bytes(files.bytes)})` : "–"],
  ];
  return (
    <PanelGroup title={t("people.account")}>
      <FactList facts={facts} />
      {may("see-journal") && (
        <a
          href={adminHref("journal", person.id)}
          className="target -ms-2 inline-flex items-center self-start rounded-lg px-2 font-medium text-accent hover:bg-hover"
        >
          {t("people.journal")}
        </a>
      )}
    </PanelGroup>
  );
}
