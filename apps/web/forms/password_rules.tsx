/**
 * The rules for a new password, shown as they are met.
 *
 * Two can be told here; the others are the server's to judge, and stay open until it has.
 *
 * @module
 */

import "./password_rules.css";
import { Icon } from "@postern/ui";
import type { PasswordRule } from "./rules_met.ts";
import type { Judgement } from "./use_judgement.ts";

/** What the list is handed. */
export interface PasswordRulesProps {
  /** Those that a page can tell. */
  readonly rules: readonly PasswordRule[];
  /** What the server said of the rest. */
  readonly judgement: Judgement;
}

/** Lists the rules against what is typed so far. */
export function PasswordRules({ rules, judgement }: PasswordRulesProps) {
  const judged: readonly PasswordRule[] = [
    { words: "Not on lists of common passwords", isMet: judgement.isUncommon },
    { words: "Not close to your username, address or name", isMet: judgement.isUnlike },
  ];
  return (
    <ul className="pt-rules" aria-label="Rules for the password">
      {[...rules, ...judged].map((rule) => (
        <Rule key={rule.words} rule={rule} />
      ))}
    </ul>
  );
}

function Rule({ rule: { words, isMet } }: { readonly rule: PasswordRule }) {
  return (
    <li className="pt-rule" data-met={isMet === true || undefined}>
      <span className="pt-rule-mark" data-open={isMet === null || undefined}>
        <Icon name="check" size={10} />
      </span>
      <span>
        {words}
        <span className="pt-hidden">{stateWords(isMet)}</span>
      </span>
    </li>
  );
}

function stateWords(isMet: boolean | null): string {
  if (isMet === null) return ": not checked yet";
  return isMet ? ": met" : ": not met yet";
}
