"use client";

import type { ReactElement } from "react";
import type { Conversation } from "@/lib/client/model";

export function RoomDetails(_: { conversation: Conversation; route: string }): ReactElement {
  return <aside />;
}
