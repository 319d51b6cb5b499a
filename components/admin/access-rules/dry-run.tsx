"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useAccessRuleCalls } from "@/lib/client/hooks/admin/access-rules";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useGuardedAction } from "@/lib/client/hooks/use-step-up";
import type { AccessRule } from "@/lib/protocol/access-rules";
import type { AccessTrial } from "@/lib/protocol/http/admin/access-rules";
import { useRuledRoomWords } from "./words";

/** Who would be locked out now, before anybody is. */
export function DryRun({ rules }: { rules: readonly AccessRule[] }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const calls = useAccessRuleCalls();
  const words = useRuledRoomWords();
  const [found, setFound] = useState<AccessTrial | null>(null);
  const { run, busy, error } = useGuardedAction(async () => setFound(await calls.try(rules)));
  return (
    <div className="flex flex-col items-start gap-3">
      <Button tone="secondary" icon="search" busy={busy} onClick={() => run()}>
        {t("accessRules.try")}
      </Button>
      {error !== null && <Notice tone="danger">{errorText(error)}</Notice>}
      <div role="status" className="flex max-w-full flex-col gap-3">
        {found?.self && <Notice tone="warn">{t("accessRules.outSelf")}</Notice>}
        {found && found.server.people + found.admin.people + found.rooms.length === 0 && (
          <Notice icon="check">{t("accessRules.outNobody")}</Notice>
        )}
        {found && (
          <ShutOut title={t("accessRules.outOfServer", { count: found.server.people })} {...found.server} />
        )}
        {found && (
          <ShutOut title={t("accessRules.outOfAdmin", { count: found.admin.people })} {...found.admin} />
        )}
        {found?.rooms.map(({ room, ...out }) => (
          <ShutOut
            key={room.id}
            title={t("accessRules.outOfRoom", { count: out.people, room: words.named(room) })}
            {...out}
          />
        ))}
      </div>
    </div>
  );
}

function ShutOut({
  title,
  people,
  sessions,
  names,
}: { title: string } & AccessTrial["server"]): ReactElement | null {
  const { t } = useI18n();
  if (people === 0) return null;
  return (
    <Notice tone="warn" icon="users">
      {t("accessRules.outLine", {
        people: title,
        sessions: t("accessRules.outSessions", { count: sessions }),
      })}{" "}
      {names.map(({ id, displayName }, i) => (
        <span key={id}>
          {i > 0 && ", "}
          <bdi>{displayName}</bdi>
        </span>
      ))}
      {people > names.length && " …"}
    </Notice>
  );
}
