/**
 * Why one arrived at the sign-in page: a visit to a provider failed, or something was just done.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import { useEffect, useState } from "react";
import { dropNote, readNote } from "../../browser/passing_note.ts";
import { VisitFailure } from "../../providers/visit_failure.tsx";

/** Says the `error` of the query in words, or the note that the page before left. */
export function ArrivalNotice({ error }: { readonly error: string | null }) {
  const [note] = useState(readNote);
  useEffect(() => dropNote(note), [note]);
  if (error !== null) return <VisitFailure code={error} place="login" />;
  return note === undefined ? null : <Notice tone="good">{note}</Notice>;
}
