/**
 * What is there when the password was right and more is asked for than this page can take.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { SignInLayout } from "../../layout/sign_in_layout.tsx";

/** Says so plainly, rather than failing in some other way. */
export function SecondFactorNotice({ onBack }: { readonly onBack: () => void }) {
  return (
    <SignInLayout
      title="One more step is needed"
      lead="Your password is right. This account also asks for a second factor, which this page cannot take. You are not signed in."
    >
      <p>The people who run this site can help you in.</p>
      <Button variant="default" onClick={onBack}>
        Back to signing in
      </Button>
    </SignInLayout>
  );
}
