/**
 * The rules for notifications, and a form for another.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../parts/dialog.tsx";
import { openDialog } from "../parts/dialogs.tsx";
import { Field } from "../parts/field.tsx";
import { useNoticeRules } from "./notice_rules.ts";

/** Opens them. */
export function openNoticeRules(): void {
  openDialog((close) => <NoticeRulesDialog onClose={close} />);
}

/** What is offered while there is none. */
const EXAMPLES = ["action:token_reuse", "action:failed_login", "admin"] as const;

function NoticeRulesDialog({ onClose }: { readonly onClose: () => void }) {
  const [rules, setRules] = useNoticeRules();
  const [query, setQuery] = useState("");
  const [atLeast, setAtLeast] = useState("1");
  const rule = { query: query.trim(), atLeast: Math.max(1, Number(atLeast) || 1) };
  const isKnown = rules.some((one) => one.query === rule.query);
  return (
    <Dialog title="Notifications" onClose={onClose}>
      <div className="co-form">
        <p className="pt-dim">
          While the console is open, new events that match a query are told by a notification of
          your system. It names the server, the query and how many there are, and nothing else.
        </p>
        <ul className="co-rules">
          {rules.map((one) => (
            <li key={one.query}>
              <span className="pt-mono">{one.query}</span>
              <span className="pt-dim">from {one.atLeast} on</span>
              <Button
                size="xs"
                variant="default"
                aria-label={`Forget ${one.query}`}
                onClick={() => setRules(rules.filter((other) => other !== one))}
              >
                Forget
              </Button>
            </li>
          ))}
        </ul>
        <form
          className="co-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (rule.query === "" || isKnown) return;
            setRules([...rules, rule]);
            setQuery("");
          }}
        >
          <Field
            label="Query of events"
            value={query}
            onChange={setQuery}
            placeholder={EXAMPLES[0]}
            hint={`Such as ${EXAMPLES.join(", ")}`}
          />
          <Field
            label="Fewest new ones"
            type="number"
            min={1}
            max={100}
            value={atLeast}
            onChange={setAtLeast}
          />
          <div className="co-dialog-actions">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" disabled={rule.query === "" || isKnown}>
              Add the rule
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  );
}
