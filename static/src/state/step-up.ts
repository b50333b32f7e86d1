/** The question that stands while the city wants to know more surely who is asking; one at a time. */
import { signal } from "@preact/signals";
import { onStepUp, type StepUp } from "../api/step-up";

interface Question extends StepUp {
  readonly answer: (shown: boolean) => void;
}

export const question = signal<Question | null>(null);

/** This function will put the question and give what came of it; a second one meanwhile is answered with no. */
export function askToStepUp(stepUp: StepUp): Promise<boolean> {
  if (question.peek() !== null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const answer = (shown: boolean): void => {
      question.value = null;
      resolve(shown);
    };
    question.value = { ...stepUp, answer };
  });
}

/** This function will have every refusal of that kind ask its question. */
export function watchStepUp(): void {
  onStepUp(askToStepUp);
}
