/**
 * The providers to sign in by, where there are any.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../browser/api.ts";
import { unwrap } from "../../browser/problem_error.ts";
import { withNext } from "../../browser/safe_next.ts";

/** Draws a button each. Without an answer the password form stands alone, and nothing is missed. */
export function ProviderList({ next }: { readonly next: string }) {
  const { data } = useQuery({
    queryKey: ["providers"],
    queryFn: () => unwrap(api.listProviders()),
    staleTime: 300_000,
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="pt-login-providers" aria-label="Other ways to sign in">
      <p className="pt-login-or">or</p>
      {data.items.map(({ id, name, login_url: loginUrl }) => (
        <Button key={id} component="a" href={withNext(loginUrl, next)} variant="default">
          Continue with {name}
        </Button>
      ))}
    </section>
  );
}
