// Runs before a server under test: a bcrypt takes a hundredth of its time, here instead of in a worker. The hashes say
// that they took all of it, so that nothing else changes; what a password costs is tested and measured elsewhere.
import bcrypt from "bcryptjs";
import { Piscina } from "piscina";

const COST = "04";

Piscina.prototype.run = async ({ work, input, cost, hash }) => {
  if (work === "compare") return bcrypt.compareSync(input, hash.replace(/^(\$2[aby]\$)\d\d/, `$1${COST}`));
  const made = bcrypt.hashSync(input, Number(COST));
  return made.replace(`$${COST}$`, `$${String(cost).padStart(2, "0")}$`);
};
