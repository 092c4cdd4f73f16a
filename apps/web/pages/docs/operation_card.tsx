/**
 * One operation: closed a line, open everything there is to know.
 *
 * @module
 */

import type { ReactNode } from "react";
import { CurlBlock } from "./curl_block.tsx";
import { FieldTable } from "./field_table.tsx";
import type { ApiAnswer, ApiOperation } from "./read_operations.ts";

/** Draws the operation. The browser's own element opens it, searches it and prints it. */
export function OperationCard({ operation }: { readonly operation: ApiOperation }) {
  const { id, method, path, summary, description, parameters, body, answers, curl } = operation;
  return (
    <details className="pt-card pt-op" id={id}>
      <summary>
        <span className="pt-method" data-method={method}>
          {method}
        </span>
        <h3>{path}</h3>
        <p>{summary}</p>
      </summary>
      <div className="pt-op-body">
        {description === "" ? null : <p>{description}</p>}
        {parameters.length === 0 ? null : (
          <Part title="Parameters">
            <FieldTable caption={`Parameters of ${id}`} fields={parameters} />
          </Part>
        )}
        {body.length === 0 ? null : (
          <Part title="Body">
            <FieldTable caption={`Body of ${id}`} fields={body} />
          </Part>
        )}
        <Part title="Answers">
          <dl className="pt-answers">
            {answers.map((answer) => (
              <Answer key={answer.status} id={id} answer={answer} />
            ))}
          </dl>
        </Part>
        <Part title="Example">
          <CurlBlock line={curl} />
        </Part>
      </div>
    </details>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <h4>{title}</h4>
      {children}
    </div>
  );
}

function Answer({ id, answer }: { readonly id: string; readonly answer: ApiAnswer }) {
  return (
    <div className="pt-answer">
      <dt>{answer.status}</dt>
      <dd>
        {answer.words}
        {answer.codes.length === 0 ? null : (
          <ul className="pt-codes">
            {answer.codes.map(({ code, words }) => (
              <li key={code}>
                <code>{code}</code> {words}
              </li>
            ))}
          </ul>
        )}
        {answer.fields.length === 0 ? null : (
          <FieldTable caption={`Answer ${answer.status} of ${id}`} fields={answer.fields} />
        )}
      </dd>
    </div>
  );
}
