/**
 * One form: what was typed stays, what is wrong stands beside its field, and nothing is sent twice.
 *
 * @module
 */

import type { Answer, ClientProblem } from "@postern/client";
import { type RefObject, type SubmitEvent, useEffect, useRef, useState } from "react";
import { problemWords } from "./problem_words.ts";
import {
  type FieldErrors,
  type FieldOfCode,
  placeProblem,
  readValues,
  type Values,
} from "./read_fields.ts";
import { useWait } from "./use_wait.ts";

/** What a form does. */
export interface FormPlan<Field extends string, T> {
  readonly fields: readonly Field[];
  /** Finds what is wrong before anything is sent. */
  readonly check?: (values: Values<Field>) => FieldErrors<Field>;
  readonly send: (values: Values<Field>) => Promise<Answer<T>>;
  readonly onDone: (value: T, values: Values<Field>) => void;
  /** Sees a problem first; `true` if nothing more is to be shown of it. */
  readonly onProblem?: (problem: ClientProblem) => boolean;
  /** The field of a problem that names none. */
  readonly fieldOf?: FieldOfCode<Field>;
}

/** A form, as its page draws it. */
export interface Form<Field extends string> {
  readonly isBusy: boolean;
  /** Seconds until the next try; 0 for none. */
  readonly waitSeconds: number;
  /** What is wrong, where it is about no single field. */
  readonly problem: ClientProblem | undefined;
  readonly errors: FieldErrors<Field>;
  /** Takes the words beside a field away, since it is being changed. */
  clearError(field: Field): void;
  readonly formProps: {
    readonly ref: RefObject<HTMLFormElement | null>;
    readonly noValidate: true;
    readonly onSubmit: (event: SubmitEvent<HTMLFormElement>) => void;
  };
}

interface FormState<Field extends string> {
  readonly isBusy: boolean;
  readonly problem: ClientProblem | undefined;
  readonly errors: FieldErrors<Field>;
  /** Counts refusals, so that each moves focus anew. */
  readonly refusals: number;
}

const FRESH = { isBusy: false, problem: undefined, errors: {}, refusals: 0 } as const;

/** Runs a form by its plan. */
export function useForm<const Field extends string, T>(plan: FormPlan<Field, T>): Form<Field> {
  const form = useRef<HTMLFormElement>(null);
  const isSending = useRef(false);
  const wait = useWait();
  const [state, setState] = useState<FormState<Field>>(FRESH);
  useFocusOnRefusal(form, state.refusals);

  function refuse(errors: FieldErrors<Field>, problem?: ClientProblem): void {
    setState(({ refusals }) => ({ isBusy: false, problem, errors, refusals: refusals + 1 }));
  }

  function refuseWith(problem: ClientProblem): void {
    if (problem.retryAfterS !== null) wait.start(problem.retryAfterS);
    if (plan.onProblem?.(problem) === true) {
      setState((last) => ({ ...last, isBusy: false, problem: undefined, errors: {} }));
      return;
    }
    const { fields, fieldOf = {} } = plan;
    const placed = placeProblem(problem, { fields, fieldOf, words: problemWords });
    refuse(placed.errors, placed.isPlaced ? undefined : problem);
  }

  async function submit(element: HTMLFormElement): Promise<void> {
    const values = readValues(new FormData(element), plan.fields);
    const errors = plan.check?.(values) ?? {};
    if (Object.keys(errors).length > 0) {
      refuse(errors);
      return;
    }
    isSending.current = true;
    setState((last) => ({ ...last, isBusy: true, problem: undefined, errors: {} }));
    const answer = await plan.send(values);
    isSending.current = false;
    if (!answer.ok) {
      refuseWith(answer.problem);
      return;
    }
    setState((last) => ({ ...last, isBusy: false }));
    plan.onDone(answer.value, values);
  }

  return {
    isBusy: state.isBusy,
    waitSeconds: wait.seconds,
    problem: state.problem,
    errors: state.errors,
    clearError(field) {
      if (state.errors[field] === undefined) return;
      setState((last) => ({ ...last, errors: { ...last.errors, [field]: undefined } }));
    },
    formProps: {
      ref: form,
      noValidate: true,
      onSubmit(event) {
        event.preventDefault();
        if (!isSending.current && wait.seconds === 0) void submit(event.currentTarget);
      },
    },
  };
}

/** Moves focus to the first field with something wrong; a problem above reads itself out. */
function useFocusOnRefusal(form: RefObject<HTMLFormElement | null>, refusals: number): void {
  useEffect(() => {
    if (refusals === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [form, refusals]);
}
