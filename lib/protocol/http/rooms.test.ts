import { expect, test } from "vitest";
import { type AccountId, newId } from "../../base/ids.ts";
import { muteBody } from "./rooms.ts";

test("nobody is muted beyond the year 9999, which no database knows", () => {
  const account = newId<AccountId>();
  const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  expect(muteBody.safeParse({ account, until: latest }).success).toBe(true);
  expect(muteBody.safeParse({ account, until: latest + 1 }).success).toBe(false);
  expect(muteBody.safeParse({ account, until: null }).success).toBe(true);
});
