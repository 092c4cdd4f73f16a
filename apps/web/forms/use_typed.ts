/**
 * The password that stands in a form, with what stands beside it about whoever it is for.
 *
 * @module
 */

import { type RefObject, useEffect, useState } from "react";

/** What stands there; a field that the form lacks is empty. */
export interface Typed {
  readonly password: string;
  readonly username: string;
  readonly email: string;
  readonly name: string;
}

/** Who a password is for, where the form does not ask. */
export type Owner = Omit<Typed, "password">;

const NOTHING: Typed = { password: "", username: "", email: "", name: "" };

/**
 * Follows a form by what is put into it, by whomever.
 *
 * @param field Name of the password's field.
 */
export function useTyped(
  form: RefObject<HTMLFormElement | null>,
  field: string,
  owner: Owner | undefined,
): Typed {
  const [typed, setTyped] = useState(NOTHING);
  useEffect(() => {
    const element = form.current;
    if (element === null) return undefined;
    function read(): void {
      const data = new FormData(element ?? undefined);
      const text = (name: string) => String(data.get(name) ?? "");
      const now = {
        password: text(field),
        username: text("username"),
        email: text("email"),
        name: text("name"),
        ...owner,
      };
      setTyped((last) => (isSame(last, now) ? last : now));
    }
    element.addEventListener("input", read);
    return () => element.removeEventListener("input", read);
  }, [form, field, owner]);
  return typed;
}

function isSame(one: Typed, other: Typed): boolean {
  return (Object.keys(one) as (keyof Typed)[]).every((name) => one[name] === other[name]);
}
