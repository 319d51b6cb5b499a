import { expect, it } from "vitest";
import { toAppError } from "./problem.ts";

it("tells a database that is busy or away from a fault of one's own", () => {
  const failed = (code: string) => toAppError(Object.assign(new Error("failed"), { code })).code;
  // P2028: no connection was free in time for what Prisma reads in a transaction; P2034: two were in each other's way.
  const passing = [
    "P2028",
    "P2034",
    "P2024",
    "ER_GET_CONNECTION_TIMEOUT",
    "ER_LOCK_DEADLOCK",
    "ER_DISK_FULL",
    "ECONNREFUSED",
  ];
  for (const code of passing) expect(failed(code)).toBe("unavailable");
  for (const code of ["P2002", "ER_PARSE_ERROR"]) expect(failed(code)).toBe("internal");
});

it("takes only a driver's word for the database being away", () => {
  const named = (name: string, message: string) =>
    toAppError(Object.assign(new Error(message), { name })).code;
  expect(named("SqlError", "Connection is closed")).toBe("unavailable");
  expect(named("DriverAdapterError", "pool timeout")).toBe("unavailable");
  expect(named("PrismaClientUnknownRequestError", "Can't connect")).toBe("unavailable");
  expect(named("TypeError", "connection.send is not a function")).toBe("internal");
  const absent = (syscall: string) =>
    toAppError(Object.assign(new Error("ENOENT"), { code: "ENOENT", syscall })).code;
  expect([absent("connect"), absent("open")]).toEqual(["unavailable", "internal"]);
});
