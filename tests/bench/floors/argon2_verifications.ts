/**
 * Floor of password login: verifications of one stored hash, one after another, and nothing else.
 *
 * The harness starts one of these a core. Arguments: the hash, the password.
 *
 * @module
 */

import { verifySync } from "@node-rs/argon2";
import { countOnRequest } from "./count_on_request.ts";

const [hash = "", password = ""] = process.argv.slice(2);

if (!verifySync(hash, password)) {
  throw new TypeError("Cannot measure verifications: the password does not match the hash");
}
countOnRequest(() => verifySync(hash, password));
