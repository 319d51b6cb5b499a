import type { IconName } from "@/components/ui/icons";
import type { Conversation, Person } from "@/lib/client/model";
import type { ListedRoom } from "@/lib/client/model-rooms";

/** What can be chosen in the quick switcher. */
export type Option =
  | { readonly kind: "conversation"; readonly key: string; readonly conversation: Conversation }
  | { readonly kind: "person"; readonly key: string; readonly person: Person }
  | { readonly kind: "room"; readonly key: string; readonly room: ListedRoom }
  | { readonly kind: "command"; readonly key: string; readonly command: Command };

export interface Group {
  readonly label: string;
  readonly options: readonly Option[];
}

export interface Command {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  /** Further words by which it is found. */
  readonly also?: string;
  /** Whether it is offered before anything is typed. */
  readonly usual?: boolean;
  /** Whether the switcher stays open. */
  readonly stays?: boolean;
  readonly run: () => void | Promise<void>;
}

export const conversationOption = (conversation: Conversation): Option => ({
  kind: "conversation",
  key: conversation.id,
  conversation,
});
export const personOption = (person: Person): Option => ({ kind: "person", key: person.id, person });
export const roomOption = (room: ListedRoom): Option => ({ kind: "room", key: room.id, room });
export const commandOption = (command: Command): Option => ({ kind: "command", key: command.key, command });
