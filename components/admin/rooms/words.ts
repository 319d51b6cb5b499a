import { useAmounts } from "@/components/admin/overview/amounts";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { Person } from "@/lib/client/model-person";
import type { RoomRow } from "@/lib/protocol/http/admin/rooms";

/** As many of an id's last characters as tell rooms apart: the first ones are the time at which it was made. */
const SHORT_ID_CHARS = 6;

/** What is said about a room, in words. */
export function useRoomWords() {
  const { t, locale } = useI18n();
  const amounts = useAmounts();
  return {
    /** Of a private one the server knows no name. */
    title: ({ id, name }: Pick<RoomRow, "id" | "name">): string =>
      name ?? t("serverRooms.private", { id: id.slice(-SHORT_ID_CHARS) }),
    person: ({ displayName, deleted }: Person): string => (deleted ? t("serverRooms.gone") : displayName),
    /** The first of them, and how many others there are. */
    owners({ owners, ownerCount }: Pick<RoomRow, "owners" | "ownerCount">): string {
      const names = owners.map(({ displayName }) => displayName);
      if (names.length === 0) return "–";
      const others = ownerCount - names.length;
      return new Intl.ListFormat(locale, { style: "short", type: "unit" }).format(
        others > 0 ? [...names, `+${others}`] : names,
      );
    },
    /** Of its messages, and when that was counted. */
    size: (bytes: number, countedAt: number | null): string =>
      countedAt === null
        ? t("serverRooms.uncounted")
        : t("serverRooms.about", {
            size: amounts.bytes(bytes),
            time: formatTime(countedAt, locale, "moment"),
          }),
    moment: (at: number): string => formatTime(at, locale, "moment"),
    date: (at: number): string => formatTime(at, locale, "dayOfYear"),

    /** @param day as yyyymmdd; named in any time zone as it is in UTC */
    day(day: number): string {
      const noon = new Date(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100, 12);
      return formatTime(noon.getTime(), locale, "dayOfYear");
    },
  };
}
