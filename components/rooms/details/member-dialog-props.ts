import type { RefObject } from "react";
import type { RoomMember } from "@/lib/client/model-rooms";

/** Of every dialog in which something is done about a member. */
export interface MemberDialogProps {
  readonly member: RoomMember;
  readonly onClose: () => void;
  readonly returnTo: RefObject<HTMLElement | null>;
}
