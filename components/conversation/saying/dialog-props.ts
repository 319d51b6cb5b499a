import type { RefObject } from "react";
import type { Message } from "@/lib/client/model";

export interface SayingDialogProps {
  onClose: () => void;
  /** Where the focus goes afterwards. */
  returnTo: RefObject<HTMLElement | null>;
}

export interface MessageDialogProps extends SayingDialogProps {
  message: Message;
}
