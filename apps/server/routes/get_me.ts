/**
 * The signed-in user.
 *
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { type Route, reply, route } from "../http/route.ts";
import { userShape } from "./_user_shape.ts";

/** Tells who is signed in. The answer is made once and kept with what is remembered of the session. */
export function getMeRoute(): Route {
  return route(OPERATIONS.getMe, ({ warm }) => {
    warm.me ??= JSON.stringify(userShape(warm.user));
    return reply(200, warm.me);
  });
}
