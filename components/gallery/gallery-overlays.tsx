"use client";

import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { Section } from "./section";

export function GalleryOverlays(): ReactElement {
  const toast = useToast();
  const [open, setOpen] = useState(false);
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
