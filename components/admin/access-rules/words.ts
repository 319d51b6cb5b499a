import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { AccessRule } from "@/lib/protocol/access-rules";
import type { RuledRoom } from "@/lib/protocol/http/admin/access-rules";

/** As many of an id's last characters as tell rooms apart: the first ones are the time at which it was made. */
const SHORT_ID_CHARS = 6;

/** Rooms that rules are about; one that is not among them was deleted. */
export type KnownRooms = ReadonlyMap<ConversationId, RuledRoom>;

/** A room as whoever runs the server tells it from others. */
export function useRuledRoomWords() {
  const { t, locale } = useI18n();
  return {
    /** Of a private one the server knows no name. */
    title: ({ id, name }: Pick<RuledRoom, "id" | "name">): string =>
      name ?? t("accessRules.room.private", { id: id.slice(-SHORT_ID_CHARS) }),
    /** In a sentence that says what it is. */
    named: ({ id, name }: Pick<RuledRoom, "id" | "name">): string =>
      name ?? t("accessRules.room.unnamed", { id: id.slice(-SHORT_ID_CHARS) }),
    gone: (id: ConversationId): string => t("accessRules.room.gone", { id: id.slice(-SHORT_ID_CHARS) }),

    details({ id, kind, createdAt, members, owners }: RuledRoom): string {
      const names = owners.map(({ displayName, deleted }) =>
        deleted ? t("accessRules.room.ownerGone") : displayName,
      );
      return [
        t(`accessRules.room.kind.${kind}`),
        t("accessRules.room.members", { count: members }),
        t("accessRules.room.created", { date: formatTime(createdAt, locale, "dayOfYear") }),
        ...(names.length > 0 ? [t("accessRules.room.owners", { names: names.join(", ") })] : []),
        t("accessRules.room.id", { id }),
      ].join(" · ");
    },
  };
}

/** A rule in a sentence: what it does, where, and to whom. */
export function useRuleSentence(rooms: KnownRooms): (rule: AccessRule) => string {
  const { t } = useI18n();
  const words = useRuledRoomWords();
  return ({ effect, place, room, by, patterns }) => {
    const whom =
      by === "everybody"
        ? t("accessRules.whom.everybody")
        : t(`accessRules.whom.${by}`, { patterns: patterns.replaceAll(" ", ", ") });
    if (!room) return t(`accessRules.says.${effect}.${place}`, { whom });
    const known = rooms.get(room);
    return t(`accessRules.says.${effect}.room`, {
      whom,
      room: known ? words.named(known) : words.gone(room),
    });
  };
}
