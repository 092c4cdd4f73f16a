ALTER TABLE `oauth_codes` ADD `allowed_by` text;--> statement-breakpoint
ALTER TABLE `oauth_codes` ADD `step_up_for` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `step_up_for` text;--> statement-breakpoint
ALTER TABLE `users` ADD `password_is_long` integer;