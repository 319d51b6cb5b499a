"use client";

import { type ReactElement, useState } from "react";
import { QrCode } from "@/components/entrance/qr-code";
import { StrengthMeter } from "@/components/entrance/strength-meter";
import { ChoiceRow } from "@/components/ui/choice-row";
import { CodeField } from "@/components/ui/code-field";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { Section } from "./section";

const CHOICES = [
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
] as const;

export function GalleryFields(): ReactElement {
  const [code, setCode] = useState("");
  const [choice, setChoice] = useState<"light" | "dark">("light");
  const [password, setPassword] = useState("violet hamster");
  return (
    <Section title="Fields">
      <TextField label="Plain" hint="A hint below it." defaultValue="Amélie" />
      <TextField label="Wrong" error="This name is taken. Choose another one." defaultValue="amelie" />
      <TextField label="Disabled" disabled defaultValue="Amélie" />
      <div className="flex flex-col gap-4">
        <PasswordField
          label="Password"
          showLabel="Show password"
          hideLabel="Hide password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <StrengthMeter password={password} min={10} personal={[]} />
      </div>
      <CodeField
        label="6-digit code"
        incomplete="Type all 6 digits of the code."
        value={code}
        onChange={setCode}
        onComplete={() => setCode("")}
      />
      <ChoiceRow label="Theme" value={choice} choices={CHOICES} onChange={setChoice} />
      <QrCode text="otpauth://totp/Sceau:amelie?secret=JBSWY3DPEHPK3PXP&issuer=Sceau" label="QR code" />
    </Section>
  );
}
