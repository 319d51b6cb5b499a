import { createEntrance } from "../../lib/client/entrance.ts";
import { freshTotpCode, type TestPerson } from "./device.ts";
import { nodePlatform, type Profile } from "./node-platform.ts";
import type { ServerProcess } from "./server-process.ts";

/** Name, password and a code that was not used yet, through the front door. */
export async function signInAgain(
  server: ServerProcess,
  person: TestPerson,
  profile: Profile,
): Promise<void> {
  const entrance = createEntrance(nodePlatform(server.origin, profile));
  const code = await freshTotpCode(person.totpSecret);
  const { challenge } = await entrance.startSignIn({ name: person.name, password: person.password });
  await entrance.confirmSignIn({ challenge, code });
}
