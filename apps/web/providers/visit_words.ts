/**
 * The codes with which a visit to a provider comes back to us, in words.
 *
 * @module
 */

/** Where the words stand: before somebody who is signed in, on the account page, they are others. */
export type VisitPlace = "login" | "account";

type Say = (provider: string | undefined) => string;
type Words = Readonly<Record<string, Say>>;

const LOGIN_WORDS: Words = {
  access_denied: (name) =>
    `You did not let ${name ?? "the provider"} sign you in here. Nothing has changed.`,
  provider_error: (name) =>
    `${name ?? "The provider"} cannot be reached, or did not answer as it should. Try again in a moment, or sign in another way.`,
  state_mismatch: () =>
    "That sign-in was begun in another window, or took too long. Begin again from here.",
  email_unverified: (name) =>
    `${name ?? "The provider"} gave us no confirmed email address of yours, so no account can be found or made for you. Confirm your address there, or sign in another way and link ${name ?? "it"} on your account page.`,
  identity_taken: (name) =>
    `That ${accountOf(name)} is linked to somebody else’s account here. Sign in with it to use that one.`,
  link_first: (name) =>
    `The account here with your address administers this server, so its address alone does not open it. Sign in with the password, and link ${name ?? "the provider"} on your account page.`,
  provider_disabled: (name) =>
    `Signing in with ${name ?? "that provider"} is switched off here. Choose another way.`,
  signup_closed: () => "There is no account for you here yet, and new ones are not accepted.",
  blocked: () => "This account is blocked. The people who run this site can tell you more.",
};

const ACCOUNT_WORDS: Words = {
  access_denied: (name) => `You did not let ${name ?? "the provider"} go on. Nothing has changed.`,
  provider_error: (name) =>
    `${name ?? "The provider"} cannot be reached, or did not answer as it should. Nothing has changed; try again in a moment.`,
  state_mismatch: () =>
    "That was begun in another window, or took too long. Nothing has changed; begin again from here.",
  email_unverified: (name) =>
    `${name ?? "The provider"} gave no confirmed email address for that account, so nobody is signed in by it. You can link it here.`,
  identity_taken: (name) =>
    `That ${accountOf(name)} is linked to another account here, and cannot be linked to two. Sign in with it to unlink it there first.`,
  link_first: (name) =>
    `The account here with that address administers this server, so its address alone does not open it. Sign in to it with the password, and link ${name ?? "the provider"} there.`,
  provider_disabled: (name) =>
    `${name ?? "That provider"} is switched off here. Nothing has changed.`,
  signup_closed: (name) =>
    `No account here belongs to that ${accountOf(name)}, and new ones are not accepted. You can link it to this one.`,
  blocked: (name) =>
    `The account here that belongs to that ${accountOf(name)} is blocked. The people who run this site can tell you more.`,
};

const UNKNOWN: Readonly<Record<VisitPlace, string>> = {
  login: "Signing in did not work. Try again.",
  account: "That did not work. Nothing has changed; try again.",
};

function accountOf(name: string | undefined): string {
  return name === undefined ? "account of the provider" : `${name} account`;
}

/**
 * Puts a code into words. The code comes out of the address bar, so one that is not known is never
 * repeated.
 *
 * @param provider Its name; `undefined` where it is not known which it was.
 */
export function visitWords(code: string, place: VisitPlace, provider: string | undefined): string {
  const words = place === "login" ? LOGIN_WORDS : ACCOUNT_WORDS;
  const say = Object.hasOwn(words, code) ? words[code] : undefined;
  return say?.(provider) ?? UNKNOWN[place];
}
