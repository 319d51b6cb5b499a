import type { RoomMember } from "@/lib/client/model-rooms";

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Members whose name contains the text, whatever its accents and capitals; all for an empty one. */
export function matching(members: readonly RoomMember[], text: string): readonly RoomMember[] {
  const wanted = fold(text.trim());
  if (wanted === "") return members;
  return members.filter(({ person }) => fold(`${person.displayName} ${person.name}`).includes(wanted));
}
