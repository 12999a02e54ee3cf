from __future__ import annotations

import pytest

from scenes.kit.words.captions import LINE, fits, literal, plain, reading_time, shorten, wrap
from scenes.kit.words.message import Name, message


def said_with(template: str, **names: str) -> str:
    """The source of a caption with names of users."""
    return message(template, **{name: Name(text) for name, text in names.items()}).source()


def test_short_captions_stay_one_line() -> None:
    assert wrap("One more in $b$ lifts it by 1.") == "One more in $b$ lifts it by 1."


def test_long_captions_break_where_the_sentence_pauses() -> None:
    assert wrap("Turn the line, and $J$ falls, then rises: over $W$ it is a parabola.").count("\n") == 1
    assert wrap("The chain rule: slope of the square, times slope of the residual.").split("\n")[0].endswith(",")


def test_mathematics_and_names_are_not_broken() -> None:
    source = said_with("What goes with {x} when everything else in this table stays $a + b + c$?", x="floor area")
    assert "floor area" in plain(wrap(source)).replace("\n", "|")
    assert "$a + b + c$" in wrap(source)


def test_too_long_captions_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than 2 lines of 42"):
        wrap("word " * 30)


def test_plain_text_is_what_is_read() -> None:
    assert plain(r"the rate $\alpha$ times $\textcolor{W}{W}^2$, $-\nabla J$") == "the rate α times W², −∇J"


def test_braces_and_dollars_of_users_are_text() -> None:
    assert plain(said_with("{x} and $W$", x="a_{b} #1 $ 100 %")) == "a_{b} #1 $ 100 % and W"
    words = wrap(said_with("What goes with {x} in a table of many words like this?", x="price in $ per m²"))
    assert "price in $ per m²" in plain(words).replace("\n", "|")


def test_powers_of_ten_are_raised() -> None:
    assert plain(r"$\Delta L / \Delta W_1$") == "ΔL / ΔW₁"
    assert plain(r"$W_1 \cdot x_i$ and $\tanh(q_{12})$") == "W₁ · xᵢ and tanh(q₁₂)"
    assert plain(r"at $1.5 \cdot 10^{-6}$ and $x^2$") == "at 1.5 · 10⁻⁶ and x²"


def test_reading_time_grows_with_the_text() -> None:
    assert reading_time("x" * 2 * LINE) > 2 * LINE / 17
    assert reading_time("abc") < reading_time("abcdef")


def test_names_are_shortened_at_their_end() -> None:
    assert shorten("a  long\nname", 20) == "a long name"
    assert shorten("abcdefghij", 5) == "abcd…"


def test_a_minus_sign_is_no_hyphen() -> None:
    """However a number comes into a sentence; names of users and words with hyphens stay as they are."""
    assert plain(f"It starts at {-96.7:.2f}, then -.5 and $-3$.") == "It starts at −96.70, then −.5 and −3."
    unchanged = "A two-legged pre-1990 F-16, 3-4 of them, at x-1"
    assert plain(unchanged) == unchanged
    assert plain(said_with("{x}: -1", x="-5 °C")) == "-5 °C: −1"


def test_text_of_users_keeps_its_direction_to_itself() -> None:
    isolated = "\u2068{}\u2069".format
    assert plain(literal("שלום") + " 5") == isolated("שלום") + " 5"
    assert plain(literal("a\u202eb\u2069") + " 5") == isolated("a\u202eb") + " 5"
    assert plain(literal("plain, ж")) == "plain, ж"


def test_mathematics_in_a_caption_is_text_that_can_be_read() -> None:
    assert plain(r"$\frac{1}{2}$") == "1/2"
    assert plain(r"$\frac{a + b}{2 \cdot c}$ is $\sqrt{x}$") == "(a + b)/(2 · c) is √x"
    assert plain(r"$\frac{\partial J}{\partial W}$") == "∂J/∂W"
    assert plain(r"$\frac{\frac{1}{2}}{x_i}$, $\beta \cdot \Omega$") == "(1/2)/xᵢ, β· Ω"
    assert "\\" not in plain(r"$\frac{1}{$")


