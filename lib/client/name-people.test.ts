import { expect, it } from "vitest";
import type { AccountId } from "../base/ids.ts";
import type { Identities } from "./identities.ts";
import type { MessengerState } from "./model.ts";
import { namePeople } from "./name-people.ts";
import { createStore } from "./store.ts";

const [ada, ben, gone] = ["ada", "ben", "gone"] as unknown as [AccountId, AccountId, AccountId];

it("asks for each who has no name yet, once, and gets over who cannot be named", async () => {
  const asked: AccountId[] = [];
  const person = async (id: AccountId) => {
    asked.push(id);
    if (id === gone) throw new Error("nobody");
    return { id, name: id };
  };
  const store = createStore({ people: new Map([[ada, { id: ada }]]) } as unknown as MessengerState);
  await namePeople({ store, identities: { person } as unknown as Identities }, [ada, ben, gone, ben]);
  expect(asked).toEqual([ben, gone]);
  expect([...store.get().people.keys()]).toEqual([ada, ben]);
});
