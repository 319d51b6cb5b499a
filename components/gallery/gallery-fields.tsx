"use client";

import { type ReactElement, useState } from "react";
import { QrCode } from "@/components/entrance/qr-code";
import { StrengthMeter } from "@/components/entrance/strength-meter";
import { CodeField } from "@/components/ui/code-field";
import { TextField } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { Section } from "./section";

export function GalleryFields(): ReactElement {
  const [code, setCode] = useState("");
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
        <StrengthMeter password={password} personal={[]} />
      </div>
      <CodeField label="6-digit code" value={code} onChange={setCode} onComplete={() => setCode("")} />
      <QrCode text="otpauth://totp/Sceau:amelie?secret=JBSWY3DPEHPK3PXP&issuer=Sceau" label="QR code" />
    </Section>
  );
}
