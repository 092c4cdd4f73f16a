/**
 * The router of administration, all areas.
 *
 * @module
 */

import { createCallerFactory, router } from "./procedure.ts";
import { audit } from "./routers/audit.ts";
import { limits } from "./routers/limits.ts";
import { overview } from "./routers/overview.ts";
import { providers } from "./routers/providers.ts";
import { secrets } from "./routers/secrets.ts";
import { sessions } from "./routers/sessions.ts";
import { settings } from "./routers/settings.ts";
import { users } from "./routers/users.ts";

/** Every procedure that an administrator can call. */
export const adminRouter = router({
  overview,
  users,
  sessions,
  providers,
  limits,
  audit,
  secrets,
  settings,
});

/** Makes what calls the procedures in this process. */
export const createAdminCaller = createCallerFactory(adminRouter);
