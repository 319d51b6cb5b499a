"use client";

import { type ReactElement, useEffect, useState } from "react";
import { DeliveryMark } from "@/components/conversation/delivery-mark";
import { MessageRow } from "@/components/conversation/message-row";
import type { Message } from "@/lib/client/model";
import { chat, ME, troubled } from "./demo-data";
import { Section } from "./section";

const nothing = (): void => undefined;

export function GalleryMessages(): ReactElement {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  // Their times are relative to now, which the server's drawing of this page would not share.
  useEffect(() => setMessages([...chat(), ...troubled()]), []);
  return (
    <Section title="Messages">
      <ol className="w-full max-w-3xl">
        {messages.map((message) => (
          <MessageRow
            key={message.id}
            message={message}
            senderName={message.mine ? ME.displayName : "Bob Okafor"}
            opens
            closes
            onRetry={nothing}
            onDiscard={nothing}
          />
        ))}
      </ol>
      <DeliveryMark state="pending" />
      <DeliveryMark state="stored" />
      <DeliveryMark state="delivered" />
      <DeliveryMark state="read" />
      <DeliveryMark state="failed" />
    </Section>
  );
}
