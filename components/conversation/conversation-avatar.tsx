import type { ReactElement } from "react";
import { Avatar } from "@/components/ui/avatar";
import type { AccountId } from "@/lib/base/ids";
import type { Conversation } from "@/lib/client/model";

/** The other one's picture, or a room's own tile. */
export function ConversationAvatar(props: { conversation: Conversation; className: string }): ReactElement {
  const { id, peer, room } = props.conversation;
  // A room's colour comes from its id, as a person's does.
  const face = peer ?? { id: id as string as AccountId, displayName: room?.name ?? "", picture: null };
  return <Avatar person={face} className={props.className} />;
}
