/**
 * A form for another rule for notifications.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { bridge } from "../calls/api.ts";
import { Field } from "../parts/field.tsx";
import { ProblemLine } from "../parts/problem_line.tsx";
import type { NoticeRule } from "./notice_rules.ts";
import { useRuleDraft } from "./use_rule_draft.ts";

/** What the form is handed. */
export interface RuleFormProps {
  readonly known: readonly NoticeRule[];
  readonly onAdd: (rule: NoticeRule) => void;
  readonly onClose: () => void;
}

/** What is offered while there is none. */
const EXAMPLES = ["action:token_reuse", "action:failed_login", "admin"] as const;

/** Draws it. */
export function RuleForm({ known, onAdd, onClose }: RuleFormProps) {
  const draft = useRuleDraft(known, onAdd);
  return (
    <form
      className="co-form"
      onSubmit={(event) => {
        event.preventDefault();
        void draft.add();
      }}
    >
      <Field
        label="Query of events"
        value={draft.query}
        onChange={draft.setQuery}
        placeholder={EXAMPLES[0]}
        hint={`Such as ${EXAMPLES.join(", ")}`}
      />
      <Field
        label="Fewest events"
        type="number"
        min={1}
        max={1_000}
        value={draft.atLeast}
        onChange={draft.setAtLeast}
      />
      {draft.rule.atLeast === 1 ? null : (
        <Field
          label="Within minutes"
          type="number"
          min={1}
          max={1_440}
          value={draft.withinMin}
          onChange={draft.setWithinMin}
        />
      )}
      <ProblemLine problem={draft.problem} />
      <div className="co-dialog-actions">
        <Button variant="subtle" onClick={() => void showOne()}>
          Show one now
        </Button>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button type="submit" disabled={!draft.isNew}>
          Add the rule
        </Button>
      </div>
    </form>
  );
}

async function showOne(): Promise<void> {
  await bridge.notify({ title: "Postern", body: "This is how a notification looks." });
}
