import type { ConversationId } from "@/lib/base/ids";

const expected = new Set<ConversationId>();

/** A room that this person leaves, or ends, is no news to them. @param departure what makes it go */
export async function expectDeparture(room: ConversationId, departure: Promise<void>): Promise<void> {
  expected.add(room);
  try {
    await departure;
  } catch (error) {
    expected.delete(room);
    throw error;
  }
}

/** Whether it was expected; asked once, when the room has gone. */
export function wasExpectedDeparture(room: ConversationId): boolean {
  return expected.delete(room);
}
