import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { InvitationRow } from "@/lib/protocol/http/admin/invitations";

/** What is said about an invitation, in words. */
export function useInvitationWords() {
  const { t, locale } = useI18n();
  const moment = (at: number): string => formatTime(at, locale, "moment");
  return {
    moment,
    date: (at: number): string => formatTime(at, locale, "dayOfYear"),

    /** Whom it is for, or what was noted. */
    whom: ({ displayName, note }: InvitationRow): string =>
      displayName ?? (note === "" ? t("serverInvitations.anybody") : note),

    state({ uses, maxUses, revokedAt, expiresAt }: InvitationRow): string {
      if (uses >= maxUses) return t("serverInvitations.state.used");
      if (revokedAt !== null) return t("serverInvitations.state.revoked");
      const isOver = expiresAt <= Date.now();
      const time = moment(expiresAt);
      return t(isOver ? "serverInvitations.state.over" : "serverInvitations.state.good", { time });
    },

    used: ({ uses, maxUses }: InvitationRow): string => t("serverInvitations.usedOf", { uses, max: maxUses }),

    made({ createdAt, createdBy }: InvitationRow): string {
      const time = moment(createdAt);
      if (!createdBy) return time;
      return t("serverInvitations.madeByWhom", { time, name: createdBy.displayName });
    },
  };
}

/** Whether somebody could still come by it. */
export const isGood = ({ uses, maxUses, revokedAt, expiresAt }: InvitationRow): boolean =>
  uses < maxUses && revokedAt === null && expiresAt > Date.now();