def test_a_line_holds_42_characters() -> None:
    whole = "x" * 20 + " " + "y" * 21
    assert wrap(whole) == whole
    assert wrap(whole + "y") == "x" * 20 + "\n" + "y" * 22
    assert wrap("x" * 42 + " " + "y" * 42) == "x" * 42 + "\n" + "y" * 42
    assert fits("x" * 42 + " " + "y" * 42)
    for upper, lower in ((43, 42), (42, 43)):
        assert not fits("x" * upper + " " + "y" * lower)
    assert not fits("x" * 43)


def test_a_line_break_of_the_source_is_a_space() -> None:
    assert wrap("one\ntwo") == "one two"


def test_lines_are_equally_long_unless_a_pause_is_near() -> None:
    assert wrap(" ".join(["wwww"] * 10)) == " ".join(["wwww"] * 5) + "\n" + " ".join(["wwww"] * 5)
    # A sentence that pauses makes up for 14 characters that one line is longer by, and for no more.
    for word, paused in ((5, True), (7, False)):
        said = "x" * 20 + ", " + "y" * word + " " + "z" * (22 + word)
        assert (wrap(said).split("\n")[0] == "x" * 20 + ",") == paused
    # Of two places that are equally good the first is taken.
    assert wrap("a" * 21 + " b " + "c" * 21) == "a" * 21 + "\nb " + "c" * 21


def test_a_dollar_of_a_user_opens_no_mathematics() -> None:
    said = said_with("The {x} of all of these and $a + b$ of what is left over", x="$ a - b")
    assert wrap(said) == "The \x00$ a - b\x00 of all of these\nand $a + b$ of what is left over"
    assert plain("$a - b$ \x00$ - 1\x00 - 1") == "a − b $ - 1 - 1"


def test_mathematics_keeps_its_apostrophes_and_braces() -> None:
    assert said_with("it's $f'(x) = \\hat{y}$ and {x}'s $g'$", x="l'ombre") == (
        "it’s $f'(x) = \\hat{y}$ and \x00l'ombre\x00’s $g'$"
    )
    with pytest.raises(KeyError):
        said_with("{x} and {y}", x="a")


def test_text_of_users_loses_marks_and_double_spaces() -> None:
    assert literal(" a\x00 \n b ") == "\x00a b\x00"


@pytest.mark.parametrize(
    ("mathematics", "read"),
    [
        (r"\hat{y}_i - y_{j}", "ŷᵢ − yⱼ"),
        (r"\left|r\right| \le \sqrt{2}", "|r| ≤ √2"),
        (r"\sum r \to \infty", "Σ r → ∞"),
        (r"\text{mean} \operatorname{ReLU}(\mathrm{a})", "mean ReLU(a)"),
        (r"1{,}000 \times 10^{3}", "1,000 × 10³"),
        (r"12\,500 \cdot 10^{-12}", "12\u2009500 · 10⁻¹²"),
        (r"\lambda \cdot \lim f\prime", "λ · lim f′"),
        (r"\log \tanh \sigma", "log tanh σ"),
    ],
)
def test_mathematics_is_read_in_signs(mathematics: str, read: str) -> None:
    assert plain(f"${mathematics}$") == read


def test_a_caption_is_read_at_sixteen_and_a_half_characters_a_second_once_it_is_noticed() -> None:
    assert reading_time("") == pytest.approx(0.4)
    assert reading_time("x" * 33) == pytest.approx(2.4)
    assert reading_time("$\\textcolor{W}{W}$" * 33) == pytest.approx(2.4), "markup is not read"


def test_names_of_just_the_length_are_whole() -> None:
    assert shorten("abcde", 5) == "abcde"
    assert shorten("abcdef", 5) == "abcd…"
    assert shorten("abc def", 5) == "abc…", "no space before the dots"


def test_lines_do_not_break_where_mathematics_and_names_have_spaces() -> None:
    """Although their middle would be the middle of the caption."""
    for kept in ("$a + b + c + d + e + f$", literal("a b c d e f g h i j k"), literal("$ a b c d e f g h i j")):
        said = f"{'x' * 16} {kept} {'y' * 16}"
        assert kept in wrap(said)
        assert wrap(said).count("\n") == 1
