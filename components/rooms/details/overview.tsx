"use client";

import type { ReactElement } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { TakeOver } from "../take-over";
import { AboutRoom } from "./about-room";
import { Ending } from "./ending";
import { MemberRow } from "./member-row";
import { PageButton } from "./page-button";
import { ReportsButton } from "./reports-button";
import { Rules } from "./rules";
import { useOpenRoom } from "./use-open-room";

/** How many members the first page shows. */
const SHOWN = 6;

export function Overview(): ReactElement {
  const { t } = useI18n();
  const { id, kind, details, may, reload } = useOpenRoom();
  const { members } = details;
  return (
    <div className="flex flex-col gap-7 px-4 py-6">
      <AboutRoom />
      {details.mayTakeOver && <TakeOver id={id} offered={false} onDone={reload} />}
      <Rules />
      <section className="flex flex-col gap-1">
        <h3 className="font-medium text-soft text-sm">{t("details.members")}</h3>
        <ul className="-mx-2">
          {members.slice(0, SHOWN).map((member) => (
            <li key={member.person.id}>
              <MemberRow member={member} />
            </li>
          ))}
        </ul>
        {members.length > SHOWN && (
          <PageButton page="members" icon="users">
            {t("details.allMembers", { total: members.length })}
          </PageButton>
        )}
      </section>
      <div className="flex flex-col gap-0.5">
        <PageButton page="files" icon="clip">
          {t("details.files")}
        </PageButton>
        {may.moderates && (
          <>
            {kind === "private-room" && (
              <PageButton page="invitations" icon="link">
                {t("details.invitations")}
              </PageButton>
            )}
            <ReportsButton />
            <PageButton page="banned" icon="close">
              {t("details.banned")}
            </PageButton>
            <PageButton page="journal" icon="clock">
              {t("details.journal")}
            </PageButton>
          </>
        )}
      </div>
      <Ending />
    </div>
  );
}
