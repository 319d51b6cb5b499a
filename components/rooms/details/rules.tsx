"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { RoomPolicy } from "@/lib/client/model-rooms";
import { shorterRetention } from "@/lib/protocol/retention";
import { retentionText, slownessText } from "../policy-choices";
import { PolicyFields } from "../policy-fields";
import { ActDialog } from "./act-dialog";
import { type OpenRoom, useOpenRoom } from "./use-open-room";

/** What everybody sees of how the room works. */
export function Rules(): ReactElement {
  const { t, locale } = useI18n();
  const { kind, standing, may } = useOpenRoom();
  const [changing, setChanging] = useState(false);
  const longest = useMessengerState((state) => state.longestRetention);
  const retention = shorterRetention(standing.retentionSeconds, longest);
  const readers = t(kind === "public-room" ? "policy.readersPublic" : "policy.readersPrivate");
  return (
    <section className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4">
      <h3 className="font-semibold">{t("policy.title")}</h3>
      <dl className="flex flex-col gap-2.5 text-sm">
        <Rule what={t("policy.readers")} how={readers} />
        <Rule what={t("policy.history")} how={t(`policy.history.${standing.history}`)} />
        <Rule what={t("policy.retention")} how={retentionText(retention, locale, t)} />
        <Rule what={t("policy.posting")} how={t(`policy.posting.${standing.posting}`)} />
        {standing.slowSeconds > 0 && (
          <Rule what={t("policy.slow")} how={slownessText(standing.slowSeconds, locale, t)} />
        )}
      </dl>
      {may.owns && standing.posting !== "nobody" && (
        <Button tone="quiet" className="-mx-4 -my-1.5 self-start" onClick={() => setChanging(true)}>
          {t("policy.change")}
        </Button>
      )}
      {changing && <RulesDialog onClose={() => setChanging(false)} />}
    </section>
  );
}

function Rule({ what, how }: { what: string; how: string }): ReactElement {
  return (
    <div>
      <dt className="text-faint">{what}</dt>
      <dd>{how}</dd>
    </div>
  );
}

export function policyOf({ standing }: OpenRoom): RoomPolicy {
  const { posting, slowSeconds, retentionSeconds, history } = standing;
  return { posting, slowSeconds, retentionSeconds, history };
}

function RulesDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  const rooms = useRooms();
  const room = useOpenRoom();
  const [policy, setPolicy] = useState(() => policyOf(room));
  return (
    <ActDialog
      title={t("policy.title")}
      confirmLabel={t("policy.save")}
      act={() => rooms.setPolicy(room.id, policy)}
      onClose={onClose}
    >
      <PolicyFields policy={policy} onChange={setPolicy} slow before={room.standing.retentionSeconds} />
    </ActDialog>
  );
}
