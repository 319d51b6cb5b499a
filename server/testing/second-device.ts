import { createEntrance } from "../../lib/client/entrance.ts";
import { type Device, openDevice, type TestPerson } from "./device.ts";
import { newProfile, nodePlatform, type Profile } from "./node-platform.ts";
import type { ServerProcess } from "./server-process.ts";
import { signInAgain } from "./sign-in.ts";

/** Another browser of the same person: signed in, unlocked by the recovery code, open. */
export async function addDevice(
  server: ServerProcess,
  person: TestPerson,
  profile: Profile = newProfile(),
): Promise<Device> {
  await signInAgain(server, person, profile);
  await createEntrance(nodePlatform(server.origin, profile)).recover(person.recoveryCode);
  return openDevice(server, person, profile);
}
