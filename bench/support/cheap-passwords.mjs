// Runs before a server that a crowd registers with: what a password costs is measured elsewhere, and takes minutes here.
import bcrypt from "bcryptjs";

const COST = 4;
const hashSync = bcrypt.hashSync;
bcrypt.hashSync = (input) => hashSync(input, COST);
