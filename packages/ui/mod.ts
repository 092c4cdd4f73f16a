/**
 * The theme, and the few components that the pages and the console share.
 *
 * The styles are `@postern/ui/styles.css`; components bring their own sheets along.
 *
 * @module
 */

export { SCHEME_PAGE_COLORS, SCHEME_SCRIPT } from "./color_scheme.ts";
export { ColorSchemeSwitch } from "./color_scheme_switch.tsx";
export { ConfirmDialog } from "./confirm_dialog.tsx";
export { Dialog } from "./dialog.tsx";
export { GateMark } from "./gate_mark.tsx";
export { markSvg } from "./gate_shapes.ts";
export { Icon, type IconName, Line } from "./icon.tsx";
export { Notice } from "./notice.tsx";
export { PasswordField } from "./password_field.tsx";
export { exactTime, relativeTime } from "./relative_time.ts";
export { ThemeProvider } from "./theme_provider.tsx";
export { TimeAgo } from "./time_ago.tsx";
export { ToastRegion } from "./toast_region.tsx";
export { createToastStore } from "./toast_store.ts";
