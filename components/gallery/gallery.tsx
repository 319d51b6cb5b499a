"use client";

import type { ReactElement } from "react";
import { PreferencesBar } from "@/components/preferences/preferences-bar";
import { Avatar } from "@/components/ui/avatar";
import { CountBadge } from "@/components/ui/badge";
import { Button, type ButtonTone, IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ICON_NAMES, Icon } from "@/components/ui/icons";
import { Mark, Wordmark } from "@/components/ui/mark";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { ToastProvider } from "@/components/ui/toast";
import { ME, PEOPLE } from "./demo-data";
import { SCENES } from "./demo-scenes";
import { GalleryFields } from "./gallery-fields";
import { GalleryMessages } from "./gallery-messages";
import { GalleryOverlays } from "./gallery-overlays";
import { GalleryTable } from "./gallery-table";
import { Section } from "./section";

const TONES: readonly ButtonTone[] = ["primary", "secondary", "quiet", "danger"];
const COLOURS = [
  "bg-paper",
  "bg-shade",
  "bg-raised",
  "bg-hover",
  "bg-line",
  "bg-edge",
  "bg-faint",
  "bg-soft",
  "bg-ink",
  "bg-tint",
  "bg-accent",
  "bg-wax",
  "bg-danger",
  "bg-warn",
  "bg-good",
];

/** Every primitive in its states, for the eye; words here are for developers and not translated. */
export function Gallery(): ReactElement {
  return (
    <ToastProvider closeLabel="Close">
      <main className="mx-auto flex max-w-5xl flex-col gap-8 p-6">
        <h1>
          <Wordmark className="text-2xl" />
        </h1>
        <Section title="Messenger">
          {Object.keys(SCENES).map((scene) => (
            <a key={scene} href={`gallery/messenger?scene=${scene}`} className="text-accent underline">
              {scene}
            </a>
          ))}
        </Section>
        <Section title="Colours">
          {COLOURS.map((colour) => (
            <div key={colour} className="text-center text-2xs">
              <div className={`size-14 rounded-lg border border-line ${colour}`} />
              {colour.slice(3)}
            </div>
          ))}
        </Section>
        <Section title="Type">
          <div>
            <p className="font-serif text-3xl">Sealed in your browser</p>
            <p className="font-serif text-2xl">Sealed in your browser</p>
            <p className="font-serif text-xl">Sealed in your browser</p>
            <p className="text-lg">Opened in theirs</p>
            <p>Opened in theirs</p>
            <p className="text-soft text-sm">Opened in theirs</p>
            <p className="text-faint text-xs">Opened in theirs</p>
          </div>
        </Section>
        <Section title="Buttons">
          {TONES.map((tone) => (
            <div key={tone} className="flex flex-col gap-2">
              <Button tone={tone}>{tone}</Button>
              <Button tone={tone} icon="lock">
                with icon
              </Button>
              <Button tone={tone} busy>
                busy
              </Button>
              <Button tone={tone} disabled>
                disabled
              </Button>
            </div>
          ))}
          <IconButton icon="close" label="Close" />
          <IconButton icon="close" label="Close, disabled" disabled />
          <CopyButton text="copied" label="Copy" doneLabel="Copied" />
        </Section>
        <GalleryFields />
        <GalleryTable />
        <Section title="Notices">
          <Notice>Only you and Bob can read this.</Notice>
          <Notice tone="warn">That took too long. Check your details and go on again.</Notice>
          <Notice tone="danger">The server cannot be reached. Check your connection and try again.</Notice>
        </Section>
        <Section title="People">
          {PEOPLE.map((person) => (
            <Avatar key={person.id} person={person} />
          ))}
          <Avatar person={ME} className="size-16 text-xl" />
          <CountBadge count={1} label="1 unread message" />
          <CountBadge count={200} label="200 unread messages" />
        </Section>
        <Section title="Waiting">
          <Skeleton className="h-4 w-40 rounded-md" />
          <Skeleton className="size-11 rounded-full" />
        </Section>
        <GalleryMessages />
        <GalleryOverlays />
        <Section title="Icons and mark">
          {ICON_NAMES.map((name) => (
            <span key={name} title={name}>
              <Icon name={name} className="size-6" />
            </span>
          ))}
          <Mark className="size-6" />
          <Mark className="size-16" />
        </Section>
        <PreferencesBar />
      </main>
    </ToastProvider>
  );
}
