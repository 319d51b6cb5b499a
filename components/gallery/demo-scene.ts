import type { Connection, Conversation, Message, MessengerState, Person, Timeline } from "@/lib/client/model";
import type { RoomEvent, RoomInvitation, RoomMember, Waiting } from "@/lib/client/model-rooms";

type ConversationId = Conversation["id"];

/** What the demo keeps of a room beside its conversation. */
export interface DemoRoom {
  readonly members: readonly RoomMember[];
  readonly banned: readonly Person[];
  readonly invitations: readonly RoomInvitation[];
  readonly journal: readonly RoomEvent[];
}

/** What the demo messenger begins with. */
export interface Scene {
  readonly conversations: readonly Conversation[] | null;
  readonly timelines: ReadonlyMap<ConversationId, readonly Message[] | "loading" | "failed">;
  /** What stands beside the messages. */
  readonly margins?: ReadonlyMap<ConversationId, Partial<Pick<Timeline, "lines" | "pinned">>>;
  readonly connection?: Connection;
  readonly longestRetention?: number;
  readonly announcements?: MessengerState["announcements"];
  readonly start?: () => Promise<void>;
  /** Beside those whom every scene knows. */
  readonly people?: readonly Person[];
  readonly rooms?: ReadonlyMap<ConversationId, DemoRoom>;
  readonly waiting?: readonly Waiting[];
  readonly presences?: MessengerState["presences"];
  readonly writing?: MessengerState["writing"];
}
