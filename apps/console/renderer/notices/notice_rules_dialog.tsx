/**
 * The rules for notifications, and a form for another.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Dialog } from "../parts/dialog.tsx";
import { openDialog } from "../parts/dialogs.tsx";
import { RULES_MAX, ruleWords, useNoticeRules } from "./notice_rules.ts";
import { RuleForm } from "./rule_form.tsx";

/** Opens them. */
export function openNoticeRules(): void {
  openDialog((close) => <NoticeRulesDialog onClose={close} />);
}

function NoticeRulesDialog({ onClose }: { readonly onClose: () => void }) {
  const [rules, setRules] = useNoticeRules();
  return (
    <Dialog title="Notifications" onClose={onClose}>
      <div className="co-form">
        <p className="pt-dim">
          While the console is open, new events that match a query are told by a notification of
          your system. It names the server, the query and how many there are, and nothing else. A
          flood is told once, and then once a minute.
        </p>
        <ul className="co-rules">
          {rules.map((one) => (
            <li key={one.query}>
              <span className="pt-mono">{one.query}</span>
              <span className="pt-dim">{ruleWords(one)}</span>
              <Button
                size="xs"
                variant="default"
                aria-label={`Forget ${one.query}`}
                onClick={() => setRules(rules.filter((other) => other.query !== one.query))}
              >
                Forget
              </Button>
            </li>
          ))}
        </ul>
        {rules.length < RULES_MAX ? (
          <RuleForm known={rules} onAdd={(rule) => setRules([...rules, rule])} onClose={onClose} />
        ) : (
          <p>There are {RULES_MAX} rules, and no more are followed. Forget one for another.</p>
        )}
      </div>
    </Dialog>
  );
}
