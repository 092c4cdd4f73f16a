/**
 * Why somebody who is signed in is asked to sign in: a console wants a sign-in of a moment ago.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import { useMe } from "../../browser/session.ts";

/** Says so, and as whom one is signed in; there is no way on without. */
export function AskedAgain() {
  const { data: user } = useMe();
  return (
    <Notice tone="warning">
      Sign in again to go on: the console asks for a sign-in of a moment ago.
      {user === undefined ? null : (
        <>
          {" "}
          You are signed in as <strong>{user.username}</strong>.
        </>
      )}
    </Notice>
  );
}
