"use client";

import { clsx } from "clsx";
import { type ReactElement, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, INPUT_CLASS, TextField } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useFocusWrong } from "@/lib/client/hooks/use-focus-wrong";
import {
  ACCESS_NOTE_CHARS,
  ACCESS_PLACES,
  type AccessRule,
  fitsKind,
  tidyPatterns,
} from "@/lib/protocol/access-rules";
import type { RuledRoom } from "@/lib/protocol/http/admin/access-rules";
import { RoomField } from "./room-field";

const NEW: AccessRule = { effect: "deny", place: "server", by: "address", patterns: "", note: "" };
const EFFECTS = ["allow", "deny"] as const;
const KINDS = ["address", "email", "everybody"] as const;

interface DialogProps {
  open: boolean;
  /** Null for a new one. */
  rule: AccessRule | null;
  /** Which one it is about, or a new one is to be about; null for none, and for one that was deleted. */
  room: RuledRoom | null;
  onClose: () => void;
  onDone: (rule: AccessRule, room: RuledRoom | null) => void;
}

/** One rule, in the list and not yet set. */
export function RuleDialog({ open, rule, room, onClose, onDone }: DialogProps): ReactElement {
  const { t } = useI18n();
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={t(rule ? "accessRules.change" : "accessRules.new")}
      closeLabel={t("common.close")}
    >
      <div className="overflow-y-auto p-5">
        <RuleForm rule={rule ?? { ...NEW, place: room ? "room" : "server" }} room={room} onDone={onDone} />
      </div>
    </Dialog>
  );
}

interface FormProps extends Pick<DialogProps, "room" | "onDone"> {
  rule: AccessRule;
}

function RuleForm({ rule, onDone, ...given }: FormProps): ReactElement {
  const { t } = useI18n();
  const [form, setForm] = useState(rule);
  const [room, setRoom] = useState(given.room);
  const [typed, setTyped] = useState(rule.patterns.replaceAll(" ", "\n"));
  const [refused, setRefused] = useState(0);
  const { by } = form;
  const patterns = by === "everybody" ? "" : tidyPatterns(typed);
  const isWrong = !fitsKind({ by, patterns });
  const isOfRoom = form.place === "room";
  return (
    <form
      noValidate
      ref={useFocusWrong(refused)}
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        const { room: _, ...rest } = { ...form, patterns, note: form.note.trim() };
        if (isWrong || (isOfRoom && !room)) setRefused(refused + 1);
        else if (isOfRoom && room) onDone({ ...rest, room: room.id }, room);
        else onDone(rest, null);
      }}
    >
      <SelectField
        label={t("accessRules.effect")}
        value={form.effect}
        choices={EFFECTS.map((value) => ({ value, label: t(`accessRules.effect.${value}`) }))}
        onChange={(effect) => setForm({ ...form, effect })}
      />
      <SelectField
        label={t("accessRules.place")}
        value={form.place}
        choices={ACCESS_PLACES.map((value) => ({ value, label: t(`accessRules.place.${value}`) }))}
        onChange={(place) => setForm({ ...form, place })}
      />
      {isOfRoom && <RoomField room={room} missing={refused > 0} onChange={setRoom} />}
      <SelectField
        label={t("accessRules.by")}
        value={by}
        choices={KINDS.map((value) => ({ value, label: t(`accessRules.by.${value}`) }))}
        onChange={(value) => setForm({ ...form, by: value })}
      />
      {by !== "everybody" && (
        <Field
          label={t(`accessRules.patterns.${by}`)}
          hint={t(`accessRules.hint.${by}`)}
          error={refused > 0 && isWrong ? t(`accessRules.wrong.${by}`) : undefined}
        >
          {(links) => (
            <textarea
              {...links}
              rows={3}
              spellCheck={false}
              autoCapitalize="none"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className={clsx(INPUT_CLASS, "resize-y")}
            />
          )}
        </Field>
      )}
      <TextField
        label={t("accessRules.note")}
        hint={t("accessRules.noteHint")}
        dir="auto"
        autoComplete="off"
        maxLength={ACCESS_NOTE_CHARS}
        value={form.note}
        onChange={(event) => setForm({ ...form, note: event.target.value })}
      />
      <Button type="submit" className="self-start">
        {t("accessRules.done")}
      </Button>
    </form>
  );
}
