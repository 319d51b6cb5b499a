import { expect, it } from "vitest";
import { AppError, ERRORS, type ErrorCode } from "../../protocol/errors.ts";
import { reportOf } from "./report.ts";

it("speaks of no page and no browser to a terminal, whatever went wrong", () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const { message } = reportOf(new AppError(code));
    expect(message).toMatch(/^\p{Lu}.*\.$/u);
    expect(message).not.toMatch(/\b(this page|reload|browsers?|tabs?|click)\b/i);
  }
});
