/**
 * The rules for a new password, shown as they are met.
 *
 * Two can be told here; the list of common passwords is the server's, and what it says stands
 * beside the field.
 *
 * @module
 */

import "./password_rules.css";
import { Icon } from "@postern/ui";
import { type PasswordRule, rulesMet } from "./rules_met.ts";

/** What the list is handed. */
export interface PasswordRulesProps {
  readonly password: string;
  /** Fewest characters. */
  readonly minLength: number;
}

/** Lists the rules against what is typed so far. */
export function PasswordRules({ password, minLength }: PasswordRulesProps) {
  return (
    <ul className="pt-rules" aria-label="Rules for the password">
      {rulesMet(password, minLength).map((rule) => (
        <Rule key={rule.words} rule={rule} />
      ))}
      <li className="pt-rule">
        <span className="pt-rule-mark" data-neutral />
        <span>Not a common one, nor close to your name or address; checked when you send it</span>
      </li>
    </ul>
  );
}

function Rule({ rule }: { readonly rule: PasswordRule }) {
  return (
    <li className="pt-rule" data-met={rule.isMet || undefined}>
      <span className="pt-rule-mark">
        <Icon name="check" size={10} />
      </span>
      <span>
        {rule.words}
        <span className="pt-hidden">{rule.isMet ? ": met" : ": not met yet"}</span>
      </span>
    </li>
  );
}
