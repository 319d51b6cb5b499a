"use client";

import * as Radix from "@radix-ui/react-dropdown-menu";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icons";

const ITEM =
  "target flex select-none items-center gap-2.5 rounded-md px-2.5 py-1 outline-none data-highlighted:bg-hover";

/**
 * Not modal: locking the page would inject a style sheet, which the Content-Security-Policy refuses. Without a
 * portal, so that it stays inside its landmark; the pane around it must not clip. Open when it is first shown:
 * a menu's code comes with the first use of it.
 */
export function Menu(props: { trigger: ReactNode; children: ReactNode }): ReactElement {
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className="z-30 min-w-64 max-w-[calc(100vw-1rem)] animate-rise rounded-xl border border-line bg-raised p-1.5 shadow-lift"
      >
        {props.children}
      </Radix.Content>
    </Radix.Root>
  );
}

export function MenuItem(props: { icon: IconName; onSelect: () => void; children: ReactNode }): ReactElement {
  return (
    <Radix.Item className={ITEM} onSelect={props.onSelect}>
      <Icon name={props.icon} className="size-4.5 text-soft" />
      {props.children}
    </Radix.Item>
  );
}

/** One of a few; the menu stays open, so that the choice is seen. @param value null before it is known */
export function MenuChoices<T extends string>(props: {
  label: string;
  value: T | null;
  choices: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
}): ReactElement {
  return (
    <Radix.RadioGroup aria-label={props.label} value={props.value ?? ""}>
      {props.choices.map(({ value, label }) => (
        <Radix.RadioItem
          key={value}
          value={value}
          className={ITEM}
          onSelect={(event) => {
            event.preventDefault();
            props.onChange(value);
          }}
        >
          <span className="flex size-4.5 shrink-0 items-center justify-center text-accent">
            {value === props.value && <Icon name="check" className="size-4.5" />}
          </span>
          {label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuHeading({ children }: { children: ReactNode }): ReactElement {
  return <div className="px-2.5 py-2">{children}</div>;
}

export function MenuDivider(): ReactElement {
  return <Radix.Separator className="my-1.5 h-px bg-line" />;
}
