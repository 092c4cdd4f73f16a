-- Events are only added, each at the end of the chain.
CREATE TRIGGER `events_in_order` BEFORE INSERT ON `events`
WHEN NEW.`seq` IS NOT (SELECT coalesce(max(`seq`), 0) + 1 FROM `events`)
	OR NEW.`previous_hash` IS NOT coalesce((SELECT `hash` FROM `events` ORDER BY `seq` DESC LIMIT 1), '')
BEGIN
	SELECT RAISE(ABORT, 'an event goes at the end of the chain');
END;
--> statement-breakpoint
CREATE TRIGGER `events_no_update` BEFORE UPDATE ON `events`
BEGIN
	SELECT RAISE(ABORT, 'an event is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER `events_no_delete` BEFORE DELETE ON `events`
BEGIN
	SELECT RAISE(ABORT, 'an event is never deleted');
END;
--> statement-breakpoint
-- What of users can be searched: any part of three characters or more.
CREATE VIRTUAL TABLE `users_search` USING fts5(
	username, email, name, content='users', content_rowid='id', tokenize='trigram'
);
--> statement-breakpoint
CREATE TRIGGER `users_search_insert` AFTER INSERT ON `users`
BEGIN
	INSERT INTO `users_search` (rowid, username, email, name)
	VALUES (NEW.`id`, NEW.`username`, NEW.`email`, NEW.`name`);
END;
--> statement-breakpoint
CREATE TRIGGER `users_search_delete` AFTER DELETE ON `users`
BEGIN
	INSERT INTO `users_search` (`users_search`, rowid, username, email, name)
	VALUES ('delete', OLD.`id`, OLD.`username`, OLD.`email`, OLD.`name`);
END;
--> statement-breakpoint
CREATE TRIGGER `users_search_update` AFTER UPDATE OF `username`, `email`, `name` ON `users`
BEGIN
	INSERT INTO `users_search` (`users_search`, rowid, username, email, name)
	VALUES ('delete', OLD.`id`, OLD.`username`, OLD.`email`, OLD.`name`);
	INSERT INTO `users_search` (rowid, username, email, name)
	VALUES (NEW.`id`, NEW.`username`, NEW.`email`, NEW.`name`);
END;
