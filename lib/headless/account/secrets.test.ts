import { expect, test } from "vitest";
import { findAppPassword } from "./secrets.ts";

const SCEAU_APP_PASSWORD = `sceau-${"0".repeat(32)}`;
const env = { NODE_ENV: "test", SCEAU_APP_PASSWORD } as const;

test("an app password of the environment counts where neither password nor code is given by an option", () => {
  expect(findAppPassword({}, env)).toBe(SCEAU_APP_PASSWORD);
  for (const options of [{ "password-file": "pw" }, { "totp-secret-file": "totp" }, { code: "123456" }])
    expect(findAppPassword(options, env)).toBeNull();
});
