"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuChoices, MenuDivider, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { Section } from "./section";

const CHOICES = [
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
] as const;

export function GalleryOverlays(): ReactElement {
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState<"light" | "dark">("light");
  return (
    <Section title="Above the page">
      <Button tone="secondary" onClick={() => setOpen(true)}>
        Dialog
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Forget this browser?"
        description="Your keys and unsent messages are erased here."
        confirmLabel="Sign out and forget"
        cancelLabel="Cancel"
        closeLabel="Close"
        onConfirm={() => setOpen(false)}
      />
      <Menu trigger={<Button tone="secondary">Menu</Button>}>
        <MenuChoices label="Theme" value={choice} choices={CHOICES} onChange={setChoice} />
        <MenuDivider />
        <MenuItem icon="signOut" onSelect={() => toast("Signed out, in a manner of speaking.")}>
          Sign out
        </MenuItem>
      </Menu>
      <Button tone="secondary" onClick={() => toast("The server cannot be reached. Try again.")}>
        Toast
      </Button>
    </Section>
  );
}
