"use client";

import { useCallback } from "react";
import { type Page, usePages } from "../use-pages.ts";
import { useStepUp } from "../use-step-up.tsx";

/** What a section of the administration answers to a question, page by page. @param question a new one begins at the front */
export function useAnswers<Question, Row>(
  list: (question: Question, after: string | null) => Promise<Page<Row>>,
  question: Question,
) {
  const { guard } = useStepUp();
  const load = useCallback(
    (after: string | null) => guard(() => list(question, after)),
    [guard, list, question],
  );
  return usePages<Row>(load);
}
