/**
 * What the rules ask for about accounts, always as it is in force.
 *
 * @module
 */

import { isCommonPassword, type LiveSettings, type Policy } from "@postern/auth";

/** Makes it. */
export function createLivePolicy(current: LiveSettings): Policy {
  return {
    get signup() {
      return current.signup;
    },
    get passwordMinLength() {
      return current.passwordMinLength;
    },
    isCommonPassword,
  };
}
