/**
 * The question: who lets what in, from where, and what for.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon, type IconName, Notice } from "@postern/ui";
import type { ReactNode } from "react";
import { PageLink } from "../../browser/page_link.tsx";
import { withNext } from "../../browser/safe_next.ts";
import { problemWords } from "../../forms/problem_words.ts";
import { SignInLayout } from "../../layout/sign_in_layout.tsx";
import type { AuthorizationView } from "../../shell.ts";
import { useDecision } from "./use_decision.ts";

type Ask = AuthorizationView & { kind: "ask" };

/** Draws the question, with its two answers. */
export function AskPanel({ view }: { readonly view: Ask }) {
  const { state, decide } = useDecision(view.userId);
  if (state.kind === "done") return <Done isAllowed={state.isAllowed} />;
  const { operation } = view;
  const isBusy = state.kind === "busy";
  const here = `${location.pathname}${location.search}`;
  return (
    <SignInLayout
      title={operation === null ? "Let this console in?" : "Confirm this operation"}
      lead={<Lead isOne={operation !== null} />}
      foot={
        <>
          Not you? <PageLink href={withNext("/login", here)}>Sign in as somebody else</PageLink>
        </>
      }
    >
      {state.kind === "failed" ? (
        <Notice tone="bad" isLive>
          {problemWords(state.problem)}
        </Notice>
      ) : null}
      {operation === null ? null : <OperationCard operation={operation} />}
      <div className="pt-card pt-ask">
        <Who view={view} />
        <Row icon="terminal" title="Postern console">
          on this computer, at <span className="pt-mono">{view.address}</span>
        </Row>
        {operation === null ? <May view={view} /> : null}
      </div>
      <p className="pt-dim pt-ask-caution">
        Allow it only if you have just started this in the console yourself.
      </p>
      <div className="pt-ask-answers">
        <Button loading={isBusy} onClick={() => void decide("allow")}>
          Allow
        </Button>
        <Button variant="default" disabled={isBusy} onClick={() => void decide("deny")}>
          Deny
        </Button>
      </div>
    </SignInLayout>
  );
}

function Lead({ isOne }: { readonly isOne: boolean }) {
  const server = <strong>{location.host}</strong>;
  return isOne ? (
    <>
      A Postern console on this computer asks you to confirm one operation on {server}. The sign-in
      counts for nothing else.
    </>
  ) : (
    <>A Postern console on this computer asks to administer {server} in your name.</>
  );
}

function Who({ view: { username, name, role } }: { readonly view: Ask }) {
  return (
    <Row icon="person" title={name ?? username} tag={role}>
      signed in here as <span className="pt-mono">{username}</span>
    </Row>
  );
}

function May({ view: { may } }: { readonly view: Ask }) {
  return (
    <Row icon="key" title="It may do what you may">
      <dl className="pt-ask-may">
        {may.map((one) => (
          <div key={one.area}>
            <dt>{one.area}</dt>
            <dd>{one.may.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </Row>
  );
}

function OperationCard({ operation }: { readonly operation: NonNullable<Ask["operation"]> }) {
  return (
    <section className="pt-card pt-ask-operation" aria-labelledby="operation">
      <h2 id="operation">{operation.title}</h2>
      {operation.facts.length === 0 ? (
        <p className="pt-dim">The console did not say more of it: look there what it is about.</p>
      ) : (
        <dl className="pt-ask-may">
          {operation.facts.map((fact) => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

interface RowProps {
  readonly icon: IconName;
  readonly title: string;
  readonly tag?: string;
  readonly children: ReactNode;
}

function Row({ icon, title, tag, children }: RowProps) {
  return (
    <div className="pt-ask-row">
      <span className="pt-ask-icon">
        <Icon name={icon} />
      </span>
      <div className="pt-ask-words">
        <strong>
          {title}
          {tag === undefined ? null : <span className="pt-ask-tag">{tag}</span>}
        </strong>
        <div>{children}</div>
      </div>
    </div>
  );
}

function Done({ isAllowed }: { readonly isAllowed: boolean }) {
  return (
    <SignInLayout
      title={isAllowed ? "The console is let in" : "The console was turned away"}
      lead="Go on in the console. You can close this page."
    >
      <Notice tone="good">
        If the console does not come forward, it has been closed: start the sign-in there once more.
      </Notice>
    </SignInLayout>
  );
}
