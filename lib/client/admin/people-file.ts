import * as z from "zod/mini";
import { accountName, displayName, email } from "../../protocol/account-fields.ts";
import {
  type ImportAnswer,
  type ImportedPerson,
  importedPerson,
} from "../../protocol/http/admin/invitations.ts";
import { ROLES } from "../../protocol/roles.ts";
import { parseCsv } from "./parse-csv.ts";

export type LineProblem =
  | "columns"
  | "name"
  | "displayName"
  | "email"
  | "role"
  | "twice"
  | NonNullable<ImportAnswer["lines"][number]["problem"]>;

/** A line of a file of people: somebody to be invited, or what is wrong with it. */
export interface PersonLine {
  readonly number: number;
  readonly text: string;
  readonly person: ImportedPerson | null;
  readonly problem: LineProblem | null;
}

const TITLES = /^(?:name|user ?name|login|nom|identifiant)$/i;
const role = z.enum(ROLES);

function problemOf([name, shown, address = "", given = ""]: readonly string[]): LineProblem | null {
  if (name === undefined || shown === undefined) return "columns";
  if (!accountName.safeParse(name).success) return "name";
  if (!displayName.safeParse(shown).success) return "displayName";
  if (address !== "" && !email.safeParse(address).success) return "email";
  return given === "" || role.safeParse(given.toLowerCase()).success ? null : "role";
}

/** Name, display name, e-mail address, role: the last two may be missing. A first line with titles is passed over. */
export function readPeopleFile(text: string): PersonLine[] {
  const lines = parseCsv(text);
  const seen = new Set<string>();
  if (TITLES.test(lines[0]?.cells[0] ?? "")) lines.shift();
  return lines.map(({ number, cells }) => {
    const line = { number, text: cells.join(", ") };
    const problem = problemOf(cells);
    if (problem) return { ...line, problem, person: null };
    const [name, shown, address, given] = cells;
    const person = importedPerson.parse({
      name,
      displayName: shown,
      email: address || null,
      role: given?.toLowerCase() || "member",
    });
    const own = [person.name, ...(person.email ? [person.email.toLowerCase()] : [])];
    if (own.some((one) => seen.has(one))) return { ...line, problem: "twice", person: null };
    for (const one of own) seen.add(one);
    return { ...line, problem: null, person };
  });
}
