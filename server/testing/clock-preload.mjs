// Runs before a server under test: its clock goes ahead of the machine's by as much as the tests say.
import { isMainThread } from "node:worker_threads";

const realNow = Date.now;
let ahead = Number(process.env.SCEAU_TEST_AHEAD ?? 0);
Date.now = () => realNow() + ahead;

if (isMainThread && process.send) {
  process.on("message", (message) => {
    ahead = message.ahead;
    process.send({ ahead });
  });
  // Listening must not keep a server alive that has ended otherwise.
  process.channel.unref();
}
