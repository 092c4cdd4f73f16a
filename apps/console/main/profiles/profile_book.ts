/**
 * The servers that the console knows, in a file. There is no secret in it.
 *
 * @module
 */

import { rename } from "node:fs/promises";
import { z } from "zod";
import {
  type Outcome,
  PROFILE_COLORS,
  type Profile,
  type ProfileDraft,
  type Theme,
} from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import { readPrivateFile, writePrivateFile } from "../private_file.ts";
import { readServerOrigin } from "./server_origin.ts";

/** More servers than anybody runs. */
const PROFILES_MAX = 200;
const NAME_MAX_LENGTH = 60;

const bookFile = z.object({
  version: z.literal(1),
  currentId: z.string().nullable(),
  theme: z.enum(["system", "light", "dark"]),
  profiles: z
    .array(
      z.object({
        id: z.uuid(),
        name: z.string().min(1).max(NAME_MAX_LENGTH),
        url: z.string().refine((text) => readServerOrigin(text) === text),
        color: z.enum(PROFILE_COLORS),
        production: z.boolean(),
      }),
    )
    .max(PROFILES_MAX),
});

type Book = z.infer<typeof bookFile>;

const EMPTY: Book = { version: 1, currentId: null, theme: "system", profiles: [] };

/** The servers, and which one is open. */
export interface ProfileBook {
  readonly profiles: readonly Profile[];
  readonly current: Profile | null;
  readonly theme: Theme;
  find(id: string): Profile | null;
  save(draft: ProfileDraft): Promise<Outcome<Profile>>;
  remove(id: string): Promise<void>;
  open(id: string): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
}

/** Reads the file. One that makes no sense is put aside, and a new one begun. */
export async function openProfileBook(path: string): Promise<ProfileBook> {
  let book = await readBook(path);
  async function change(parts: Partial<Book>): Promise<void> {
    book = { ...book, ...parts };
    await writePrivateFile(path, `${JSON.stringify(book, null, 2)}\n`);
  }
  const find = (id: string | null) => book.profiles.find((one) => one.id === id) ?? null;
  return {
    get profiles() {
      return book.profiles;
    },
    get current() {
      return find(book.currentId);
    },
    get theme() {
      return book.theme;
    },
    find,
    async save(draft) {
      const checked = checkDraft(book.profiles, draft);
      if (!checked.ok) return checked;
      const profile = checked.data;
      const isKnown = find(profile.id) !== null;
      const profiles = isKnown
        ? book.profiles.map((one) => (one.id === profile.id ? profile : one))
        : [...book.profiles, profile];
      await change({ profiles });
      return done(profile);
    },
    async remove(id) {
      const profiles = book.profiles.filter((one) => one.id !== id);
      await change({ profiles, currentId: book.currentId === id ? null : book.currentId });
    },
    open: (id) => change({ currentId: id }),
    setTheme: (theme) => change({ theme }),
  };
}

async function readBook(path: string): Promise<Book> {
  const bytes = await readPrivateFile(path);
  if (bytes === null) return EMPTY;
  const read = bookFile.safeParse(parseJson(bytes.toString("utf8")));
  if (read.success) return read.data;
  await rename(path, `${path}.unreadable`);
  return EMPTY;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkDraft(known: readonly Profile[], draft: ProfileDraft): Outcome<Profile> {
  const name = draft.name.trim();
  const url = readServerOrigin(draft.url);
  const { color, production } = draft;
  if (draft.id !== undefined && known.every(({ id }) => id !== draft.id)) {
    return failed("unknown_profile", "There is no such server in the list.");
  }
  if (draft.id === undefined && known.length >= PROFILES_MAX) {
    return failed("conflict", `The list holds ${PROFILES_MAX} servers and no more.`);
  }
  if (name === "" || name.length > NAME_MAX_LENGTH) {
    return wrongField("name", `Give it a name of at most ${NAME_MAX_LENGTH} characters.`);
  }
  if (url === null) {
    return wrongField("url", "Give an https address without a path. http is for this machine.");
  }
  const isTaken = known.some((one) => one.id !== draft.id && one.name === name);
  if (isTaken) return wrongField("name", "Another server has that name.");
  return done({ id: draft.id ?? crypto.randomUUID(), name, url, color, production });
}

function wrongField(path: string, detail: string): Outcome<never> {
  const errors = [{ path, code: "invalid_request", detail }];
  return { ok: false, error: { code: "invalid_request", message: detail, status: 0, errors } };
}
