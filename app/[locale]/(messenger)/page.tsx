import type { ReactElement } from "react";
import { MessengerApp } from "@/components/messenger/messenger-app";

/** The only page of the messenger: which conversation is open stands in the fragment. */
export default function Page(): ReactElement {
  return <MessengerApp />;
}
