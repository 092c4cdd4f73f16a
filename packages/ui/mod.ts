/**
 * The theme, and the few components that the pages and the console share.
 *
 * The styles are `@postern/ui/styles.css`; components bring their own sheets along.
 *
 * @module
 */

export {
  SCHEME_ATTRIBUTE,
  SCHEME_KEY,
  SCHEME_PAGE_COLORS,
  SCHEME_SCRIPT,
} from "./color_scheme.ts";
export { ColorSchemeSwitch } from "./color_scheme_switch.tsx";
export { ConfirmDialog, type ConfirmDialogProps } from "./confirm_dialog.tsx";
export { GateMark } from "./gate_mark.tsx";
export { MARK_SHAPES, MARK_SIZE, markSvg } from "./gate_shapes.ts";
export { Icon, type IconName } from "./icon.tsx";
export { Notice, type NoticeProps } from "./notice.tsx";
export { PasswordField, type PasswordFieldProps } from "./password_field.tsx";
export { exactTime, relativeTime } from "./relative_time.ts";
export { theme } from "./theme.ts";
export { ThemeProvider, type ThemeProviderProps } from "./theme_provider.tsx";
export { TimeAgo, type TimeAgoProps } from "./time_ago.tsx";
export { ToastRegion } from "./toast_region.tsx";
export { createToastStore, type Toast, type ToastStore } from "./toast_store.ts";
