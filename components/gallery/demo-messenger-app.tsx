"use client";

import type { ReactElement } from "react";
import { MessengerApp } from "@/components/messenger/messenger-app";
import type { Messenger } from "@/lib/client/model";
import { createDemoMessenger } from "./demo-messenger";
import { SCENES, type SceneName } from "./demo-scenes";

async function load(): Promise<Messenger> {
  const name = new URLSearchParams(location.search).get("scene") ?? "busy";
  return createDemoMessenger(SCENES[name as SceneName]());
}

/** The whole messenger on invented data; `?scene=` chooses which. */
export function DemoMessengerApp(): ReactElement {
  return <MessengerApp load={load} />;
}
